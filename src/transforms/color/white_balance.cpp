// white_balance: multiplies red and blue by gains of their own, as a camera's white balance does; green
// stays. A gain that is not given is 1. Gains are drawn evenly in their logarithm, so that 0.8 and 1.25 are
// equally far from 1.

#include "tenfold/transforms/builtin.h"
#include "transforms/color/color_matrix.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

constexpr Range kSame{1, 1};

struct WhiteBalance {
  std::optional<Range> red, blue;
};

std::optional<std::string> check(const WhiteBalance& p) {
  if (p.red || p.blue) return std::nullopt;
  return "white_balance needs 'red' or 'blue', or both";
}

Step draw(const WhiteBalance& p, Draw& draw) {
  const double red = draw.log_uniform("red", p.red.value_or(kSame));
  const double blue = draw.log_uniform("blue", p.blue.value_or(kSame));
  return ColorStep{diagonal_matrix({blue, 1, red}, {0, 0, 0})};
}

ParameterDefinition<WhiteBalance> gain(std::string name, ParameterMember<WhiteBalance> member) {
  std::string text = "what " + name + " is multiplied by";
  return {.name = std::move(name),
          .member = member,
          .bounds = {0.1, 10},
          .neutral = 1,
          .log_uniform = true,
          .text = std::move(text)};
}

}  // namespace

TransformSpec white_balance() {
  using P = WhiteBalance;
  return define<P>(
      {.name = "white_balance",
       .summary = "Multiplies red and blue by gains of their own, as a wrong white balance does.",
       .use = "For the same scene under lamps, sun and shade. Not for images from one calibrated camera.",
       .formula = "out = (red · R, G, blue · B)",
       .example = "{red: [0.85, 1.18], blue: [0.85, 1.18]}",
       .parameters = {gain("red", &P::red), gain("blue", &P::blue)},
       .draw = draw,
       .check = check});
}

}  // namespace tenfold::builtin
