#include "described_figures.h"

#include <nlohmann/json.hpp>

#include "description.h"
#include "tenfold/base/json.h"

namespace tenfold {
namespace {

using Json = nlohmann::json;

constexpr int kMaxDepth = 1000;  // more than any recipe nests its combinators

std::uint64_t count_in(const Json& json, const char* key) { return json.value(key, std::uint64_t{0}); }

void read_classes(const Json& json, OutputFigures& figures) {
  const Json weights = json.at("statistics").value("class_weights", Json::object());
  for (const Json& entry : json.at("classes")) {
    ClassFigures of_class{.name = entry.at("name"),
                          .samples = entry.at("samples"),
                          .target = entry.at("target"),
                          .shortfall = entry.at("shortfall"),
                          .reason = entry.value("reason", std::string())};
    const auto weight = weights.find(of_class.name);
    if (weight != weights.end()) of_class.weight = weight->get<double>();
    figures.classes.push_back(std::move(of_class));
  }
}

void read_mishaps(const Json& list, const char* name, Listed<Mishap>& mishaps) {
  for (const Json& entry : list) mishaps.add({entry.at(name), entry.at("stage"), entry.at("reason")});
}

IgnoredCounts ignored_in(const Json& json) {
  return {.hidden = count_in(json, "hidden"),
          .other = count_in(json, "other"),
          .matched = count_in(json, "matched"),
          .links = count_in(json, "links"),
          .unlabeled = count_in(json, "unlabeled")};
}

void read_statistics(const Json& json, OutputFigures& figures) {
  MomentFigures moments{.images = json.at("images")};
  if (moments.images == 0) return;
  moments.mean = json.at("mean").get<std::vector<double>>();
  moments.std = json.at("std").get<std::vector<double>>();
  json.at("width").at("min").get_to(moments.least_width);
  json.at("width").at("max").get_to(moments.most_width);
  json.at("height").at("min").get_to(moments.least_height);
  json.at("height").at("max").get_to(moments.most_height);
  figures.moments = std::move(moments);
}

void read(const Json& json, OutputFigures& figures) {
  json.at("manifest").get_to(figures.manifest_hash);
  read_classes(json, figures);
  read_statistics(json.at("statistics"), figures);
  read_mishaps(json.at("bad"), "path", figures.bad);
  read_mishaps(json.at("failed"), "file_name", figures.failed);
  figures.ignored = ignored_in(json.at("ignored"));
  figures.misnamed = count_in(json, "misnamed");
  figures.several_images = count_in(json, "several_images");
  for (const Json& name : json.at("refused_kept")) figures.gate.kept.add(name);
  figures.has_gate = json.at("recipe").contains("accept");
  figures.has_splits = json.contains("leaks");
}

}  // namespace

bool read_described_figures(const std::string& description, OutputFigures& figures) try {
  if (!described_classes(description)) return false;
  read(parse_json<Json>(description, kMaxDepth), figures);
  for (Leak& leak : recorded_leaks(description)) figures.leaks.add(std::move(leak));
  figures.versions = recorded_versions(description);
  figures.recipe = described_recipe(description);
  return true;
} catch (const nlohmann::json::exception&) {
  return false;
}

}  // namespace tenfold
