// translate: moves the picture right and down by fractions of the frame's sides, not rounded to pixels.

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"

namespace tenfold::builtin {
namespace {

constexpr Range kStill{0, 0};

struct Translate {
  std::optional<Range> x, y;
};

std::optional<std::string> check(const Translate& p) {
  if (p.x || p.y) return std::nullopt;
  return "translate needs 'x' or 'y', or both";
}

Step draw(const Translate& p, Draw& draw) {
  const double x = draw.uniform("x", p.x.value_or(kStill));
  const double y = draw.uniform("y", p.y.value_or(kStill));
  AffineMotion motion;
  motion.shift = {x * draw.frame().width, y * draw.frame().height};
  return affine_step(motion, draw.frame());
}

}  // namespace

TransformSpec translate() {
  using P = Translate;
  return define<P>({.name = "translate",
                    .summary = "Moves the picture within its frame.",
                    .use = "Where the object is not always in the middle: a tenth of the side is usual. Not "
                           "so far that small objects leave the frame.",
                    .formula = "input = output - (x·w, y·h)",
                    .example = "{x: ±0.1, y: ±0.1}",
                    .parameters = {{.name = "x",
                                    .member = &P::x,
                                    .bounds = {-1, 1},
                                    .unit = "fraction of the width",
                                    .neutral = 0,
                                    .text = "shift to the right; 0 if only y is given"},
                                   {.name = "y",
                                    .member = &P::y,
                                    .bounds = {-1, 1},
                                    .unit = "fraction of the height",
                                    .neutral = 0,
                                    .text = "shift downwards; 0 if only x is given"}},
                    .draw = draw,
                    .check = check});
}

}  // namespace tenfold::builtin
