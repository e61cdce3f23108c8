#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "tenfold/base/text.h"
#include "tenfold/report/output_result.h"

namespace tenfold {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kFrame = "pixel centres at integers, x to the right, y down, the source upright";

// REQUIRES what parse_manifest_line() let through; empty stands for `otherwise`.
Json parsed(const std::string& text, Json otherwise) { return text.empty() ? otherwise : Json::parse(text); }

std::string size_text(int width, int height) { return std::to_string(width) + "×" + std::to_string(height); }

// A text of the manifest may hold anything.
std::string value_text(const Json& value) {
  return value.is_string() ? in_quotes(value.get<std::string>()) : escaped(value.dump());
}

// "name: value, name: value", without the key `left_out`.
std::string values_text(const Json& object, std::string_view left_out = {}) {
  std::string text;
  if (!object.is_object()) return escaped(object.dump());
  for (const auto& [key, value] : object.items())
    if (key != left_out) text += (text.empty() ? "" : ", ") + escaped(key) + " " + value_text(value);
  return text;
}

std::string row(const std::string& title, const std::string& text) {
  constexpr std::size_t kTitle = 15;
  return "  " + title + std::string(kTitle - std::min(title.size(), kTitle - 1), ' ') + text + "\n";
}

std::string transforms_rows(const Json& transforms) {
  if (!transforms.is_array() || transforms.empty()) return row("transforms", "none");
  std::string text;
  for (const Json& transform : transforms) {
    const std::string title = text.empty() ? "transforms" : "";
    const bool named = transform.is_object() && transform.contains("name") && transform["name"].is_string();
    const std::string values = values_text(transform, named ? "name" : "");
    text += row(title,
                named ? escaped(transform["name"].get<std::string>()) + (values.empty() ? "" : ": " + values)
                      : values);
  }
  return text;
}

std::string matrix_rows(const std::string& title, const cv::Matx33d& matrix) {
  std::string text = row(title, "");
  while (text.ends_with(" \n")) text.erase(text.size() - 2, 1);
  for (int i = 0; i < 3; ++i) {
    std::array<char, 80> line{};
    std::snprintf(line.data(), line.size(), "    %14.8g %14.8g %14.8g\n", matrix(i, 0) + 0.0,
                  matrix(i, 1) + 0.0, matrix(i, 2) + 0.0);
    text += line.data();
  }
  return text;
}

std::string map_rows(const Explanation& explanation) {
  if (!explanation.map) return row("matrix", "unknown: " + explanation.why_no_map);
  const ComposedMap& map = *explanation.map;
  std::string text = matrix_rows("output to source, in pixels (" + std::string(kFrame) + "):", map.to_source);
  if (map.from_source) text += matrix_rows("source to output:", *map.from_source);
  if (map.displacements > 0)
    text += "  pixels are also displaced by " +
            counted(static_cast<std::uint64_t>(map.displacements), "field") +
            ", which a matrix does not show\n";
  if (map.pixel_steps > 0)
    text += "  the matrix is that of the geometry alone: " +
            counted(static_cast<std::uint64_t>(map.pixel_steps), "step works", "steps work") +
            " on the pixels themselves\n";
  return text;
}

Json matrix_json(const cv::Matx33d& m) {
  Json json = Json::array();
  for (int i = 0; i < 3; ++i) json.push_back({m(i, 0) + 0.0, m(i, 1) + 0.0, m(i, 2) + 0.0});
  return json;
}

Json map_json(const Explanation& explanation) {
  if (!explanation.map) return nullptr;
  const ComposedMap& map = *explanation.map;
  return {{"to_source", matrix_json(map.to_source)},
          {"from_source", map.from_source ? matrix_json(*map.from_source) : Json(nullptr)},
          {"displacements", map.displacements},
          {"pixel_steps", map.pixel_steps}};
}

std::string refused_text(const std::vector<std::string>& refused) {
  std::vector<std::string> reasons;
  for (const std::string& reason : refused) reasons.push_back(escaped(reason));
  return counted(refused.size(), "attempt") + " before: " + listed(reasons);
}

}  // namespace

std::string result_text(const Explanation& explanation) {
  const ManifestLine& line = explanation.line;
  const auto& source = explanation.source;
  std::string text = in_quotes(line.file_name) + "\n";
  text +=
      row("source", in_quotes(line.source) + (source ? ", " + size_text(source->width, source->height) : "") +
                        ", " + counted(line.source_bytes, "byte"));
  text += row("copy", line.copy == 0 ? "none, the original" : grouped(line.copy));
  text += row("image",
              size_text(line.record.width, line.record.height) + ", " + counted(line.record.bytes, "byte"));
  if (!line.shard.empty())
    text += row("shard", in_quotes(line.shard) + ", from byte " + grouped(line.record.offset) + " on");
  text += row("label", in_quotes(line.label) + " in " + in_quotes(line.split));
  text += transforms_rows(Json::parse(line.transforms));
  for (const Json& partner : parsed(line.partners, Json::array()))
    text += row("partner", values_text(partner));
  if (!line.label_weights.empty()) text += row("label weights", values_text(Json::parse(line.label_weights)));
  if (!line.record.refused.empty()) text += row("refused", refused_text(line.record.refused));
  return text + map_rows(explanation);
}

std::string result_json(const Explanation& explanation) {
  const ManifestLine& line = explanation.line;
  const auto& source = explanation.source;
  Json json{{"file_name", line.file_name},
            {"label", line.label},
            {"split", line.split},
            {"source", line.source},
            {"source_width", source ? Json(source->width) : Json(nullptr)},
            {"source_height", source ? Json(source->height) : Json(nullptr)},
            {"source_bytes", line.source_bytes},
            {"source_hash", hex(line.source_hash)},
            {"copy", line.copy},
            {"width", line.record.width},
            {"height", line.record.height},
            {"bytes", line.record.bytes},
            {"hash", hex(line.record.hash)},
            {"fingerprint", hex(line.record.fingerprint)},
            {"transforms", Json::parse(line.transforms)},
            {"partners", parsed(line.partners, Json::array())},
            {"label_weights", parsed(line.label_weights, Json::object())},
            {"refused", line.record.refused},
            {"map", map_json(explanation)}};
  if (!line.shard.empty()) {
    json["shard"] = line.shard;
    json["offset"] = line.record.offset;
  }
  if (!explanation.map) json["why_no_map"] = explanation.why_no_map;
  return json.dump(2) + "\n";
}

}  // namespace tenfold
