#include "tenfold/run/findings_json.h"

#include <nlohmann/json.hpp>

#include "tenfold/base/text.h"

namespace tenfold {

using Json = nlohmann::ordered_json;

Json classes_json(std::span<const ClassPlan> classes) {
  Json json = Json::array();
  for (const ClassPlan& plan : classes) {
    Json entry{{"name", plan.name},          {"samples", plan.samples},     {"target", plan.target},
               {"images", plan.images()},    {"originals", plan.originals}, {"copies", plan.copies},
               {"shortfall", plan.shortfall}};
    if (plan.val > 0) entry["val"] = plan.val;
    if (plan.test > 0) entry["test"] = plan.test;
    if (plan.shortfall > 0) entry["reason"] = plan.reason;
    json.push_back(std::move(entry));
  }
  return json;
}

Json bad_json(std::span<const BadFile> bad) {
  Json json = Json::array();
  for (const BadFile& file : bad) {
    // A path that is no UTF-8 cannot stand in JSON; it stands there as messages show it.
    Json entry{{"path", is_utf8(file.path) ? file.path : escaped(file.path)},
               {"stage", stage_name(file.failure.stage)},
               {"reason", file.failure.reason}};
    if (file.hash) entry["hash"] = hex(*file.hash);
    json.push_back(std::move(entry));
  }
  return json;
}

Json failed_json(std::span<const FailedOutput> failed) {
  Json json = Json::array();
  for (const FailedOutput& output : failed)
    json.push_back({{"file_name", output.name},
                    {"stage", stage_name(output.failure.stage)},
                    {"reason", output.failure.reason}});
  return json;
}

Json leaks_json(std::span<const Leak> leaks) {
  Json json = Json::array();
  for (const Leak& leak : leaks)
    json.push_back({{"train", leak.train},
                    {"held_out", leak.held_out},
                    {"split", split_name(leak.split)},
                    {"exact", leak.exact},
                    {"dropped", leak.dropped}});
  return json;
}

Json ignored_json(const IgnoredCounts& ignored) {
  return {{"hidden", ignored.hidden},
          {"other", ignored.other},
          {"matched", ignored.matched},
          {"links", ignored.links},
          {"unlabeled", ignored.unlabeled}};
}

}  // namespace tenfold
