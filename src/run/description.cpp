#include "description.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <opencv2/core/utility.hpp>

#include "tenfold/base/file.h"
#include "tenfold/base/json.h"
#include "tenfold/base/version.h"
#include "tenfold/image/codec.h"
#include "tenfold/run/findings_json.h"
#include "tenfold/store/output_state.h"

namespace tenfold {
using Json = nlohmann::ordered_json;

namespace {

constexpr int kMaxDepth = 1000;  // more than any recipe nests its combinators

Json boxes_json(const CocoFiles& boxes) {
  Json json{{"fingerprint", hex(boxes.fingerprint())}, {"sources", Json::array()}};
  for (const CocoFiles::Source& source : boxes.sources())
    json["sources"].push_back(
        {{"file_name", source.name}, {"bytes", source.bytes}, {"hash", hex(source.hash)}});
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
    if (!entry.is_object()) continue;
    for (const auto& [name, value] : entry.items())
      if (value.is_string()) versions[name] = value;
    recorded.push_back(std::move(versions));
  }
  return recorded;
}

std::string read_description(const std::filesystem::path& root) {
  const Outcome<Bytes> bytes = read_file(root / output_files::kDescription);
  return bytes ? std::string(bytes->begin(), bytes->end()) : std::string();
}

std::optional<std::vector<DescribedClass>> described_classes(const std::string& description) try {
  const auto ours = [](const Versions& versions) { return versions.contains("tenfold"); };
  if (std::ranges::none_of(recorded_versions(description), ours)) return std::nullopt;
  std::vector<DescribedClass> classes;
  const auto json = parse_json<nlohmann::json>(description, kMaxDepth);
  for (const auto& entry : json.at("classes")) {
    const std::uint64_t held_out =
        entry.value("val", std::uint64_t{0}) + entry.value("test", std::uint64_t{0});
    classes.push_back({.name = entry.at("name"),
                       .originals = entry.at("originals").get<std::uint64_t>() + held_out,
                       .copies = entry.at("copies"),
                       .held_out = held_out});
  }
  return classes;
} catch (const nlohmann::json::exception&) {
  return std::nullopt;
}

RunSummary described_summary(const std::string& description) try {
  RunSummary summary{.laid_out = true};
  const auto json = parse_json<nlohmann::json>(description, kMaxDepth);
  for (const auto& entry : json.at("classes")) {
    summary.classes.push_back({.name = entry.at("name"),
                               .samples = entry.at("samples"),
                               .target = entry.at("target"),
                               .originals = entry.at("originals"),
                               .copies = entry.at("copies"),
                               .shortfall = entry.at("shortfall"),
                               .reason = entry.value("reason", ""),
                               .val = entry.value("val", std::uint64_t{0}),
                               .test = entry.value("test", std::uint64_t{0})});
    const ClassPlan& of_class = summary.classes.back();
    summary.kept += of_class.images() + of_class.val + of_class.test;
  }
  for (const auto& entry : json.at("bad"))
    summary.bad.push_back({.path = entry.at("path"), .failure = {Stage::kDecode, entry.at("reason")}});
  for (const auto& entry : json.at("failed"))
    summary.failed.push_back({entry.at("file_name"), {Stage::kEncode, entry.at("reason")}});
  json.at("refused").get_to(summary.refused);
  json.at("refused_kept").get_to(summary.refused_kept);
  for (const auto& leak : json.value("leaks", nlohmann::json::array()))
    summary.leaks.push_back(
        {.train = leak.at("train"),
         .held_out = leak.at("held_out"),
         .split = split_of_folder(leak.at("split").get<std::string>()).value_or(Split::kVal),
         .exact = leak.at("exact"),
         .dropped = leak.at("dropped")});
  return summary;
} catch (const nlohmann::json::exception&) {
  return {};
}

std::string described_recipe(const std::string& description) try {
  return parse_json<Json>(description, kMaxDepth).at("recipe").dump(2);
} catch (const nlohmann::json::exception&) {
  return {};
}

std::vector<Leak> recorded_leaks(const std::string& description) try {
  std::vector<Leak> leaks;
  const auto json = parse_json<nlohmann::json>(description, kMaxDepth);
  for (const auto& leak : json.value("leaks", nlohmann::json::array()))
    leaks.push_back({.train = leak.at("train"),
                     .held_out = leak.at("held_out"),
                     .split = split_of_folder(leak.at("split").get<std::string>()).value_or(Split::kTest),
                     .exact = leak.at("exact"),
                     .dropped = leak.at("dropped")});
  return leaks;
} catch (const nlohmann::json::exception&) {
  return {};
}

DescribedBoxes described_boxes(const std::string& description) try {
  DescribedBoxes boxes;
  const auto json = parse_json<nlohmann::json>(description, kMaxDepth);
  if (!json.contains("boxes")) return boxes;
  const auto hash_in = [](const nlohmann::json& object, const char* key) {
    return parse_hash128(object.at(key).get_ref<const std::string&>()).value_or(Hash128{});
  };
  boxes.fingerprint = hash_in(json.at("boxes"), "fingerprint");
  for (const auto& source : json.at("boxes").at("sources"))
    boxes.sources.push_back({source.at("file_name"), source.at("bytes"), hash_in(source, "hash")});
  return boxes;
} catch (const nlohmann::json::exception&) {
  return {};
}

std::vector<std::string> failed_outputs(const std::string& description) try {
  std::vector<std::string> names;
  const auto json = parse_json<nlohmann::json>(description, kMaxDepth);
  for (const auto& output : json.at("failed")) names.push_back(output.at("file_name"));
  return names;
} catch (const nlohmann::json::exception&) {
  return {};
}

std::string description_text(const Recipe& recipe, const RunSummary& summary,
                             const std::vector<Versions>& versions, const Hash128& manifest,
                             const Companions& companions, const CocoFiles* boxes) {
  Json json{{"format", 1},
            {"manifest", hex(manifest)},
            {"versions", versions},
            {"recipe", Json::parse(resolved_json(recipe))},
            {"classes", classes_json(summary.classes)},
            {"statistics", statistics_json(summary.statistics)},
            {"bad", bad_json(summary.bad)},
            {"failed", failed_json(summary.failed)},
            {"refused", summary.refused},
            {"refused_kept", summary.refused_kept},
            {"ignored", ignored_json(summary.ignored)},
            {"misnamed", summary.misnamed},
            {"several_images", summary.several_images}};
  if (recipe.input.has_splits()) json["leaks"] = leaks_json(summary.leaks);
  for (const auto& [name, companion] : companions)
    json["files"].push_back({{"file_name", name}, {"bytes", companion.bytes}, {"hash", hex(companion.hash)}});
  if (boxes != nullptr) json["boxes"] = boxes_json(*boxes);
  return json.dump(2) + "\n";
}

}  // namespace tenfold
