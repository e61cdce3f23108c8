#include "split_section.h"

#include <algorithm>

namespace tenfold {
namespace {

constexpr const char* kSplitsExample = "splits: {train: expand, val: copy, test: copy}";
constexpr const char* kGroupsExample =
    "by: {folder: 1}, {prefix: \"_\"}, {regex: \"patient(\\\\d+)\"} or {csv: groups.csv, column: patient}";
constexpr std::uint64_t kMaxFolds = 1000, kMaxFolderDepth = 100;
const Bounds kShare{0, 1};

FieldReader share(const Reader& reader, double& out) {
  return [&reader, &out](const Field& field) {
    if (const auto value = reader.number_of(field, kShare)) out = *value;
  };
}

FieldReader groups(const Reader& reader, GroupRule& out) {
  return [&reader, &out](const Field& field) {
    std::optional<std::uint64_t> folder;
    std::string prefix, expression, column;
    std::filesystem::path csv;
    reader.map(field, {{"folder", reader.count(folder, 1)},
                       {"prefix", reader.text(prefix)},
                       {"regex", reader.expression(expression)},
                       {"csv", reader.path(csv)},
                       {"column", reader.text(column)}});
    const bool table = field.value.find("csv") != nullptr;
    const std::size_t rules = field.value.entries.size() - (field.value.find("column") != nullptr ? 1 : 0);
    if (rules != 1 || table != (field.value.find("column") != nullptr))
      return reader.findings().error(field.place, "'by' must have one rule", kGroupsExample);
    if (folder)
      out = {.kind = GroupRule::Kind::kFolder,
             .folder = static_cast<int>(std::min(*folder, kMaxFolderDepth))};
    if (!prefix.empty()) out = {.kind = GroupRule::Kind::kPrefix, .text = prefix};
    if (!expression.empty()) out = {.kind = GroupRule::Kind::kRegex, .text = expression};
    if (table) out = {.kind = GroupRule::Kind::kCsv, .text = column, .file = csv};
  };
}

}  // namespace

FieldReader dataset_splits(const Reader& reader, std::vector<Split>& out) {
  return [&reader, &out](const Field& field) {
    std::vector<Key> keys;
    std::vector<Split> found;
    if (field.value.is_map())
      for (const YamlNode::Entry& entry : field.value.entries) {
        const std::optional<Split> split = split_of_folder(entry.key);
        if (!split) {
          reader.findings().error(entry.place, shown_name(entry.key) + " is no name of a split",
                                  kSplitsExample);
          continue;
        }
        if (std::ranges::find(found, *split) != found.end())
          reader.findings().error(entry.place,
                                  "the split " + std::string(split_name(*split)) + " stands here twice");
        found.push_back(*split);
        keys.push_back({entry.key, [&reader, split](const Field& use) {
                          const std::string word = *split == Split::kTrain ? "expand" : "copy";
                          if (!use.value.is_scalar() || use.value.text != word)
                            reader.refuse(
                                use, "must be " + word +
                                         ": only train is expanded, and what it is judged by stays as it is");
                        }});
      }
    if (!field.value.is_map())
      return reader.refuse(field, "must say what becomes of each split", kSplitsExample);
    if (keys.size() == field.value.entries.size()) reader.map(field, keys);
    if (std::ranges::find(found, Split::kTrain) == found.end())
      return reader.findings().error(field.place, "'splits' has no train", kSplitsExample);
    std::ranges::sort(found);
    out = found;
  };
}

FieldReader made_splits(const Reader& reader, std::optional<SplitRecipe>& out) {
  return [&reader, &out](const Field& field) {
    SplitRecipe& split = out.emplace();
    const std::size_t mistakes = reader.findings().error_count();
    reader.map(field, {{"val", share(reader, split.val)},
                       {"test", share(reader, split.test)},
                       {"folds", reader.count(split.folds, 2)},
                       {"fold", reader.count(split.fold, 1)},
                       {"by", groups(reader, split.by)},
                       {"file", reader.path(split.file)}});
    const bool understood = reader.findings().error_count() == mistakes;
    const auto refuse = [&](const char* key, const std::string& message) {
      const YamlNode::Entry* entry = field.value.find(key);
      reader.findings().error(entry == nullptr ? field.place : entry->place, message);
    };
    if (split.val + split.test >= 1) refuse("test", "val and test leave nothing for train");
    if (split.folds && field.value.find("val") != nullptr)
      refuse("val", "'val' has no meaning beside 'folds': it is one of them");
    if (split.folds && !split.file.empty())
      refuse("file", "'file' has no meaning beside 'folds': each fold is another split");
    if (split.folds && *split.folds > kMaxFolds) refuse("folds", "'folds' must be at most 1000");
    if (split.folds && split.fold > *split.folds)
      refuse("fold", "'fold' must be at most " + std::to_string(*split.folds) + ", the number of folds");
    if (!split.folds && field.value.find("fold") != nullptr)
      refuse("fold", "'fold' has no meaning without 'folds'");
    if (understood && !split.folds && split.val + split.test == 0 && split.file.empty())
      reader.findings().error(field.place, "'split' holds nothing out", "split: {val: 0.15, test: 0.15}");
  };
}

void check_splits(const Reader& reader, const Field& section) {
  const YamlNode::Entry* split = section.value.find("split");
  if (split != nullptr && section.value.find("splits") != nullptr)
    reader.findings().error(split->place,
                            "'split' would make splits, and 'splits' says that the dataset has them",
                            "remove one of the two");
}

}  // namespace tenfold
