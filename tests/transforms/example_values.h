// Reads what a transform's `example` shows: "{degrees: ±20, tiles: 8, keep_size: false}". Only what examples
// use of YAML; `p` is left out.

#pragma once

#include <stdexcept>
#include <string>

#include "tenfold/transforms/transform.h"

namespace tenfold {

inline const ParameterSpec& parameter_of(const TransformSpec& spec, const std::string& name) {
  for (const ParameterSpec& parameter : spec.parameters)
    if (parameter.name == name) return parameter;
  throw std::logic_error(spec.name + " has no parameter " + name);
}

inline ParameterValue example_value(const ParameterSpec& parameter, const std::string& text) {
  static const std::string kPlusMinus = "±";
  if (parameter.kind == ParameterKind::kBoolean) return text == "true";
  if (parameter.kind == ParameterKind::kChoice || parameter.kind == ParameterKind::kText) return text;
  if (parameter.kind == ParameterKind::kInteger) return std::stoi(text);
  if (parameter.kind == ParameterKind::kColor) {
    std::size_t end = 0;
    if (!text.starts_with('[')) return Color{std::stod(text), std::stod(text), std::stod(text)};
    const double red = std::stod(text.substr(1), &end);
    const std::string rest = text.substr(1 + end + 1);
    const double green = std::stod(rest, &end);
    return Color{red, green, std::stod(rest.substr(end + 1))};
  }
  if (text.starts_with(kPlusMinus)) {
    const double size = std::stod(text.substr(kPlusMinus.size()));
    return Range{-size, size};
  }
  if (text.starts_with('[')) {
    const std::size_t comma = text.find(',');
    return Range{std::stod(text.substr(1)), std::stod(text.substr(comma + 1))};
  }
  return Range{std::stod(text), std::stod(text)};
}

inline ParameterValues example_values(const TransformSpec& spec) {
  ParameterValues values;
  std::string rest = spec.example.substr(1, spec.example.size() - 2);
  while (!rest.empty()) {
    const std::size_t colon = rest.find(": ");
    const std::string name = rest.substr(0, colon);
    std::size_t end = rest.find(',', rest[colon + 2] == '[' ? rest.find(']') : colon);
    if (end == std::string::npos) end = rest.size();
    const std::string text = rest.substr(colon + 2, end - colon - 2);
    if (name != "p") values.emplace(name, example_value(parameter_of(spec, name), text));
    rest = rest.substr(std::min(rest.size(), end + 2));
  }
  return values;
}

}  // namespace tenfold
