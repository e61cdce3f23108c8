// Parameters of transforms: their values, and the schema that the recipe reader, `tenfold transforms` and the
// documentation are made from.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tenfold {

// A parameter that is drawn from [low, high], both ends included; fixed where they are equal.
struct Range {
  double low = 0;
  double high = 0;

  bool is_fixed() const { return low == high; }
  bool operator==(const Range&) const = default;
};

// A color as people write it, in code values of 0-255.
struct Color {
  double red = 0;
  double green = 0;
  double blue = 0;

  bool operator==(const Color&) const = default;
};

// Values that a parameter may take, both ends included.
struct Bounds {
  double low = 0;
  double high = 0;
};

using ParameterValue = std::variant<Range, int, bool, std::string, Color>;
using ParameterValues = std::map<std::string, ParameterValue, std::less<>>;

enum class ParameterKind {
  kRange,
  kInteger,
  kBoolean,
  kChoice,
  kText,   // a string: the path of a folder
  kColor,  // one number for all channels, or [red, green, blue]
};

struct ParameterSpec {
  std::string name;
  ParameterKind kind = ParameterKind::kRange;
  Bounds bounds;                  // ranges and integers
  std::string unit;               // "degrees", "fraction of the side", "pixels"; empty: a plain number
  std::optional<double> neutral;  // the value that changes nothing
  std::optional<double> weakest;  // the value that changes least, where none changes nothing
  bool log_uniform = false;       // drawn uniformly in the logarithm
  bool whole = false;             // a range of whole numbers
  std::vector<std::string> choices;
  std::optional<ParameterValue> default_value;  // empty: not set unless the recipe sets it
  std::string text;                             // one clause for people

  // Whether values on both sides of a neutral 0 make sense, so that a bare 20 may have been meant as ±20.
  bool is_signed() const { return kind == ParameterKind::kRange && neutral == 0.0 && bounds.low < 0; }
};

}  // namespace tenfold
