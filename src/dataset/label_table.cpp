#include "dataset/label_table.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "tenfold/base/csv.h"
#include "tenfold/base/error.h"
#include "tenfold/base/file.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

constexpr std::uint64_t kMaxTableBytes = std::uint64_t{1} << 30;
constexpr std::size_t kMaxLabelBytes = 255;  // NAME_MAX of every common file system

// One row as it stands in the table.
struct RawRow {
  std::size_t line = 0;
  std::string file, label, split;
};

class TableReader {
 public:
  TableReader(const DatasetRoot& root, const ScanOptions& options)
      : root_(root), rule_(options.labels), options_(options) {}

  std::vector<LabelRow> read() {
    if (!rule_.split.empty() && options_.splits.empty())
      refuse(
          "has splits, and the recipe does not say what becomes of them: input.splits: {train: expand, "
          "test: copy}");
    const std::string text = content();
    const bool csv = rule_.kind == LabelRule::Kind::kCsv;
    if (csv)
      read_csv(text);
    else
      read_json_lines(text);
    std::ranges::stable_sort(rows_, {}, &LabelRow::file);
    check_agreement();
    const auto same_file = [](const LabelRow& a, const LabelRow& b) { return a.file == b.file; };
    rows_.erase(std::unique(rows_.begin(), rows_.end(), same_file), rows_.end());
    check_splits();
    return std::move(rows_);
  }

 private:
  [[noreturn]] void refuse(const std::string& reason) const {
    throw Error(ErrorKind::kUsage,
                "the table of labels " + in_quotes((root_.path / rule_.text).string()) + " " + reason);
  }

  [[noreturn]] void refuse_line(std::size_t line, const std::string& reason) const {
    throw Error(ErrorKind::kUsage, escaped(root_.prefix + rule_.text) + ":" + std::to_string(line) + ": " + reason);
  }

  std::string content() const {
    const Outcome<Content> file = root_.open(rule_.text);
    if (!file) refuse(file.error().reason);
    if (file->size() > kMaxTableBytes) refuse("is larger than " + human_bytes(kMaxTableBytes));
    const Outcome<Bytes> bytes = file->read_all();
    if (!bytes) refuse(bytes.error().reason);
    std::string text(bytes->begin(), bytes->end());
    if (!is_utf8(text)) refuse("is not valid UTF-8");
    return text;
  }

  void read_csv(std::string_view text) {
    const auto table = parse_csv(text);
    if (!table) refuse_line(table.error().line, table.error().reason);
    const auto place_of = [&](const std::string& column) {
      const auto place = table->column(column);
      if (place) return *place;
      std::vector<std::string> names;
      for (const std::string& name : table->header) names.push_back(in_quotes(name));
      refuse("has no column " + in_quotes(column) +
             (names.empty() ? "; it is empty" : "; its columns are " + listed(names)));
    };
    const std::size_t file = place_of(rule_.file), label = place_of(rule_.label);
    const std::size_t split = rule_.split.empty() ? 0 : place_of(rule_.split);
    for (const CsvRow& row : table->rows)
      add({row.line, row.fields[file], row.fields[label], rule_.split.empty() ? "" : row.fields[split]});
  }

  void read_json_lines(std::string_view text) {
    for (std::size_t line = 1; !text.empty(); ++line) {
      const std::string_view one = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(one.size() + 1, text.size()));
      if (one.find_first_not_of(" \t\r") == std::string_view::npos) continue;
      const auto json = nlohmann::json::parse(one, nullptr, false);
      if (!json.is_object()) refuse_line(line, "is no JSON object");
      add({line, text_of(json, rule_.file, line), text_of(json, rule_.label, line),
           rule_.split.empty() ? "" : text_of(json, rule_.split, line)});
    }
  }

  // Labels are often numbers.
  std::string text_of(const nlohmann::json& json, const std::string& key, std::size_t line) const {
    const auto found = json.find(key);
    if (found == json.end()) refuse_line(line, "has no " + in_quotes(key));
    if (found->is_string()) return found->get<std::string>();
    if (found->is_number_integer()) return found->dump();
    refuse_line(line, in_quotes(key) + " must be text or a whole number");
  }

  void add(RawRow row) {
    const std::string file = std::filesystem::path(row.file).lexically_normal().string();
    if (file.empty() || file.starts_with('/') || file == ".." || file.starts_with("../"))
      refuse_line(row.line, in_quotes(row.file) + " is no file below the input");
    if (const std::string fault = fault_of_label(row.label); !fault.empty())
      refuse_line(row.line, "the label " + in_quotes(row.label) + " " + fault);
    std::optional<Split> split;
    if (!rule_.split.empty()) {
      split = split_of_folder(row.split);
      if (!split || std::ranges::find(options_.splits, *split) == options_.splits.end())
        refuse_line(row.line,
                    "the split " + in_quotes(row.split) + " is none of those that input.splits names");
    }
    rows_.push_back({file, std::move(row.label), split, row.line});
  }

  void check_agreement() const {
    for (std::size_t i = 1; i < rows_.size(); ++i) {
      const LabelRow &a = rows_[i - 1], &b = rows_[i];
      if (a.file != b.file) continue;
      const std::string first = " in line " + std::to_string(a.line);
      if (a.label != b.label)
        refuse_line(b.line, in_quotes(b.file) + " has the label " + in_quotes(b.label) + " here and " +
                                in_quotes(a.label) + first);
      if (a.split != b.split)
        refuse_line(b.line, in_quotes(b.file) + " is in " + std::string(split_name(*b.split)) +
                                " here and in " + std::string(split_name(*a.split)) + first);
    }
  }

  void check_splits() const {
    if (rows_.empty()) refuse("names no file");
    if (rule_.split.empty()) return;
    for (const Split split : options_.splits)
      if (std::ranges::find(rows_, split, &LabelRow::split) == rows_.end())
        refuse("has no row of the split " + std::string(split_name(split)) + "; take it out of input.splits");
  }

  const DatasetRoot& root_;
  const LabelRule& rule_;
  const ScanOptions& options_;
  std::vector<LabelRow> rows_;
};

}  // namespace

std::vector<LabelRow> read_label_table(const DatasetRoot& root, const ScanOptions& options) {
  return TableReader(root, options).read();
}

std::string fault_of_label(const std::string& label) {
  if (label.empty()) return "is empty";
  if (label.front() == '.') return "begins with a dot, so its folder would be hidden";
  if (label.find('/') != std::string::npos) return "holds a '/', which no folder's name can";
  if (label.size() > kMaxLabelBytes)
    return "has " + grouped(label.size()) + " bytes, more than a folder's name can have";
  const bool has_control = std::ranges::any_of(label, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  if (has_control) return "holds a control character";
  for (const std::string_view reserved : {"manifest.jsonl", "dataset.json"})
    if (label == reserved) return "has the name of a file that tenfold writes";
  return {};
}

}  // namespace tenfold
