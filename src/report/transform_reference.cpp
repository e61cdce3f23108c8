#include "tenfold/report/transform_reference.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "parameter_text.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

using Json = nlohmann::ordered_json;

Json value_json(const ParameterValue& value) {
  if (const auto* range = std::get_if<Range>(&value)) return Json::array({range->low, range->high});
  if (const auto* number = std::get_if<int>(&value)) return *number;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* color = std::get_if<Color>(&value))
    return Json::array({color->red, color->green, color->blue});
  return std::get<std::string>(value);
}

std::string_view kind_name(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::kRange:
      return "range";
    case ParameterKind::kInteger:
      return "integer";
    case ParameterKind::kBoolean:
      return "boolean";
    case ParameterKind::kChoice:
      return "choice";
    case ParameterKind::kText:
      return "text";
    case ParameterKind::kColor:
      return "color";
  }
  return {};
}

Json parameter_json(const ParameterSpec& spec) {
  Json json{{"name", spec.name}, {"kind", kind_name(spec.kind)}, {"text", spec.text}};
  if (!spec.unit.empty()) json["unit"] = spec.unit;
  if (spec.kind == ParameterKind::kRange || spec.kind == ParameterKind::kInteger)
    json["bounds"] = {spec.bounds.low, spec.bounds.high};
  if (spec.kind == ParameterKind::kChoice) json["choices"] = spec.choices;
  if (spec.neutral) json["neutral"] = *spec.neutral;
  if (spec.weakest) json["weakest"] = *spec.weakest;
  if (spec.log_uniform) json["log_uniform"] = true;
  if (spec.whole) json["whole"] = true;
  if (spec.default_value) json["default"] = value_json(*spec.default_value);
  return json;
}

Json transform_json(const TransformSpec& spec) {
  Json json{{"name", spec.name}, {"group", spec.group}, {"summary", spec.summary}, {"formula", spec.formula}};
  if (!spec.source.empty()) json["source"] = spec.source;
  json["example"] = spec.example;
  json["default_p"] = spec.default_p;
  json["version"] = spec.version;
  json["float_code"] = spec.float_code;
  json["annotations_follow"] = spec.annotations_follow;
  json["parameters"] = Json::array();
  for (const ParameterSpec& parameter : spec.parameters)
    json["parameters"].push_back(parameter_json(parameter));
  return json;
}

Json combinator_json(const Combinator& combinator) {
  Json json{{"name", combinator.name},
            {"group", "combinators"},
            {"summary", combinator.summary},
            {"examples", combinator.examples},
            {"default_p", 1},
            {"chooses", combinator.chooses},
            {"keys", Json::array()}};
  for (const CombinatorKey& key : keys_of(combinator))
    json["keys"].push_back({{"name", key.name}, {"kind", key.kind}, {"text", key.text}});
  return json;
}

}  // namespace

std::string transforms_text(std::span<const TransformSpec> specs) {
  std::size_t width = 0;
  for (const TransformSpec& spec : specs) width = std::max(width, spec.name.size());
  std::string text;
  std::string_view group;
  for (const TransformSpec& spec : specs) {
    if (spec.group != group) text += (group.empty() ? "" : "\n") + spec.group + ":\n";
    group = spec.group;
    text += "  " + spec.name + std::string(width + 2 - spec.name.size(), ' ') + spec.summary + "\n";
  }
  text += "\ncombinators:\n";
  for (const Combinator& combinator : combinators())
    text += "  " + combinator.name + std::string(width + 2 - combinator.name.size(), ' ') +
            combinator.summary + "\n";
  return text + "\n`tenfold transforms NAME` explains one.\n";
}

std::string transform_text(const TransformSpec& spec) {
  std::string text = spec.name + ": " + spec.summary + "\n\n";
  text += "  formula  " + spec.formula + "\n";
  if (!spec.source.empty()) text += "  source   " + spec.source + "\n";
  text += "  example  - " + spec.name + (spec.example.empty() ? "" : ": " + spec.example) + "\n";
  if (spec.float_code) text += "  bytes    the same on machines of one CPU family only\n";
  if (!spec.annotations_follow) text += "  targets  masks and boxes cannot follow it\n";
  text += "\nParameters:\n";
  for (const ParameterSpec& parameter : spec.parameters) {
    text += "  " + parameter.name + "  " + parameter.text +
            (parameter.unit.empty() ? "" : " (" + parameter.unit + ")") + "\n";
    text += "      " + kind_text(parameter);
    text += parameter.default_value ? "; default " + value_text(*parameter.default_value)
                                    : "; not set by default";
    if (parameter.neutral) text += "; " + shortest(*parameter.neutral) + " changes nothing";
    if (parameter.weakest) text += "; " + shortest(*parameter.weakest) + " changes least";
    text += "\n";
  }
  return text + "  p  probability that it happens\n      number from 0 to 1; default " +
         shortest(spec.default_p) + "\n";
}

std::string combinator_text(const Combinator& combinator) {
  std::string text = combinator.name + ": " + combinator.summary + "\n\n";
  for (const std::string& example : combinator.examples) text += "  example  - " + example + "\n";
  text += "\nKeys:\n";
  for (const CombinatorKey& key : keys_of(combinator))
    text += "  " + key.name + "  " + key.text + "\n      " + key.kind + "\n";
  if (combinator.chooses) text += "\nInside it a transform's p is 1 unless it is written.\n";
  return text;
}

std::string transforms_json(std::span<const TransformSpec> specs, std::span<const Combinator> combinators) {
  Json json = Json::array();
  for (const TransformSpec& spec : specs) json.push_back(transform_json(spec));
  for (const Combinator& combinator : combinators) json.push_back(combinator_json(combinator));
  return json.dump(2) + "\n";
}

}  // namespace tenfold
