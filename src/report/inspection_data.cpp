// An inspection for machines: JSON and CSV.

#include <nlohmann/json.hpp>

#include "tenfold/base/csv.h"
#include "tenfold/base/text.h"
#include "tenfold/report/inspection_text.h"
#include "tenfold/run/findings_json.h"

namespace tenfold {
namespace {

using Json = nlohmann::ordered_json;

// Collects small pieces into large ones.
class Buffer {
 public:
  explicit Buffer(const WriteText& write) : write_(write) {}

  void add(std::string_view text) {
    constexpr std::size_t kEnough = 1 << 16;
    text_ += text;
    if (text_.size() >= kEnough) flush();
  }

  void flush() {
    write_(text_);
    text_.clear();
  }

 private:
  const WriteText& write_;
  std::string text_;
};

// A name that is no UTF-8 stands there as messages show it.
std::string shown_name(const std::string& name) { return is_utf8(name) ? name : escaped(name); }

Json size_json(cv::Size size) { return Json{size.width, size.height}; }

Json profile_json(const ClassProfile& profile) {
  Json json{{"name", profile.name},   {"images", profile.images},   {"train", profile.train},
            {"bytes", profile.bytes}, {"formats", profile.formats}, {"colors", profile.colors}};
  if (profile.images == 0) return json;
  json["sizes"] = {{"min", size_json(profile.smallest)},
                   {"median", size_json(profile.median)},
                   {"max", size_json(profile.largest)}};
  json["aspects"] = {{"min", profile.narrowest}, {"median", profile.median_aspect}, {"max", profile.widest}};
  return json;
}

std::optional<double> threshold_of(const DatasetFinding& finding, const Inspection& inspection) {
  const FlawKind& kind = flaw_kind(finding.flaw);
  if (kind.threshold == nullptr) return std::nullopt;
  return inspection.thresholds.*kind.threshold;
}

Json finding_json(const DatasetFinding& finding, const Inspection& inspection) {
  Json json{{"kind", flaw_kind(finding.flaw).name}, {"class", shown_name(finding.class_name)}};
  if (!finding.file_name.empty()) json["file_name"] = shown_name(finding.file_name);
  if (!finding.others.empty()) {
    json["others"] = Json::array();
    for (const std::string& other : finding.others) json["others"].push_back(shown_name(other));
  }
  if (finding.value) json["value"] = *finding.value;
  if (const auto threshold = threshold_of(finding, inspection)) json["threshold"] = *threshold;
  json["sentence"] = sentence(finding, inspection.thresholds);
  return json;
}

Json head_json(const Inspection& inspection) {
  Json json{{"images", inspection.all.images}, {"bytes", inspection.all.bytes}, {"fast", inspection.fast}};
  json["classes"] = Json::array();
  for (std::size_t i = 0; i < inspection.classes.size(); ++i) {
    Json of_class = profile_json(inspection.classes[i]);
    for (const BalanceOutcome& outcome : inspection.balances)
      of_class["targets"][outcome.rule] = outcome.targets[i];
    json["classes"].push_back(std::move(of_class));
  }
  json["all"] = profile_json(inspection.all);
  json["all"].erase("name");
  json["imbalance"] = inspection.imbalance();
  for (const FlawKind& kind : flaw_kinds())
    if (kind.threshold != nullptr) json["thresholds"][kind.name] = inspection.thresholds.*kind.threshold;
  json["ignored"] = ignored_json(inspection.ignored);
  return json;
}

std::string csv_line(const DatasetFinding& finding, const std::string& other, const Inspection& inspection) {
  const auto number = [](std::optional<double> value) { return value ? shortest(*value) : std::string(); };
  std::string line;
  for (const std::string& field :
       {std::string(flaw_kind(finding.flaw).name), shown_name(finding.class_name),
        shown_name(finding.file_name), shown_name(other), number(finding.value),
        number(threshold_of(finding, inspection)), sentence(finding, inspection.thresholds)})
    line += (line.empty() ? "" : ",") + csv_field(field);
  return line + "\r\n";
}

}  // namespace

// All but the findings first; those would take ten times the memory as JSON.
void write_json(const Inspection& inspection, const WriteText& write) {
  Buffer buffer(write);
  std::string head = head_json(inspection).dump(2);
  head.resize(head.rfind("\n}"));
  buffer.add(head + ",\n  \"findings\": [");
  std::string_view between = "\n    ";
  for (const DatasetFinding& finding : inspection.findings) {
    buffer.add(between);
    buffer.add(finding_json(finding, inspection).dump());
    between = ",\n    ";
  }
  buffer.add(inspection.findings.empty() ? "]\n}\n" : "\n  ]\n}\n");
  buffer.flush();
}

void write_csv(const Inspection& inspection, const WriteText& write) {
  Buffer buffer(write);
  buffer.add("kind,class,file,other,value,threshold,sentence\r\n");
  for (const DatasetFinding& finding : inspection.findings) {
    if (finding.others.empty()) buffer.add(csv_line(finding, "", inspection));
    for (const std::string& other : finding.others) buffer.add(csv_line(finding, other, inspection));
  }
  buffer.flush();
}

}  // namespace tenfold
