// rgb_shift: adds to each color channel a number of its own. A channel that is not given stays.

#include "tenfold/transforms/builtin.h"
#include "transforms/color/color_matrix.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

constexpr Range kStill{0, 0};

struct RgbShift {
  std::optional<Range> red, green, blue;
};

std::optional<std::string> check(const RgbShift& p) {
  if (p.red || p.green || p.blue) return std::nullopt;
  return "rgb_shift needs at least one of 'red', 'green' and 'blue'";
}

Step draw(const RgbShift& p, Draw& draw) {
  const double red = draw.uniform("red", p.red.value_or(kStill));
  const double green = draw.uniform("green", p.green.value_or(kStill));
  const double blue = draw.uniform("blue", p.blue.value_or(kStill));
  return ColorStep{diagonal_matrix({1, 1, 1}, {blue, green, red})};
}

ParameterDefinition<RgbShift> shift(std::string name, ParameterMember<RgbShift> member) {
  std::string text = "what is added to " + name;
  return {.name = std::move(name),
          .member = member,
          .bounds = {-255, 255},
          .unit = "code values of 0-255",
          .neutral = 0,
          .text = std::move(text)};
}

}  // namespace

TransformSpec rgb_shift() {
  using P = RgbShift;
  return define<P>({.name = "rgb_shift",
                    .summary = "Adds to each color channel a number of its own.",
                    .use = "For color casts of lamps and cameras. Not where color is the label; does nothing "
                           "good for grey images.",
                    .formula = "out = in + (red, green, blue)",
                    .example = "{red: ±20, green: ±20, blue: ±20}",
                    .parameters = {shift("red", &P::red), shift("green", &P::green), shift("blue", &P::blue)},
                    .draw = draw,
                    .check = check});
}

}  // namespace tenfold::builtin
