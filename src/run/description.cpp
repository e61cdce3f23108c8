#include "description.h"

#include <nlohmann/json.hpp>
#include <opencv2/core/utility.hpp>

#include "tenfold/base/text.h"
#include "tenfold/base/version.h"
#include "tenfold/image/codec.h"

namespace tenfold {
namespace {

using Json = nlohmann::ordered_json;

Json class_json(const ClassPlan& plan) {
  Json json{{"name", plan.name},          {"samples", plan.samples},     {"target", plan.target},
            {"images", plan.images()},    {"originals", plan.originals}, {"copies", plan.copies},
            {"shortfall", plan.shortfall}};
  if (plan.shortfall > 0) json["reason"] = plan.reason;
  return json;
}

Json bad_json(const BadFile& bad, const std::map<std::string, Hash128>& hashes) {
  // A path that is no UTF-8 cannot stand in JSON; it stands there as messages show it.
  Json json{{"path", is_utf8(bad.path) ? bad.path : escaped(bad.path)},
            {"stage", stage_name(bad.failure.stage)},
            {"reason", bad.failure.reason}};
  const auto hash = hashes.find(bad.path);
  if (hash != hashes.end()) json["hash"] = hex(hash->second);
  return json;
}

}  // namespace

Versions current_versions() {
  Versions versions = codec_versions();
  versions["tenfold"] = version();
  versions["opencv"] = cv::getVersionString();
  return versions;
}

std::vector<Versions> recorded_versions(const std::string& description) {
  std::vector<Versions> recorded;
  const auto json = nlohmann::json::parse(description, nullptr, false);
  if (!json.is_object() || !json.contains("versions") || !json["versions"].is_array()) return recorded;
  for (const auto& entry : json["versions"]) {
    Versions versions;
    for (const auto& [name, value] : entry.items())
      if (value.is_string()) versions[name] = value;
    recorded.push_back(std::move(versions));
  }
  return recorded;
}

std::string description_text(const Recipe& recipe, const Catalog& catalog, const RunSummary& summary,
                             const Ledger& ledger, const std::vector<Versions>& versions) {
  std::map<std::string, Hash128> hashes;
  for (const BadFile& bad : ledger.late_bad())
    if (const auto hash = ledger.hash_of_bad(bad.path)) hashes[bad.path] = *hash;

  Json json;
  json["format"] = 1;
  json["versions"] = versions;
  json["recipe"] = Json::parse(resolved_json(recipe));
  json["classes"] = Json::array();
  for (const ClassPlan& plan : summary.classes) json["classes"].push_back(class_json(plan));
  json["bad"] = Json::array();
  for (const BadFile& bad : summary.bad) json["bad"].push_back(bad_json(bad, hashes));
  json["failed"] = Json::array();
  for (const FailedOutput& failed : summary.failed)
    json["failed"].push_back({{"file_name", failed.name},
                              {"stage", stage_name(failed.failure.stage)},
                              {"reason", failed.failure.reason}});
  json["ignored"] = {{"hidden", catalog.ignored.hidden},
                     {"other", catalog.ignored.other},
                     {"matched", catalog.ignored.matched},
                     {"links", catalog.ignored.links}};
  json["misnamed"] = summary.misnamed;
  json["several_images"] = summary.several_images;
  return json.dump(2) + "\n";
}

}  // namespace tenfold
