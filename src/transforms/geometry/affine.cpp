// affine: shear, scale, rotate and translate in one, in torchvision's order: about the centre the picture is
// sheared along x, then along y, then scaled, then turned, and the result is moved. The signs are those of
// the transforms of these names. A parameter that is not given is neutral.

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"

namespace tenfold::builtin {
namespace {

constexpr Range kNone{0, 0};
constexpr Range kSame{1, 1};

struct Affine {
  std::optional<Range> degrees, translate_x, translate_y, scale, shear_x, shear_y;
};

std::optional<std::string> check(const Affine& p) {
  if (p.degrees || p.translate_x || p.translate_y || p.scale || p.shear_x || p.shear_y) return std::nullopt;
  return "affine needs at least one of 'degrees', 'translate_x', 'translate_y', 'scale', 'shear_x' and "
         "'shear_y'";
}

Step draw(const Affine& p, Draw& draw) {
  const double degrees = draw.uniform("degrees", p.degrees.value_or(kNone));
  const double translate_x = draw.uniform("translate_x", p.translate_x.value_or(kNone));
  const double translate_y = draw.uniform("translate_y", p.translate_y.value_or(kNone));
  const double scale = draw.uniform("scale", p.scale.value_or(kSame));
  const double shear_x = draw.uniform("shear_x", p.shear_x.value_or(kNone));
  const double shear_y = draw.uniform("shear_y", p.shear_y.value_or(kNone));

  AffineMotion motion;  // the inverse undoes the last first
  motion.inverse = inverse_shear(shear_x, shear_y) * inverse_scale(scale, scale) * inverse_rotation(degrees);
  motion.shift = {translate_x * draw.frame().width, translate_y * draw.frame().height};
  return affine_step(motion, draw.frame());
}

ParameterDefinition<Affine> parameter(std::string name, ParameterMember<Affine> member, Bounds bounds,
                                      std::string unit, double neutral, std::string text) {
  return {.name = std::move(name),
          .member = member,
          .bounds = bounds,
          .unit = std::move(unit),
          .neutral = neutral,
          .text = std::move(text)};
}

}  // namespace

TransformSpec affine() {
  using P = Affine;
  return define<P>(
      {.name = "affine",
       .summary = "Shears, scales, turns and moves the picture in one draw; the frame stays.",
       .use = "For the usual mix of turns, shifts, sizes and slants in one entry, as Keras and torchvision "
              "have it. Take single transforms where each shall have its own p.",
       .formula = "output = c + t + R(degrees) · scale · SHy(shear_y) · SHx(shear_x) · (input - c)",
       .source = "torchvision.transforms.functional.affine",
       .example = "{degrees: ±10, translate_x: ±0.1, translate_y: ±0.1, scale: [0.9, 1.1]}",
       .parameters = {parameter("degrees", &P::degrees, {-360, 360}, "degrees", 0,
                                "angle, counter-clockwise as one sees it"),
                      parameter("translate_x", &P::translate_x, {-1, 1}, "fraction of the width", 0,
                                "shift to the right"),
                      parameter("translate_y", &P::translate_y, {-1, 1}, "fraction of the height", 0,
                                "shift downwards"),
                      parameter("scale", &P::scale, {0.01, 100}, "", 1, "magnification; above 1 magnifies"),
                      parameter("shear_x", &P::shear_x, {-80, 80}, "degrees", 0,
                                "slant: what lies lower moves right"),
                      parameter("shear_y", &P::shear_y, {-80, 80}, "degrees", 0,
                                "slant: what lies further right moves down")},
       .draw = draw,
       .check = check});
}

}  // namespace tenfold::builtin
