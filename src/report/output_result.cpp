#include "tenfold/report/output_result.h"

#include <map>
#include <nlohmann/json.hpp>

#include "tenfold/base/text.h"

namespace tenfold {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kShownPerKind = 20;

// A name that is no UTF-8 cannot stand in JSON; it stands there as messages show it.
std::string json_name(const std::string& name) { return is_utf8(name) ? name : escaped(name); }

}  // namespace

std::string result_text(const Verification& verification) {
  std::string text = counted(verification.images, "image") + " (" + human_bytes(verification.bytes) + "): ";
  if (!verification.findings.empty()) return text + counted(verification.findings.size(), "finding") + "\n";
  text += verification.quick ? "names and sizes are right" : "all is as it was written";
  if (verification.with_input)
    text += verification.quick ? ", those of the sources too" : ", and so are the sources";
  return text + "\n";
}

std::string findings_text(const Verification& verification) {
  std::string text;
  std::map<FindingKind, std::size_t> counts;
  for (const Finding& finding : verification.findings)
    if (++counts[finding.kind] <= kShownPerKind)
      text += std::string(finding_name(finding.kind)) + ": " + finding.sentence + "\n";
  for (const auto& [kind, count] : counts)
    if (count > kShownPerKind)
      text += std::string(finding_name(kind)) + ": " + grouped(count - kShownPerKind) +
              " more; --json lists all\n";
  return text;
}

std::string result_json(const Verification& verification) {
  Json findings = Json::array();
  for (const Finding& finding : verification.findings)
    findings.push_back({{"kind", finding_name(finding.kind)},
                        {"file_name", json_name(finding.file_name)},
                        {"sentence", finding.sentence}});
  const Json json{{"images", verification.images},
                  {"bytes", verification.bytes},
                  {"quick", verification.quick},
                  {"with_input", verification.with_input},
                  {"findings", findings}};
  return json.dump(2) + "\n";
}

std::string result_json(const Replay& replay) {
  const Json json{
      {"result", replay_name(replay.result)}, {"file_name", replay.file_name}, {"sentence", replay.sentence}};
  return json.dump(2) + "\n";
}

std::string result_text(const Cleaning& cleaning, const std::string& folder) {
  std::string text = "removed " + counted(cleaning.images, "image") + " and tenfold's own files from " +
                     in_quotes(folder) + "\n";
  if (!cleaning.foreign.empty())
    text += counted(cleaning.foreign.size(), "entry stays", "entries stay") +
            " that tenfold did not write, such as " + in_quotes(cleaning.foreign.front()) + "\n";
  return text;
}

std::string result_json(const Cleaning& cleaning) {
  Json foreign = Json::array();
  for (const std::string& name : cleaning.foreign) foreign.push_back(json_name(name));
  return Json{{"removed", cleaning.images}, {"foreign", foreign}}.dump(2) + "\n";
}

}  // namespace tenfold
