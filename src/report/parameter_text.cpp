#include "parameter_text.h"

#include "tenfold/base/text.h"

namespace tenfold {

std::string value_text(const ParameterValue& value) {
  if (const auto* range = std::get_if<Range>(&value)) {
    if (range->is_fixed()) return shortest(range->low);
    return "[" + shortest(range->low) + ", " + shortest(range->high) + "]";
  }
  if (const auto* number = std::get_if<int>(&value)) return std::to_string(*number);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* color = std::get_if<Color>(&value))
    return "[" + shortest(color->red) + ", " + shortest(color->green) + ", " + shortest(color->blue) + "]";
  return std::get<std::string>(value);
}

std::string kind_text(const ParameterSpec& spec) {
  const std::string bounds = "from " + shortest(spec.bounds.low) + " to " + shortest(spec.bounds.high);
  switch (spec.kind) {
    case ParameterKind::kRange:
      return (spec.whole ? "whole number or range of them " : "number or range ") + bounds +
             (spec.log_uniform ? ", drawn log-uniformly" : "");
    case ParameterKind::kInteger:
      return "whole number " + bounds;
    case ParameterKind::kBoolean:
      return "true or false";
    case ParameterKind::kChoice:
      return "one of " + listed(spec.choices);
    case ParameterKind::kText:
      return "text";
    case ParameterKind::kColor:
      return "number from 0 to 255, or [red, green, blue]";
  }
  return {};
}

std::vector<CombinatorKey> keys_of(const Combinator& combinator) {
  std::vector<CombinatorKey> keys = combinator.keys;
  keys.push_back({"transforms", "list of transforms and combinators", "what it is made of"});
  keys.push_back({"p", "number from 0 to 1; default 1", "probability that it happens"});
  return keys;
}

}  // namespace tenfold
