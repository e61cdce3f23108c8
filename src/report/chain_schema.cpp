#include "chain_schema.h"

#include <cmath>

#include "tenfold/base/text.h"
#include "tenfold/transforms/combinator.h"
#include "tenfold/transforms/transform.h"

namespace tenfold {
namespace {

constexpr const char* kNumberText = R"(^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?%?$)";
constexpr const char* kPlusMinusText = R"(^(±|\+-)([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?%?$)";
constexpr double kBeyondReach = 1e9;  // stands for "no bound"

Json plain(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e15) return static_cast<std::int64_t>(value);
  return value;
}

Json reference(const std::string& name) { return {{"$ref", "#/definitions/" + name}}; }

Json number_or_range(const Bounds& bounds, bool whole, bool is_signed) {
  Json number = number_schema(bounds.low, bounds.high);
  if (whole) number = {{"type", "integer"}, {"minimum", plain(bounds.low)}, {"maximum", plain(bounds.high)}};
  Json kinds = Json::array({number});
  if (is_signed) kinds.push_back({{"type", "string"}, {"pattern", kPlusMinusText}});
  kinds.push_back({{"type", "array"}, {"items", number}, {"minItems", 2}, {"maxItems", 2}});
  return {{"anyOf", kinds}};
}

Json parameter_schema(const ParameterSpec& parameter) {
  switch (parameter.kind) {
    case ParameterKind::kRange:
      return number_or_range(parameter.bounds, parameter.whole, parameter.bounds.low < 0);
    case ParameterKind::kInteger:
      return {{"type", "integer"},
              {"minimum", plain(parameter.bounds.low)},
              {"maximum", plain(parameter.bounds.high)}};
    case ParameterKind::kBoolean:
      return {{"type", "boolean"}};
    case ParameterKind::kChoice:
      return {{"enum", parameter.choices}};
    case ParameterKind::kText:
      return {{"type", "string"}, {"minLength", 1}};
    case ParameterKind::kColor:
      return color_schema();
  }
  return Json::object();
}

Json default_of(const ParameterValue& value) {
  if (const Range* range = std::get_if<Range>(&value))
    return range->is_fixed() ? plain(range->low) : Json::array({plain(range->low), plain(range->high)});
  if (const int* number = std::get_if<int>(&value)) return *number;
  if (const bool* flag = std::get_if<bool>(&value)) return *flag;
  if (const Color* color = std::get_if<Color>(&value))
    return Json::array({plain(color->red), plain(color->green), plain(color->blue)});
  return std::get<std::string>(value);
}

std::string text_of(const ParameterSpec& parameter) {
  std::string text = parameter.text;
  if (!parameter.unit.empty()) text += " (" + parameter.unit + ")";
  if (parameter.neutral) text += "; " + shortest(*parameter.neutral) + " changes nothing";
  if (parameter.weakest) text += "; " + shortest(*parameter.weakest) + " changes least";
  if (parameter.log_uniform) text += "; drawn log-uniformly";
  return text;
}

Json probability(double default_p) {
  return described(number_schema(0, 1), "probability that it happens", plain(default_p));
}

Json transform_schema(const TransformSpec& spec) {
  Json properties = Json::object();
  for (const ParameterSpec& parameter : spec.parameters) {
    Json schema = described(parameter_schema(parameter), text_of(parameter));
    if (parameter.default_value) schema["default"] = default_of(*parameter.default_value);
    properties[parameter.name] = std::move(schema);
  }
  properties["p"] = probability(spec.default_p);
  return {{"description", spec.summary + "\n" + spec.formula},
          {"type", {"object", "null"}},
          {"additionalProperties", false},
          {"properties", std::move(properties)}};
}

Json key_schema(const CombinatorKey& key) {
  if (key.name == "weights") {
    const Json positive = {{"type", "number"}, {"exclusiveMinimum", 0}};
    const Json text = {{"type", "string"}, {"pattern", kNumberText}};
    return {{"type", "array"}, {"items", {{"anyOf", {positive, text}}}}, {"minItems", 1}};
  }
  return number_or_range({0, kBeyondReach}, true, false);  // count
}

Json combinator_schema(const Combinator& combinator) {
  const Json children = {{"type", "array"}, {"items", reference("element")}, {"minItems", 1}};
  Json properties = Json::object();
  Json required = Json::array({"transforms"});
  for (const CombinatorKey& key : combinator.keys) {
    properties[key.name] = described(key_schema(key), key.text);
    if (key.required) required.push_back(key.name);
  }
  properties["transforms"] = described(children, "what it is made of");
  properties["p"] = probability(1);
  const bool takes_list = required.size() == 1;
  Json map = {{"type", "object"},
              {"additionalProperties", false},
              {"required", std::move(required)},
              {"properties", std::move(properties)}};
  Json kinds = takes_list ? Json::array({children, map}) : Json::array({map});
  return {{"description", combinator.summary}, {"anyOf", std::move(kinds)}};
}

// A transform's name, or a map of one key.
Json element_schema() {
  Json names = Json::array();
  Json properties = Json::object();
  for (const TransformSpec& spec : transforms()) {
    names.push_back(spec.name);
    properties[spec.name] = reference(spec.name);
  }
  for (const Combinator& combinator : combinators()) properties[combinator.name] = reference(combinator.name);
  const Json name = {{"enum", std::move(names)}};
  const Json map = {{"type", "object"},
                    {"additionalProperties", false},
                    {"minProperties", 1},
                    {"maxProperties", 1},
                    {"properties", std::move(properties)}};
  return {{"anyOf", {name, map}}};
}

}  // namespace

Json number_schema(double low, double high) {
  Json number = {{"type", "number"}};
  if (low > -kBeyondReach) number["minimum"] = plain(low);
  if (high < kBeyondReach) number["maximum"] = plain(high);
  return {{"anyOf", {number, {{"type", "string"}, {"pattern", kNumberText}}}}};
}

Json color_schema() {
  const Json value = number_schema(0, 255);
  return {{"anyOf", {value, {{"type", "array"}, {"items", value}, {"minItems", 3}, {"maxItems", 3}}}}};
}

Json described(Json schema, const std::string& text) {
  schema["description"] = text;
  return schema;
}

Json described(Json schema, const std::string& text, Json default_value) {
  schema["description"] = text;
  schema["default"] = std::move(default_value);
  return schema;
}

Json chain_definitions() {
  Json definitions = {{"element", element_schema()},
                      {"chain", {{"type", {"array", "null"}}, {"items", reference("element")}}}};
  for (const Combinator& combinator : combinators())
    definitions[combinator.name] = combinator_schema(combinator);
  for (const TransformSpec& spec : transforms()) definitions[spec.name] = transform_schema(spec);
  return definitions;
}

// `allOf`, for draft-07 ignores what stands beside a $ref.
Json chain_schema(const std::string& text) {
  return {{"description", text}, {"allOf", Json::array({reference("chain")})}};
}

}  // namespace tenfold
