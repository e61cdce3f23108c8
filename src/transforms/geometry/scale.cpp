// scale: magnifies or shrinks the picture about its centre and keeps the frame. A factor above 1 magnifies;
// `factor` is one number for both axes, `x` and `y` are drawn on their own and change the aspect.

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"

namespace tenfold::builtin {
namespace {

constexpr Bounds kFactorBounds{0.01, 100};
constexpr Range kSame{1, 1};

struct Scale {
  std::optional<Range> factor, x, y;
};

std::optional<std::string> check(const Scale& p) {
  const bool by_axis = p.x || p.y;
  if (p.factor && by_axis) return "scale takes 'factor', or 'x' and 'y', but not both";
  if (!p.factor && !by_axis) return "scale needs 'factor', or 'x' and 'y'";
  return std::nullopt;
}

Step draw(const Scale& p, Draw& draw) {
  AffineMotion motion;
  if (p.factor) {
    const double factor = draw.uniform("factor", *p.factor);
    motion.inverse = inverse_scale(factor, factor);
  } else {
    const double x = draw.uniform("x", p.x.value_or(kSame));
    const double y = draw.uniform("y", p.y.value_or(kSame));
    motion.inverse = inverse_scale(x, y);
  }
  return affine_step(motion, draw.frame());
}

}  // namespace

TransformSpec scale() {
  using P = Scale;
  return define<P>(
      {.name = "scale",
       .summary = "Magnifies or shrinks the picture about its centre; the frame stays.",
       .use =
           "For objects at different distances. Not where size itself is the label, as of cells or grains.",
       .formula = "input = c + (output - c) / factor, c the centre",
       .example = "{factor: [0.8, 1.2]}",
       .parameters = {{.name = "factor",
                       .member = &P::factor,
                       .bounds = kFactorBounds,
                       .neutral = 1,
                       .text = "magnification of both axes alike; above 1 magnifies"},
                      {.name = "x",
                       .member = &P::x,
                       .bounds = kFactorBounds,
                       .neutral = 1,
                       .text = "magnification of the width alone; 1 if only y is given"},
                      {.name = "y",
                       .member = &P::y,
                       .bounds = kFactorBounds,
                       .neutral = 1,
                       .text = "magnification of the height alone; 1 if only x is given"}},
       .draw = draw,
       .check = check});
}

}  // namespace tenfold::builtin
