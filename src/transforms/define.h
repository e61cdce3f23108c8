// How a transform states what it is. A struct holds its parameters with their defaults in the initialisers, a
// Definition names the members and the function that draws, and define() makes the TransformSpec of both. The
// schema reads the defaults out of the struct, so the two cannot disagree.
//
// A parameter's member decides its kind:
//
//   Range, std::optional<Range>   a range; the optional one is not set unless the recipe sets it
//   int, std::optional<int>       a whole number
//   bool                          a switch
//   std::string                   one of `choices`; a text where there are none
//   Color, std::optional<Color>   a color

#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "tenfold/base/text.h"
#include "tenfold/transforms/transform.h"

namespace tenfold {

// What a member holds, in a ParameterValue; nothing where an optional one is not set.
template <typename T>
std::optional<ParameterValue> held_value(const T& value) {
  // In place: GCC 12 warns falsely where a variant with a string is moved under its sanitizers.
  return std::optional<ParameterValue>(std::in_place, value);
}
template <typename T>
std::optional<ParameterValue> held_value(const std::optional<T>& value) {
  return value ? held_value(*value) : std::nullopt;
}

template <typename T>
constexpr ParameterKind kind_of(const T&) {
  if constexpr (std::is_same_v<T, Range>)
    return ParameterKind::kRange;
  else if constexpr (std::is_same_v<T, int>)
    return ParameterKind::kInteger;
  else if constexpr (std::is_same_v<T, bool>)
    return ParameterKind::kBoolean;
  else if constexpr (std::is_same_v<T, Color>)
    return ParameterKind::kColor;
  else
    return ParameterKind::kChoice;
}

// A member of P as the schema sees it.
template <typename P>
struct ParameterMember {
  template <typename T>
  ParameterMember(T P::*member)
      : kind(kind_of(T{})),
        get([member](const P& p) { return held_value(p.*member); }),
        set([member](P& p, const ParameterValue& value) { p.*member = std::get<T>(value); }) {}
  template <typename T>
  ParameterMember(std::optional<T> P::*member)
      : kind(kind_of(T{})),
        get([member](const P& p) { return held_value(p.*member); }),
        set([member](P& p, const ParameterValue& value) { p.*member = std::get<T>(value); }) {}

  ParameterKind kind;
  std::function<std::optional<ParameterValue>(const P&)> get;
  std::function<void(P&, const ParameterValue&)> set;
};

inline std::vector<std::string> no_choices() { return {}; }

template <typename P>
struct ParameterDefinition {
  std::string name{};
  ParameterMember<P> member;
  Bounds bounds{};
  std::string unit{};
  std::optional<double> neutral{};
  std::optional<double> weakest{};
  bool log_uniform = false;
  bool whole = false;
  std::vector<std::string> choices = no_choices();  // GCC 12 crashes on {} here
  std::string text{};
};

// The members are those of TransformSpec, which explains them.
template <typename P>
struct Definition {
  std::string name{};
  std::string summary{};
  std::string use{};
  std::string formula{};
  std::string source{};
  std::string example{};
  double default_p = 1;
  bool always_random = false;
  bool float_code = false;
  bool annotations_follow = true;
  std::uint32_t version = 1;
  std::vector<ParameterDefinition<P>> parameters{};
  Step (*draw)(const P&, Draw&) = nullptr;
  std::vector<Step> (*draw_steps)(const P&, Draw&) = nullptr;  // instead of draw, where it is not one step
  Needs (*needs)(const P&) = nullptr;
  std::optional<std::string> (*check)(const P&) = nullptr;  // a sentence if the parameters do not go together
};

template <typename P>
ParameterSpec parameter_spec(const ParameterDefinition<P>& parameter) {
  ParameterSpec spec;
  spec.name = parameter.name;
  spec.bounds = parameter.bounds;
  spec.unit = parameter.unit;
  spec.neutral = parameter.neutral;
  spec.weakest = parameter.weakest;
  spec.log_uniform = parameter.log_uniform;
  spec.whole = parameter.whole;
  spec.choices = parameter.choices;
  spec.text = parameter.text;
  spec.kind = parameter.member.kind;
  if (spec.kind == ParameterKind::kChoice && spec.choices.empty()) spec.kind = ParameterKind::kText;
  spec.default_value = parameter.member.get(P{});
  return spec;
}

// Whether every range that is set is fixed.
template <typename P>
bool all_fixed(const Definition<P>& definition, const P& p) {
  for (const auto& parameter : definition.parameters) {
    const auto value = parameter.member.get(p);
    const Range* range = value ? std::get_if<Range>(&*value) : nullptr;
    if (range != nullptr && !range->is_fixed()) return false;
  }
  return true;
}

// Writes down the parameters that are set and not drawn; but not where a folder lies, for that decides no
// bytes.
template <typename P>
void record_settings(const Definition<P>& definition, const P& p, Draw& draw) {
  for (const auto& parameter : definition.parameters) {
    const auto value = parameter.member.get(p);
    if (!value) continue;
    if (const int* number = std::get_if<int>(&*value))
      draw.record(parameter.name, static_cast<double>(*number));
    else if (const bool* flag = std::get_if<bool>(&*value))
      draw.record(parameter.name, *flag);
    else if (const std::string* choice = std::get_if<std::string>(&*value);
             choice && !parameter.choices.empty())
      draw.record(parameter.name, *choice);
    else if (const Color* color = std::get_if<Color>(&*value))
      draw.record(parameter.name,
                  shortest(color->red) + ", " + shortest(color->green) + ", " + shortest(color->blue));
  }
}

// The part of a range that is used at `growth`: the share of its width that is next to the neutral value, or
// to the weakest where there is no neutral one; all of it where strength has nothing to do with it. Whole
// numbers stay whole.
inline Range grown(const Range& range, const ParameterSpec& parameter, double growth) {
  const std::optional<double> weakest = parameter.neutral ? parameter.neutral : parameter.weakest;
  if (!weakest) return range;
  const double start = std::clamp(*weakest, range.low, range.high);
  const auto towards = [&](double end) {
    const double value =
        parameter.log_uniform ? start * std::pow(end / start, growth) : start + growth * (end - start);
    return parameter.whole ? std::round(value) : static_cast<double>(static_cast<float>(value));
  };
  return {std::clamp(towards(range.low), range.low, range.high),
          std::clamp(towards(range.high), range.low, range.high)};
}

template <typename P>
P grown(const Definition<P>& definition, const P& p, double growth) {
  P narrow = p;
  for (const auto& parameter : definition.parameters) {
    const auto value = parameter.member.get(p);
    if (const Range* range = value ? std::get_if<Range>(&*value) : nullptr)
      parameter.member.set(narrow, grown(*range, parameter_spec(parameter), growth));
  }
  return narrow;
}

template <typename P>
std::vector<Step> draw_steps(const Definition<P>& definition, const P& p, Draw& draw) {
  record_settings(definition, p, draw);
  if (definition.draw_steps != nullptr) return definition.draw_steps(p, draw);
  std::vector<Step> steps;
  steps.push_back(definition.draw(p, draw));
  return steps;
}

template <typename P>
tl::expected<BoundTransform, std::string> bind_values(const std::shared_ptr<const Definition<P>>& definition,
                                                      const ParameterValues& values) {
  P p{};
  for (const auto& parameter : definition->parameters)
    if (const auto found = values.find(parameter.name); found != values.end())
      parameter.member.set(p, found->second);
  if (definition->check != nullptr)
    if (auto sentence = definition->check(p)) return tl::make_unexpected(std::move(*sentence));

  BoundTransform bound;
  bound.spec = find_transform(definition->name);
  bound.draws_nothing = !definition->always_random && all_fixed(*definition, p);
  if (definition->needs != nullptr) bound.needs = definition->needs(p);
  bound.draw = [definition, p = std::move(p)](Draw& draw) {
    if (draw.growth() >= 1) return draw_steps(*definition, p, draw);
    return draw_steps(*definition, grown(*definition, p, draw.growth()), draw);
  };
  return bound;
}

template <typename P>
TransformSpec define(Definition<P> definition) {
  TransformSpec spec;
  spec.name = definition.name;
  spec.summary = definition.summary;
  spec.use = definition.use;
  spec.formula = definition.formula;
  spec.source = definition.source;
  spec.example = definition.example;
  spec.default_p = definition.default_p;
  spec.always_random = definition.always_random;
  spec.float_code = definition.float_code;
  spec.annotations_follow = definition.annotations_follow;
  spec.version = definition.version;
  for (const auto& parameter : definition.parameters) spec.parameters.push_back(parameter_spec(parameter));
  spec.bind = [shared = std::make_shared<const Definition<P>>(std::move(definition))](
                  const ParameterValues& values) { return bind_values(shared, values); };
  return spec;
}

}  // namespace tenfold
