// hue: turns colors about the grey axis (1, 1, 1) by an angle; 120 degrees takes red to green, green to blue
// and blue to red, the direction of HSV's hue.
//
// The rotation is linear (Rodrigues' formula), so it fuses with the other color transforms. Grey stays grey
// exactly. HSV's hue, which other tools turn (here: hue_saturation_value), keeps maximum and minimum of the
// channels instead; both agree at ±120.

#include "tenfold/transforms/builtin.h"
#include "transforms/color/color_matrix.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"

namespace tenfold::builtin {
namespace {

struct Hue {
  Range degrees{-20, 20};
};

Step draw(const Hue& p, Draw& draw) { return ColorStep{hue_matrix(draw.uniform("degrees", p.degrees))}; }

}  // namespace

TransformSpec hue() {
  using P = Hue;
  return define<P>({.name = "hue",
                    .summary = "Turns colors about the grey axis.",
                    .use = "In small amounts for cameras whose colors differ. Not where color is the label: "
                           "ripeness, stains, traffic lights.",
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
