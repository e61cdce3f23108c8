#include "tenfold/dataset/guessed_shape.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <regex>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "dataset/archive.h"
#include "dataset/labels.h"
#include "tenfold/base/csv.h"
#include "tenfold/base/text.h"
#include "tenfold/dataset/sources.h"
#include "tenfold/dataset/unnamed_splits.h"
#include "tenfold/image/format.h"

namespace tenfold {
namespace {

constexpr std::uint64_t kMaxTableBytes = std::uint64_t{64} << 20;
constexpr double kNearlyAll = 0.95;
constexpr std::size_t kImagesOfALabel = 4;  // on average; names that are fewer each are no classes

constexpr std::array<std::string_view, 7> kFileColumns{"file",     "file_name", "filename",  "path",
                                                       "filepath", "image",     "image_path"};
constexpr std::array<std::string_view, 7> kLabelColumns{"label",      "class",  "class_name", "category",
                                                        "label_name", "target", "y"};
constexpr std::array<std::string_view, 5> kSplitColumns{"split", "subset", "partition", "set", "part"};

// Of cameras and programs: they say nothing of what is seen.
constexpr std::array<std::string_view, 10> kNoLabels{"img",   "image", "dsc",     "dscn", "photo",
                                                     "frame", "scan",  "picture", "pic",  "screenshot"};

// A label is what stands before the number at a name's end ("cat_001.jpg", "cat (3).jpg"), or before the
// first underscore ("7_00012.png").
constexpr std::array<const char*, 2> kExpressions{"^(.*[^-0-9_. ()])[-_. (]*[0-9]+[)]?[.][^.]+$",
                                                  "^([^_]+)_"};

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

FolderListing listing_of(const DatasetRoot& root) {
  const ScanOptions options;
  return root.archive ? root.archive->list("", options) : list_folder(root.path, "", options);
}

// A table with its rows as text, whatever it was written in.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

std::optional<Table> csv_table(const std::string& text) {
  const auto parsed = parse_csv(text);
  if (!parsed) return std::nullopt;
  Table table{parsed->header, {}};
  for (const CsvRow& row : parsed->rows) table.rows.push_back(row.fields);
  return table;
}

// The columns are the keys of its first line.
std::optional<Table> json_lines_table(std::string_view text) {
  Table table;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (!json.is_object()) return std::nullopt;
    if (table.columns.empty())
      for (const auto& [key, value] : json.items()) table.columns.push_back(key);
    std::vector<std::string> row;
    for (const std::string& column : table.columns) {
      const auto value = json.find(column);
      const bool readable = value != json.end() && (value->is_string() || value->is_number_integer());
      row.push_back(!readable ? "" : value->is_string() ? value->get<std::string>() : value->dump());
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::optional<Table> table_in(const DatasetRoot& root, const std::string& file) {
  const Outcome<Content> content = root.open(file);
  if (!content || content->size() > kMaxTableBytes) return std::nullopt;
  const Outcome<Bytes> bytes = content->read_all();
  if (!bytes) return std::nullopt;
  const std::string text(bytes->begin(), bytes->end());
  if (!is_utf8(text)) return std::nullopt;
  std::optional<Table> table = file.ends_with(".csv") ? csv_table(text) : json_lines_table(text);
  return table && !table->rows.empty() ? table : std::nullopt;
}

// The place of the first column with one of these names, in their order.
std::optional<std::size_t> column_named(const Table& table, std::span<const std::string_view> names) {
  for (const std::string_view name : names)
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      if (lower(table.columns[i]) == name) return i;
  return std::nullopt;
}

// Whether the column names files that are there; the first rows speak for all.
bool names_files(const Table& table, std::size_t column, const DatasetRoot& root) {
  constexpr std::size_t kLookedAt = 100;
  const std::size_t count = std::min(kLookedAt, table.rows.size());
  std::size_t there = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string& file = table.rows[i][column];
    there += claims_to_be_image(file) && !file.starts_with('/') && root.has(file) ? 1u : 0u;
  }
  return static_cast<double>(there) >= kNearlyAll * static_cast<double>(count);
}

std::optional<std::size_t> file_column(const Table& table, const DatasetRoot& root) {
  const auto named = column_named(table, kFileColumns);
  if (named && names_files(table, *named, root)) return named;
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (names_files(table, i, root)) return i;
  return std::nullopt;
}

std::set<std::string> values_of(const Table& table, std::size_t column) {
  std::set<std::string> values;
  for (const std::vector<std::string>& row : table.rows) values.insert(row[column]);
  return values;
}

// The splits in a column that holds nothing else, train among them; none where it does.
std::set<Split> splits_in(const Table& table, std::size_t column) {
  std::set<Split> splits;
  for (const std::string& value : values_of(table, column)) {
    const std::optional<Split> split = split_of_folder(value);
    if (!split) return {};
    splits.insert(*split);
  }
  return splits.contains(Split::kTrain) && splits.size() > 1 ? splits : std::set<Split>{};
}

std::optional<GuessedShape> shape_by_table(const DatasetRoot& root, const std::string& file) {
  const std::optional<Table> table = table_in(root, file);
  const auto files = table ? file_column(*table, root) : std::nullopt;
  if (!files) return std::nullopt;
  auto labels = column_named(*table, kLabelColumns);
  if (!labels && table->columns.size() == 2) labels = 1 - *files;
  if (!labels || labels == files) return std::nullopt;
  if (values_of(*table, *labels).size() * 2 > table->rows.size()) return std::nullopt;  // measurements
  GuessedShape shape;
  shape.labels = {.kind = file.ends_with(".csv") ? LabelRule::Kind::kCsv : LabelRule::Kind::kJsonLines,
                  .text = file,
                  .file = table->columns[*files],
                  .label = table->columns[*labels]};
  if (const auto column = column_named(*table, kSplitColumns)) {
    const std::set<Split> splits = splits_in(*table, *column);
    shape.splits.assign(splits.begin(), splits.end());
    if (!splits.empty()) shape.labels.split = table->columns[*column];
  }
  return shape;
}

// Those that are named after labels first.
std::vector<std::string> tables_among(const std::vector<std::string>& files) {
  std::vector<std::string> tables;
  std::ranges::copy_if(files, std::back_inserter(tables), [](const std::string& file) {
    return file.ends_with(".csv") || file.ends_with(".jsonl");
  });
  std::ranges::sort(tables);
  std::ranges::stable_partition(tables, [](const std::string& file) { return file.starts_with("label"); });
  return tables;
}

bool tells_labels(const std::string& expression, const std::vector<std::string>& images) {
  const std::regex pattern(expression);
  std::set<std::string> labels;
  std::size_t matched = 0;
  for (const std::string& image : images) {
    std::smatch match;
    if (!std::regex_search(image, match, pattern)) continue;
    ++matched;
    labels.insert(lower(match[1].str()));
  }
  const bool about_pictures = std::ranges::any_of(labels, [](const std::string& label) {
    return std::ranges::find(kNoLabels, label) != kNoLabels.end();
  });
  return !about_pictures && labels.size() > 1 && labels.size() * kImagesOfALabel <= images.size() &&
         static_cast<double>(matched) >= kNearlyAll * static_cast<double>(images.size());
}

std::optional<LabelRule> rule_by_names(const std::vector<std::string>& files) {
  std::vector<std::string> images;
  std::ranges::copy_if(files, std::back_inserter(images), claims_to_be_image);
  const bool has_siblings =
      std::ranges::any_of(files, [](const auto& file) { return file.ends_with(".cls"); });
  if (!images.empty() && has_siblings) return LabelRule{.kind = LabelRule::Kind::kBeside};
  for (const char* expression : kExpressions)
    if (tells_labels(expression, images))
      return LabelRule{.kind = LabelRule::Kind::kFileName, .text = expression};
  return std::nullopt;
}

bool are_named_like_splits(const std::vector<FolderEntry>& folders) {
  return std::ranges::all_of(
      folders, [](const FolderEntry& folder) { return split_of_folder(folder.path).has_value(); });
}

}  // namespace

GuessedShape guessed_shape(const std::filesystem::path& root) {
  if (std::vector<Split> splits = unnamed_splits(root); !splits.empty()) return {std::move(splits), {}};
  const Sources sources({root});
  if (sources.roots().size() > 1) return {};  // shards
  const DatasetRoot& only = sources.roots().front();
  const FolderListing listing = listing_of(only);
  if (listing.folders.size() > 1 && !are_named_like_splits(listing.folders)) return {};
  for (const std::string& file : tables_among(listing.files))
    if (auto shape = shape_by_table(only, file)) return *shape;
  if (!listing.folders.empty() || (only.archive && rule_for(only, {}).kind == LabelRule::Kind::kBeside))
    return {};
  return {{}, rule_by_names(listing.files).value_or(LabelRule{})};
}

}  // namespace tenfold
