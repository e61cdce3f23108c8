// hue: turns colors about the grey axis (1, 1, 1) by an angle; 120 degrees takes red to green, green to blue
// and blue to red, the direction of HSV's hue.
//
// The rotation is linear, R = cos·I + (1 - cos)/3·J + sin/√3·K (Rodrigues' formula; J is all ones, K the
// cross product with the axis), so it fuses with the other color transforms. Grey stays grey exactly. HSV's
// hue, which other tools turn, keeps maximum and minimum of the channels instead; both agree at ±120.

#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"

namespace tenfold::builtin {
namespace {

struct Hue {
  Range degrees{-20, 20};
};

Step draw(const Hue& p, Draw& draw) {
  const double degrees = draw.uniform("degrees", p.degrees);
  const double spread = (1 - cos_degrees(degrees)) / 3;
  const double turn = sin_degrees(degrees) / std::sqrt(3.0);
  const double next = spread + turn;      // what a channel gives to the next in the order r, g, b
  const double previous = spread - turn;  // and to the one before
  const double own = 1 - next - previous;
  return ColorStep{{own, next, previous, 0,  // b takes from g as the one before it, from r as the one after
                    previous, own, next, 0,  //
                    next, previous, own, 0}};
}

}  // namespace

TransformSpec hue() {
  using P = Hue;
  return define<P>({.name = "hue",
                    .summary = "Turns colors about the grey axis.",
                    .formula = "out = rotation of (r, g, b) about (1, 1, 1); 120 takes red to green",
                    .source = "Rodrigues' rotation formula",
                    .example = "{degrees: ±20}",
                    .parameters = {{.name = "degrees",
                                    .member = &P::degrees,
                                    .bounds = {-180, 180},
                                    .unit = "degrees",
                                    .neutral = 0,
                                    .text = "angle; positive goes from red to green to blue"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
