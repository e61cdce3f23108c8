#include "layout.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "coco_lists.h"
#include "description.h"
#include "interruption.h"
#include "packing.h"
#include "tenfold/base/csv.h"
#include "tenfold/base/file_hash.h"
#include "tenfold/base/text.h"
#include "tenfold/store/manifest.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

// The layout of a resolved recipe; that of outputs which do not say it is the first that there was.
nlohmann::json layout_in(const nlohmann::json& recipe) {
  return recipe.is_object()
             ? recipe.value(nlohmann::json::json_pointer("/output/layout"), nlohmann::json("folders"))
             : nlohmann::json("folders");
}

// Writes lists of the images. Few lists, for all stay open until the end.
class ListWriter {
 public:
  explicit ListWriter(OutputTree& tree) : tree_(tree) {}

  // A new list begins with `head`.
  void add(const std::string& name, std::string_view line, std::string_view head = {}) {
    constexpr std::size_t kAtOnce = std::size_t{1} << 18;
    auto list = lists_.find(name);
    if (list == lists_.end()) {
      tree_.begin_companions(std::span(&name, 1));
      list = lists_.try_emplace(name, tree_.root() / name, head).first;
    }
    std::string& text = list->second.text;
    text += line;
    if (text.size() >= kAtOnce) list->second.file.write(std::exchange(text, {}));
  }

  Companions finish() {
    Companions companions;
    for (auto& [name, list] : lists_) {
      list.file.write(list.text);
      list.file.commit();
      const fs::path path = tree_.root() / name;
      companions[name] = {fs::file_size(path), *hash_of_file(path)};
    }
    return companions;
  }

 private:
  struct List {
    List(const fs::path& path, std::string_view head) : file(path), text(head) {}

    AtomicFile file;
    std::string text;  // that waits
  };

  OutputTree& tree_;
  std::map<std::string, List> lists_;
};

// The builder of `load_dataset("imagefolder")` takes "file_name" as relative to the list, wants the same keys
// in every line, and does not look at folders for labels where there is a list.
void add_metadata(const ManifestLine& line, bool split_folders, ListWriter& lists) {
  const std::size_t folder = split_folders ? line.file_name.find('/') + 1 : 0;
  const nlohmann::ordered_json json{{"file_name", line.file_name.substr(folder)},
                                    {"label", line.label},
                                    {"split", line.split},
                                    {"source", line.source},
                                    {"copy", line.copy},
                                    {"transforms", line.transforms}};
  lists.add(line.file_name.substr(0, folder) + "metadata.jsonl", json.dump() + "\n");
}

void add_row(const ManifestLine& line, ListWriter& lists) {
  const std::string row = csv_field(line.file_name) + ',' + csv_field(line.label) + ',' + line.split + ',' +
                          csv_field(line.source) + ',' + std::to_string(line.copy) + "\r\n";
  lists.add("labels.csv", row, "file,label,split,source,copy\r\n");
}

void unpack(OutputTree& tree, std::span<const std::string> names) {
  tree.begin_change();
  tree.journal().begin(names);
  for (const std::string& name : names) {
    OutputRecord record = *tree.record(name);
    const Outcome<Bytes> bytes = tree.read(name, record);
    if (!bytes) throw Error(ErrorKind::kFailed, in_quotes(name) + ": its shard " + bytes.error().reason);
    tree.create_folders_of(name);
    write_atomically(tree.root() / name, *bytes);
    record.shard = 0;
    record.offset = 0;
    tree.journal().made(name, record);
    tree.unpacked(name);
  }
}

}  // namespace

bool is_laid_out(const Recipe& recipe, const std::vector<std::string>& classes,
                 const AnnotationFiles& annotations, const OutputState& state) {
  std::vector<std::string> names;
  for (const DescribedClass& of_class :
       described_classes(state.description).value_or(std::vector<DescribedClass>{}))
    names.push_back(of_class.name);
  if (recipe.output.layout == OutputLayout::kWebdataset && names != classes) return false;
  const CocoFiles* coco = annotations.coco();
  if (described_boxes(state.description).fingerprint != (coco != nullptr ? coco->fingerprint() : Hash128{}))
    return false;
  const auto described = nlohmann::json::parse(state.description, nullptr, false);
  const nlohmann::json was = layout_in(
      described.is_object() && described.contains("recipe") ? described["recipe"] : nlohmann::json());
  return state.companions_lie && was == layout_in(nlohmann::json::parse(resolved_json(recipe)));
}

void unpack(const MakeContext& context, const NameSet& wanted) {
  constexpr std::size_t kAtOnce = 1024;
  if (context.recipe.output.layout == OutputLayout::kWebdataset || context.tree.state().shards.empty())
    return;
  std::vector<std::string> names;
  for (const auto& [name, record] : context.tree.state().records)
    if (record.shard > 0 && wanted.contains(name)) names.push_back(name);
  std::ranges::sort(names);
  for (std::size_t i = 0; i < names.size(); i += kAtOnce) {
    end_if_stopped(context.options);
    unpack(context.tree, std::span(names).subspan(i, std::min(kAtOnce, names.size() - i)));
  }
}

Companions lay_out(const MakeContext& context, const Plan& plan, AtomicFile& manifest,
                   const std::function<void(AtomicFile&)>& write_lines) {
  const OutputLayout layout = context.recipe.output.layout;
  if (layout == OutputLayout::kWebdataset) return pack(context, manifest, write_lines);
  write_lines(manifest);
  if (layout == OutputLayout::kFolders) return write_coco_lists(context, plan);
  ListWriter lists(context.tree);
  read_manifest(temporary_path(context.tree.manifest_path()), [&](ManifestLine&& line) {
    if (layout == OutputLayout::kHuggingface)
      add_metadata(line, context.names.has_split_folders(), lists);
    else
      add_row(line, lists);
  });
  return lists.finish();
}

}  // namespace tenfold
