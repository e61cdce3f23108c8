#include "dataset/labels.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <regex>
#include <set>
#include <span>
#include <string_view>
#include <utility>

#include "dataset/archive.h"
#include "dataset/label_table.h"
#include "tenfold/base/error.h"
#include "tenfold/base/text.h"
#include "tenfold/image/format.h"

namespace tenfold {
namespace {

// A file and its label: the number of a name, in order of appearance.
struct Labeled {
  FoundFile file;
  std::uint32_t label = 0;
};

class LabelNames {
 public:
  std::uint32_t number_of(const std::string& label) {
    return numbers_.emplace(label, static_cast<std::uint32_t>(numbers_.size())).first->second;
  }

  // Sorts the names, and makes their places there the classes of the files.
  void settle(std::vector<Labeled> labeled, Walk& found) const {
    std::vector<std::uint32_t> places(numbers_.size());
    for (const auto& [name, number] : numbers_) {
      places[number] = static_cast<std::uint32_t>(found.classes.size());
      found.classes.push_back(name);
    }
    found.files.clear();
    found.files.reserve(labeled.size());
    for (Labeled& one : labeled) {
      one.file.class_index = places[one.label];
      found.files.push_back(std::move(one.file));
    }
  }

 private:
  std::map<std::string, std::uint32_t> numbers_;
};

void add_bad(Walk& found, const std::string& path, std::string reason) {
  found.bad.push_back({path, {Stage::kScan, std::move(reason)}});
}

// An image whose name does not match is bad and not ignored: it is the pattern that is wrong, more often than
// not, and max_bad stops a run that would lose half of its images by it.
std::vector<Labeled> label_by_name(const LabelRule& rule, Walk& found, LabelNames& names) {
  const std::regex pattern(rule.text);
  std::vector<Labeled> labeled;
  for (FoundFile& file : found.files) {
    const std::string name = file.path.substr(file.path.rfind('/') + 1);
    if (!claims_to_be_image(name)) {
      ++found.ignored.other;
      continue;
    }
    std::smatch match;
    const std::string label =
        std::regex_search(name, match, pattern) && match.size() > 1 ? match[1].str() : "";
    const std::string fault = fault_of_label(label);
    if (match.empty())
      add_bad(found, file.path, "its name does not match the expression of input.labels");
    else if (!fault.empty() || !is_utf8(label))
      add_bad(found, file.path,
              "its label " + in_quotes(label) + " " + (fault.empty() ? "is not valid UTF-8" : fault));
    else
      labeled.push_back({std::move(file), names.number_of(label)});
  }
  return labeled;
}

std::vector<Labeled> label_by_table(const DatasetRoot& root, const ScanOptions& options, Walk& found,
                                    LabelNames& names) {
  const std::vector<LabelRow> rows = read_label_table(root, options);
  for (const LabelRow& row : rows) names.number_of(row.label);
  std::vector<bool> met(rows.size(), false);
  std::vector<Labeled> labeled;
  for (FoundFile& file : found.files) {
    const auto row = std::ranges::lower_bound(rows, file.path, {}, &LabelRow::file);
    if (row == rows.end() || row->file != file.path) {
      ++(claims_to_be_image(file.path) ? found.ignored.unlabeled : found.ignored.other);
      continue;
    }
    met[static_cast<std::size_t>(row - rows.begin())] = true;
    file.is_named = true;
    if (row->split) file.split = *row->split;
    labeled.push_back({std::move(file), names.number_of(row->label)});
  }
  for (std::size_t i = 0; i < rows.size(); ++i)
    // What is there and yet was not found is hidden or ignored, and counted as that.
    if (!met[i] && !root.has(rows[i].file))
      add_bad(
          found, rows[i].file,
          "is not there, and " + options.labels.text + " names it in line " + std::to_string(rows[i].line));
  if (!options.labels.split.empty())
    for (const Split split : options.splits) found.split_folders.emplace(split, split_name(split));
  return labeled;
}

// "shelf/7" of "shelf/7.mask.png": what the files of one sample have in common.
std::string_view key_of(std::string_view path) { return path.substr(0, path.find('.', path.rfind('/') + 1)); }

// The text of a .cls file, or the label in a .json file; nothing where it is neither text nor a whole number.
std::optional<std::string> label_in(const DatasetRoot& root, const std::string& path) {
  constexpr std::uint64_t kMaxBytes = 1 << 20;
  const Outcome<Content> file = root.open(path);
  if (!file || file->size() > kMaxBytes) return std::nullopt;
  const Outcome<Bytes> bytes = file->read_all();
  if (!bytes) return std::nullopt;
  const std::string text(bytes->begin(), bytes->end());
  if (path.ends_with(".cls")) {
    constexpr const char* kSpace = " \t\r\n";
    const std::size_t start = std::min(text.find_first_not_of(kSpace), text.size());
    return text.substr(start, text.find_last_not_of(kSpace) + 1 - start);
  }
  const auto json = nlohmann::json::parse(text, nullptr, false);
  for (const char* key : {"label", "cls"}) {
    const auto found = json.is_object() ? json.find(key) : json.end();
    if (found == json.end()) continue;
    if (found->is_string()) return found->get<std::string>();
    if (found->is_number_integer()) return found->dump();
  }
  return std::nullopt;
}

// Labels all images of one key, whose files are `files`.
void label_key(const DatasetRoot& root, std::span<FoundFile> files, Walk& found, LabelNames& names,
               std::vector<Labeled>& labeled) {
  const std::string key(key_of(files.front().path));
  std::optional<std::string> label;
  for (const char* extension : {".json", ".cls"})
    if (const auto beside = std::ranges::find(files, key + extension, &FoundFile::path);
        beside != files.end())
      if (const auto told = label_in(root, beside->path)) label = told;
  const std::string fault = !label ? "has no label: neither " + in_quotes(key + ".cls") + " nor " +
                                         in_quotes(key + ".json") + " tells it"
                            : !is_utf8(*label) ? "its label is not valid UTF-8"
                                               : fault_of_label(*label);
  for (FoundFile& file : files) {
    if (file.path == key + ".cls" || file.path == key + ".json") continue;
    // "7.mask.png" is another field of the sample 7.
    const bool is_field = file.path.find('.', key.size() + 1) != std::string::npos;
    if (is_field || !claims_to_be_image(file.path))
      ++found.ignored.other;
    else if (!fault.empty())
      add_bad(found, file.path,
              label && is_utf8(*label) ? "its label " + in_quotes(*label) + " " + fault : fault);
    else
      labeled.push_back({std::move(file), names.number_of(*label)});
  }
}

std::vector<Labeled> label_by_sibling(const DatasetRoot& root, Walk& found, LabelNames& names) {
  std::vector<FoundFile> files = std::exchange(found.files, {});
  std::ranges::sort(files, {}, &FoundFile::path);
  std::vector<Labeled> labeled;
  for (auto first = files.begin(); first != files.end();) {
    const std::string key(key_of(first->path));
    // All that begins with the key and a dot lies together.
    const auto end =
        std::find_if(first, files.end(), [&](const FoundFile& file) { return key_of(file.path) != key; });
    label_key(root, {first, end}, found, names, labeled);
    first = end;
  }
  return labeled;
}

std::string what_has_no_label(const LabelRule& rule) {
  switch (rule.kind) {
    case LabelRule::Kind::kFileName:
      return "the expression of input.labels matches none of its files";
    case LabelRule::Kind::kBeside:
      return "no .cls or .json file lies beside one";
    default:
      return "the table " + in_quotes(rule.text) + " names none of its files";
  }
}

std::vector<Labeled> labeled_files(const DatasetRoot& root, const ScanOptions& options, Walk& found,
                                   LabelNames& names) {
  if (options.labels.is_table()) return label_by_table(root, options, found, names);
  if (options.labels.kind == LabelRule::Kind::kBeside) return label_by_sibling(root, found, names);
  return label_by_name(options.labels, found, names);
}

}  // namespace

LabelRule rule_for(const DatasetRoot& root, const ScanOptions& options) {
  if (!root.archive || options.labels.kind != LabelRule::Kind::kFolder) return options.labels;
  const std::vector<std::string> files = root.archive->list("", options).files;
  const bool is_webdataset =
      std::ranges::any_of(files, claims_to_be_image) &&
      std::ranges::any_of(files, [](const std::string& file) { return file.ends_with(".cls"); });
  return is_webdataset ? LabelRule{.kind = LabelRule::Kind::kBeside} : options.labels;
}

void find_labels(const DatasetRoot& root, const ScanOptions& options, Walk& found) {
  LabelNames names;
  std::vector<Labeled> labeled = labeled_files(root, options, found, names);
  if (labeled.empty())
    throw Error(ErrorKind::kUsage, "no image of the input " + in_quotes(root.path.string()) +
                                       " has a label: " + what_has_no_label(options.labels));
  names.settle(std::move(labeled), found);
}

std::vector<std::string> class_names_of_table(const DatasetRoot& root, const ScanOptions& options) {
  std::set<std::string> names;
  for (const LabelRow& row : read_label_table(root, options)) names.insert(row.label);
  return {names.begin(), names.end()};
}

}  // namespace tenfold
