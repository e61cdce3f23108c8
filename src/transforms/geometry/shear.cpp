// shear: slants the picture about its centre, first along x, then along y, as torchvision orders them; the
// area stays. A positive x moves what lies lower to the right by tan(x) per pixel, a positive y moves what
// lies further right downwards. (Keras' shear uses sin and squeezes by cos as well; this one does not.)

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"

namespace tenfold::builtin {
namespace {

constexpr Bounds kAngleBounds{-80, 80};  // at 90 the tangent has no value
constexpr Range kUpright{0, 0};

struct Shear {
  std::optional<Range> x, y;
};

std::optional<std::string> check(const Shear& p) {
  if (p.x || p.y) return std::nullopt;
  return "shear needs 'x' or 'y', or both";
}

Step draw(const Shear& p, Draw& draw) {
  const double x = draw.uniform("x", p.x.value_or(kUpright));
  const double y = draw.uniform("y", p.y.value_or(kUpright));
  AffineMotion motion;
  motion.inverse = inverse_shear(x, y);
  return affine_step(motion, draw.frame());
}

}  // namespace

TransformSpec shear() {
  using P = Shear;
  return define<P>(
      {.name = "shear",
       .summary = "Slants the picture about its centre; the frame stays.",
       .use = "For writing and for surfaces seen a little aslant; up to ±10 degrees looks natural. Not where "
              "angles are the label.",
       .formula = "input = c + [1+tan(x)tan(y) -tan(x); -tan(y) 1] (output - c), c the centre, y down",
       .example = "{x: ±6}",
       .parameters = {{.name = "x",
                       .member = &P::x,
                       .bounds = kAngleBounds,
                       .unit = "degrees",
                       .neutral = 0,
                       .text = "slant along x: what lies lower moves right; 0 if only y is given"},
                      {.name = "y",
                       .member = &P::y,
                       .bounds = kAngleBounds,
                       .unit = "degrees",
                       .neutral = 0,
                       .text = "slant along y: what lies further right moves down; 0 if only x is given"}},
       .draw = draw,
       .check = check});
}

}  // namespace tenfold::builtin
