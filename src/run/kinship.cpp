#include "kinship.h"

#include <algorithm>
#include <iterator>
#include <regex>
#include <unordered_map>

#include "tenfold/base/csv.h"
#include "tenfold/base/error.h"
#include "tenfold/base/file.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& file, const std::string& clause) {
  throw Error(ErrorKind::kUsage, "the table " + in_quotes(file.string()) + " " + clause);
}

struct Columns {
  CsvTable table;
  std::size_t file = 0, value = 0;
};

// The column of the files is called `file` or `path`.
Columns read_columns(const fs::path& path, const std::string& value) {
  const Outcome<Bytes> bytes = read_file(path);
  if (!bytes) refuse(path, bytes.error().reason);
  auto table = parse_csv({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
  if (!table)
    refuse(path,
           "is wrong in line " + std::to_string(table.error().line) + ", which " + table.error().reason);
  const auto file = table->column("file") ? table->column("file") : table->column("path");
  if (!file) refuse(path, "has no column 'file' or 'path' with the paths of images below the input");
  const auto column = table->column(value);
  if (!column) refuse(path, "has no column " + in_quotes(value) + "; it has " + listed(table->header));
  return {std::move(*table), *file, *column};
}

// "7/left" of "cat/7/left/1.jpg" for two folders. Where roots have names, the class's folder holds one for
// each, and the same name in two of them means the same.
std::string folders_of(const Catalog& catalog, const std::string& place, int folders) {
  std::size_t begin = place.find('/') + 1;
  if (!catalog.sources.roots().front().prefix.empty()) begin = place.find('/', begin) + 1;
  std::size_t end = begin;
  for (int i = 0; i < folders; ++i) {
    const std::size_t slash = place.find('/', end == begin ? end : end + 1);
    if (slash == std::string::npos) break;
    end = slash;
  }
  return place.substr(begin, end - begin);
}

std::string prefix_of(const std::string& path, const std::string& mark) {
  const std::size_t name = path.rfind('/') + 1, end = path.find(mark, name);
  return end == std::string::npos ? "" : path.substr(name, end - name);
}

std::string match_in(const std::string& path, const std::regex& expression) {
  std::smatch match;
  if (!std::regex_search(path, match, expression)) return {};
  return match.size() > 1 ? match[1].str() : match[0].str();
}

// As paths of samples are written.
std::string normal(const std::string& path) { return fs::path(path).lexically_normal().string(); }

std::unordered_map<std::string, std::string> groups_in_table(const GroupRule& rule) {
  std::unordered_map<std::string, std::string> groups;
  const Columns columns = read_columns(rule.file, rule.text);
  for (const CsvRow& row : columns.table.rows) {
    const std::string& group = row.fields[columns.value];
    const auto [known, is_new] = groups.emplace(normal(row.fields[columns.file]), group);
    if (!is_new && known->second != group)
      refuse(rule.file, "puts " + in_quotes(known->first) + " into two groups, " + in_quotes(known->second) +
                            " and " + in_quotes(group) + ", the second time in line " +
                            std::to_string(row.line));
  }
  return groups;
}

// What does not apply to a single image is a mistake, and would leave groups torn in silence.
[[noreturn]] void refuse_useless(const GroupRule& rule, const std::string& path) {
  const std::string such = "; one of them is " + in_quotes(path);
  switch (rule.kind) {
    case GroupRule::Kind::kFolder:
      throw Error(ErrorKind::kUsage,
                  "input.split.by: no image lies in a folder below that of its class" + such);
    case GroupRule::Kind::kPrefix:
      throw Error(ErrorKind::kUsage,
                  "input.split.by: no name of an image has the mark " + in_quotes(rule.text) + such);
    case GroupRule::Kind::kRegex:
      throw Error(ErrorKind::kUsage, "input.split.by: the expression " + in_quotes(rule.text) +
                                         " matches no path of an image" + such);
    default:
      refuse(rule.file, "names no image of the input" + such);
  }
}

}  // namespace

std::vector<std::string> groups_of(const Catalog& catalog, const GroupRule& rule) {
  if (rule.kind == GroupRule::Kind::kNone) return {};
  std::unordered_map<std::string, std::string> of_file;
  if (rule.kind == GroupRule::Kind::kCsv) of_file = groups_in_table(rule);
  const std::regex expression(rule.kind == GroupRule::Kind::kRegex ? rule.text : "");
  const auto group_of = [&](const Sample& sample) {
    switch (rule.kind) {
      case GroupRule::Kind::kFolder:
        return folders_of(catalog, sample.place(), rule.folder);
      case GroupRule::Kind::kPrefix:
        return prefix_of(sample.path, rule.text);
      case GroupRule::Kind::kRegex:
        return match_in(sample.path, expression);
      default:
        return of_file[sample.path];
    }
  };
  std::vector<std::string> groups;
  groups.reserve(catalog.samples.size());
  std::ranges::transform(catalog.samples, std::back_inserter(groups), group_of);
  if (!groups.empty() && std::ranges::all_of(groups, &std::string::empty))
    refuse_useless(rule, catalog.samples.front().path);
  return groups;
}

DecidedSplits decided_splits(const SplitRecipe& recipe, MissingFile missing) {
  DecidedSplits decided;
  if (recipe.file.empty()) return decided;
  std::error_code ignored;
  if (!fs::exists(recipe.file, ignored)) {
    if (missing == MissingFile::kEmpty) return decided;
    throw Error(ErrorKind::kUsage, "the splits' file " + in_quotes(recipe.file.string()) +
                                       " does not exist; `tenfold split RECIPE` writes it");
  }
  const Columns columns = read_columns(recipe.file, "split");
  for (const CsvRow& row : columns.table.rows) {
    const std::string& word = row.fields[columns.value];
    const std::optional<Split> split = split_of_folder(word);
    if (!split)
      refuse(recipe.file, "says " + in_quotes(word) + " in line " + std::to_string(row.line) +
                              ", which is no split: train, val or test");
    const auto [known, is_new] = decided.emplace(normal(row.fields[columns.file]), *split);
    if (!is_new && known->second != *split)
      refuse(recipe.file, "puts " + in_quotes(row.fields[columns.file]) +
                              " into two splits, the second time in line " + std::to_string(row.line));
  }
  return decided;
}

}  // namespace tenfold
