#include "input_shape.h"

namespace tenfold {
namespace {

constexpr const char* kLabelExamples =
    "labels: folder, webdataset, {regex: \"^([a-z]+)_\"}, {csv: labels.csv} or {jsonl: labels.jsonl}";

// It moves with the dataset, and is found again by whoever has that.
FieldReader table(const Reader& reader, std::string& out) {
  return [&reader, &out](const Field& field) {
    reader.text(out)(field);
    if (out.starts_with('/')) reader.refuse(field, "must be relative to the input's root");
  };
}

void read_rule_map(const Reader& reader, const Field& field, LabelRule& out) {
  std::string regex, csv, jsonl;
  reader.map(field, {{"regex", reader.expression(regex, "the label")},
                     {"csv", table(reader, csv)},
                     {"jsonl", table(reader, jsonl)},
                     {"file", reader.text(out.file)},
                     {"label", reader.text(out.label)},
                     {"split", reader.text(out.split)}});
  const auto has = [&](const char* key) { return field.value.find(key) != nullptr; };
  if (has("regex") + has("csv") + has("jsonl") != 1)
    return reader.findings().error(field.place, "'labels' must have one of the keys regex, csv and jsonl",
                                   kLabelExamples);
  if (has("regex"))
    for (const char* key : {"file", "label", "split"})
      if (const YamlNode::Entry* entry = field.value.find(key))
        reader.findings().error(entry->place, "'" + std::string(key) + "' has no meaning beside 'regex'",
                                "it names a column of a table");
  out.kind = has("regex") ? LabelRule::Kind::kFileName
             : has("csv") ? LabelRule::Kind::kCsv
                          : LabelRule::Kind::kJsonLines;
  out.text = regex + csv + jsonl;
}

}  // namespace

FieldReader dataset_roots(const Reader& reader, std::vector<std::filesystem::path>& out) {
  return [&reader, &out](const Field& field) {
    std::vector<std::string> roots(1);
    if (field.value.is_list()) {
      reader.texts(roots)(field);
      if (field.value.items.empty()) reader.refuse(field, "must name a folder");
    } else {
      reader.text(roots.front())(field);
    }
    out.assign(roots.begin(), roots.end());
  };
}

FieldReader label_rule(const Reader& reader, LabelRule& out) {
  return [&reader, &out](const Field& field) {
    if (field.value.is_map()) return read_rule_map(reader, field, out);
    const bool is_word = field.value.is_scalar();
    if (is_word && field.value.text == "folder")
      out = {};
    else if (is_word && field.value.text == "webdataset")
      out = {.kind = LabelRule::Kind::kBeside};
    else
      reader.refuse(field, "must be folder or webdataset, or a map with regex, csv or jsonl", kLabelExamples);
  };
}

}  // namespace tenfold
