#include "tenfold/report/transform_reference.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "parameter_text.h"
#include "tenfold/base/text.h"
#include "text_table.h"

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
  Json json{{"name", spec.name},
            {"group", spec.group},
            {"summary", spec.summary},
            {"use", spec.use},
            {"formula", spec.formula}};
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
  Json json{{"name", combinator.name},         {"group", "combinators"},
            {"summary", combinator.summary},   {"use", combinator.use},
            {"examples", combinator.examples}, {"default_p", 1},
            {"chooses", combinator.chooses},   {"keys", Json::array()}};
  for (const CombinatorKey& key : keys_of(combinator))
    json["keys"].push_back({{"name", key.name}, {"kind", key.kind}, {"text", key.text}});
  return json;
}

// "  formula  out = 255 - in", with further lines below the text.
std::string fact(std::string_view name, const std::string& text, int width) {
  constexpr int kColumn = 9;
  return wrapped(left(name, kColumn) + text, width, 2, kColumn);
}

// A parameter or key: what it is, and below it what it takes.
std::string key_text(const std::string& name, const std::string& text, const std::string& values, int width) {
  return wrapped(name + "  " + text, width, 2, 4) + wrapped(values, width, 6, 0);
}

}  // namespace

std::string transforms_text(std::span<const TransformSpec> specs, int width) {
  std::size_t widest = 0;
  for (const TransformSpec& spec : specs) widest = std::max(widest, spec.name.size());
  const auto line = [&](const std::string& name, const std::string& summary) {
    const int column = static_cast<int>(widest) + 2;
    return wrapped(left(name, column) + summary, width, 2, column);
  };
  std::string text;
  std::string_view group;
  for (const TransformSpec& spec : specs) {
    if (spec.group != group) text += (group.empty() ? "" : "\n") + spec.group + ":\n";
    group = spec.group;
    text += line(spec.name, spec.summary);
  }
  text += "\ncombinators:\n";
  for (const Combinator& combinator : combinators()) text += line(combinator.name, combinator.summary);
  return text + "\n`tenfold transforms NAME` explains one.\n";
}

std::string transform_text(const TransformSpec& spec, int width) {
  std::string text = wrapped(spec.name + ": " + spec.summary, width) + "\n";
  text += fact("use", spec.use, width) + fact("formula", spec.formula, width);
  if (!spec.source.empty()) text += fact("source", spec.source, width);
  text += fact("example", "- " + spec.name + (spec.example.empty() ? "" : ": " + spec.example), width);
  if (spec.float_code) text += fact("bytes", "the same on machines of one CPU family only", width);
  if (!spec.annotations_follow) text += fact("targets", "masks and boxes cannot follow it", width);
  text += "\nParameters:\n";
  for (const ParameterSpec& parameter : spec.parameters) {
    std::string values = kind_text(parameter);
    values += parameter.default_value ? "; default " + value_text(*parameter.default_value)
                                      : "; not set by default";
    if (parameter.neutral) values += "; " + shortest(*parameter.neutral) + " changes nothing";
    if (parameter.weakest) values += "; " + shortest(*parameter.weakest) + " changes least";
    const std::string unit = parameter.unit.empty() ? "" : " (" + parameter.unit + ")";
    text += key_text(parameter.name, parameter.text + unit, values, width);
  }
  return text + key_text("p", "probability that it happens",
                         "number from 0 to 1; default " + shortest(spec.default_p), width);
}

std::string combinator_text(const Combinator& combinator, int width) {
  std::string text = wrapped(combinator.name + ": " + combinator.summary, width) + "\n";
  text += fact("use", combinator.use, width);
  for (const std::string& example : combinator.examples) text += fact("example", "- " + example, width);
  text += "\nKeys:\n";
  for (const CombinatorKey& key : keys_of(combinator)) text += key_text(key.name, key.text, key.kind, width);
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
