#include "dataset/labels.h"

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <utility>

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

// What is there and yet was not found is hidden or ignored, and counted as that.
bool is_there(const std::filesystem::path& root, const std::string& path) {
  std::error_code error;
  return std::filesystem::symlink_status(root / path, error).type() != std::filesystem::file_type::not_found;
}

std::vector<Labeled> label_by_table(const std::filesystem::path& root, const ScanOptions& options,
                                    Walk& found, LabelNames& names) {
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
    if (!met[i] && !is_there(root, rows[i].file))
      add_bad(
          found, rows[i].file,
          "is not there, and " + options.labels.text + " names it in line " + std::to_string(rows[i].line));
  if (!options.labels.split.empty())
    for (const Split split : options.splits) found.split_folders.emplace(split, split_name(split));
  return labeled;
}

}  // namespace

void find_labels(const std::filesystem::path& root, const ScanOptions& options, Walk& found) {
  LabelNames names;
  std::vector<Labeled> labeled = options.labels.is_table() ? label_by_table(root, options, found, names)
                                                           : label_by_name(options.labels, found, names);
  const std::size_t images = found.files.size();
  if (labeled.empty())
    throw Error(
        ErrorKind::kUsage,
        "no image of the input " + in_quotes(root.string()) + " has a label: " +
            (options.labels.is_table() ? "the table " + in_quotes(options.labels.text) + " names none of its "
                                       : "the expression of input.labels matches none of its ") +
            counted(images, "file"));
  names.settle(std::move(labeled), found);
}

std::vector<std::string> class_names_of_table(const std::filesystem::path& root, const ScanOptions& options) {
  std::set<std::string> names;
  for (const LabelRow& row : read_label_table(root, options)) names.insert(row.label);
  return {names.begin(), names.end()};
}

}  // namespace tenfold
