#include "shard_opening.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tenfold/dataset/catalog_text.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string annotation_line(const std::string& path, const IndexedSource& file) {
  return Json::array(
             {"annotation", path, file.size_bytes, file.modified_ns, hex(file.hash), file.width, file.height})
      .dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<std::string> lines_of(const Catalog& catalog, const AnnotationFiles& annotations) {
  std::vector<std::string> lines = catalog_lines(catalog);
  for (const auto& [path, file] : annotations.seen()) lines.push_back(annotation_line(path, file));
  return lines;
}

std::string hash_text(const std::vector<std::string>& lines) {
  FieldHasher hasher;
  for (const std::string& line : lines) hasher.add(line);
  return hex(hasher.finish());
}

Json opening_json(const Recipe& recipe, const Catalog& catalog, const std::vector<std::string>& lines) {
  Json json{{"recipe", Json::parse(private_json(recipe))},
            {"catalog", hex(hash_of(catalog))},
            {"versions", current_versions()},
            {"inputs", Json::array()},
            {"folder", (fs::current_path() / recipe.folder).string()},  // which may be empty
            {"times", hash_text(lines)}};
  for (const fs::path& root : recipe.input.roots) json["inputs"].push_back(fs::absolute(root).string());
  return json;
}

// Whether the journal opens with this, all of it.
bool opens_with(const OutputState& state, const std::string& text) {
  const std::optional<JournalOpening>& there = state.run_shards.back().opening;
  if (!there || !there->is_whole()) return false;
  Json json = Json::parse(there->text);
  for (const char* key : {"shard", "of", "lines"}) json.erase(key);
  return json == Json::parse(text);
}

}  // namespace

void open_journal(const Recipe& recipe, const Catalog& catalog, const AnnotationFiles& annotations,
                  const RunShard& shard, OutputTree& tree) {
  tree.begin_change();
  const std::vector<std::string> lines = lines_of(catalog, annotations);
  // A path may hold bytes that JSON cannot; whoever needs it then names it anew.
  const std::string text =
      opening_json(recipe, catalog, lines).dump(-1, ' ', false, Json::error_handler_t::replace);
  if (opens_with(tree.state(), text)) return tree.know_sources(index_of_seen(catalog, tree.state()));
  tree.journal().open(shard, text, lines);
  tree.forget_sources();
}

SourceIndex index_of_seen(const Catalog& catalog, const OutputState& state) {
  SourceIndex index;
  for (const Sample& sample : catalog.samples) {
    const auto seen = state.seen.find(sample.path);
    if (seen == state.seen.end()) continue;
    // The time of a bad one is not known. There are few of them, so who can look at them does.
    const bool is_timed = seen->second.modified_ns != 0;
    if (!is_timed && catalog.sources.are_open()) continue;
    index[sample.path] = {.size_bytes = sample.size_bytes,
                          .modified_ns = is_timed ? seen->second.modified_ns : sample.modified_ns,
                          .hash = seen->second.hash,
                          .look = seen->second.look};
  }
  return index;
}

std::optional<ShardOpening> parse_opening(const JournalOpening& opening) try {
  const Json json = Json::parse(opening.text);
  const auto catalog = parse_hash128(json.at("catalog").get_ref<const std::string&>());
  if (!catalog) return std::nullopt;
  ShardOpening parsed{.recipe = json.at("recipe").dump(),
                      .catalog = *catalog,
                      .versions = json.at("versions"),
                      .inputs = {},
                      .folder = json.at("folder").get<std::string>()};
  for (const Json& input : json.at("inputs")) parsed.inputs.emplace_back(input.get<std::string>());
  return parsed;
} catch (const Json::exception&) {
  return std::nullopt;
}

SourceIndex annotations_in(const std::vector<std::string>& lines) {
  SourceIndex index;
  for (const std::string& line : lines) {
    if (!line.starts_with(R"(["annotation",)")) continue;
    const Json json = Json::parse(line);
    index[json.at(1)] = {.size_bytes = json.at(2),
                         .modified_ns = json.at(3),
                         .hash = parse_hash128(json.at(4).get_ref<const std::string&>()).value_or(Hash128{}),
                         .width = json.at(5),
                         .height = json.at(6)};
  }
  return index;
}

std::vector<Versions> recorded_versions(const OutputState& state) {
  std::vector<Versions> versions;
  for (const RunShardState& one : state.run_shards) {
    const auto opening = one.opening ? parse_opening(*one.opening) : std::nullopt;
    if (opening && std::ranges::find(versions, opening->versions) == versions.end())
      versions.push_back(opening->versions);
  }
  return state.run_shards.empty() ? recorded_versions(state.description) : versions;
}

}  // namespace tenfold
