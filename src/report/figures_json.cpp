#include <nlohmann/json.hpp>

#include "tenfold/report/output_page.h"
#include "tenfold/run/findings_json.h"

namespace tenfold {
namespace {

using Json = nlohmann::ordered_json;

Json number_or_null(const std::optional<double>& number) { return number ? Json(*number) : Json(nullptr); }

Json classes_of(const OutputFigures& figures) {
  Json json = Json::array();
  for (const ClassFigures& one : figures.classes) {
    Json entry{{"name", one.name},
               {"samples", one.samples},
               {"target", one.target},
               {"images", one.images()},
               {"originals", one.originals},
               {"copies", one.copies},
               {"val", one.val},
               {"test", one.test},
               {"shortfall", one.shortfall},
               {"most_copies", one.most_copies}};
    if (one.shortfall > 0) entry["reason"] = one.reason;
    entry["weight"] = number_or_null(one.weight);
    json.push_back(std::move(entry));
  }
  return json;
}

Json splits_of(const OutputFigures& figures) {
  Json json = Json::array();
  for (const SplitFigures& one : figures.splits)
    json.push_back({{"name", one.name}, {"originals", one.originals}, {"copies", one.copies}});
  return json;
}

Json copies_of(const OutputFigures& figures) {
  Json json = Json::array();
  for (const CopiesPerSample& bin : figures.copies_per_sample)
    json.push_back({{"from", bin.from}, {"to", bin.to}, {"samples", bin.samples}});
  return json;
}

Json parameters_of(const TransformFigures& transform) {
  Json json = Json::array();
  for (const auto& [name, unit, drawn] : transform.parameters)
    json.push_back({{"name", name},
                    {"unit", unit},
                    {"low", drawn.range.low},
                    {"high", drawn.range.high},
                    {"log_uniform", drawn.log_uniform},
                    {"whole", drawn.whole},
                    {"counts", drawn.counts},
                    {"outside", drawn.outside},
                    {"values", drawn.values},
                    {"least", drawn.least},
                    {"most", drawn.most},
                    {"mean", drawn.mean}});
  return json;
}

Json chains_of(const OutputFigures& figures) {
  Json json = Json::array();
  for (const ChainFigures& chain : figures.chains) {
    Json transforms = Json::array();
    for (const TransformFigures& one : chain.transforms) {
      Json places = Json::array();
      for (const PlaceFigures& place : one.places)
        places.push_back(
            {{"name", place.name}, {"p", place.p}, {"expected", number_or_null(place.expected)}});
      transforms.push_back({{"name", one.name},
                            {"fired", one.fired},
                            {"expected", number_or_null(one.expected())},
                            {"places", std::move(places)},
                            {"parameters", parameters_of(one)}});
    }
    json.push_back({{"classes", chain.classes},
                    {"copies", chain.copies},
                    {"grows", chain.grows},
                    {"transforms", std::move(transforms)}});
  }
  return json;
}

Json mishaps_of(const Listed<Mishap>& listed) {
  Json first = Json::array();
  for (const Mishap& one : listed.first)
    first.push_back({{"file_name", one.name}, {"stage", one.stage}, {"reason", one.reason}});
  return {{"count", listed.count}, {"first", std::move(first)}};
}

Json gate_of(const OutputFigures& figures) {
  if (!figures.has_gate) return nullptr;
  const GateFigures& gate = figures.gate;
  return {{"refused", gate.refused},
          {"redrawn", gate.redrawn},
          {"kept", {{"count", gate.kept.count}, {"first", gate.kept.first}}}};
}

Json leaks_of(const OutputFigures& figures) {
  if (!figures.has_splits) return nullptr;
  return {{"count", figures.leaks.count}, {"first", leaks_json(figures.leaks.first)}};
}

Json moments_of(const OutputFigures& figures) {
  if (!figures.moments) return nullptr;
  const MomentFigures& moments = *figures.moments;
  return {{"images", moments.images},
          {"mean", moments.mean},
          {"std", moments.std},
          {"width", {{"min", moments.least_width}, {"max", moments.most_width}}},
          {"height", {{"min", moments.least_height}, {"max", moments.most_height}}}};
}

Json shown_of(const OutputFigures& figures) {
  Json json = Json::array();
  for (const ShownSample& sample : figures.shown) {
    Json images = Json::array();
    for (const ShownImage& image : sample.images) {
      Json entry{{"file_name", image.file_name}, {"copy", image.copy}, {"transforms", image.transforms}};
      if (!image.failure.empty()) entry["failure"] = image.failure;
      images.push_back(std::move(entry));
    }
    json.push_back({{"class", sample.class_name}, {"source", sample.source}, {"images", std::move(images)}});
  }
  return json;
}

}  // namespace

std::string figures_json(const OutputFigures& figures) {
  const Json json{
      {"manifest", figures.manifest_hash},
      {"intact", figures.intact},
      {"images", figures.images},
      {"bytes", figures.bytes},
      {"imbalance", {{"before", figures.imbalance_before()}, {"after", figures.imbalance_after()}}},
      {"classes", classes_of(figures)},
      {"splits", splits_of(figures)},
      {"copies_per_sample", copies_of(figures)},
      {"bad", mishaps_of(figures.bad)},
      {"failed", mishaps_of(figures.failed)},
      {"ignored", ignored_json(figures.ignored)},
      {"misnamed", figures.misnamed},
      {"several_images", figures.several_images},
      {"gate", gate_of(figures)},
      {"leaks", leaks_of(figures)},
      {"shown", shown_of(figures)},
      {"chains", chains_of(figures)},
      {"statistics", moments_of(figures)},
      {"versions", figures.versions},
      {"recipe", Json::parse(figures.recipe)},
      {"recipe_fault", figures.recipe_fault}};
  return json.dump(2) + "\n";
}

}  // namespace tenfold
