// brightness: multiplies every code value, which mixes with black below 1 (as Pillow's and torchvision's).

#include "tenfold/transforms/builtin.h"
#include "transforms/color/color_matrix.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

struct Brightness {
  Range factor{0.8, 1.2};
};

Step draw(const Brightness& p, Draw& draw) {
  return ColorStep{line_matrix(draw.uniform("factor", p.factor), 0)};
}

}  // namespace

TransformSpec brightness() {
  using P = Brightness;
  return define<P>({.name = "brightness",
                    .summary = "Makes the image darker or brighter.",
                    .use = "For light that changes: outdoors, with other cameras or exposures. Not where "
                           "brightness is measured, as in X-rays with calibrated units.",
                    .formula = "out = factor · in",
                    .example = "{factor: [0.8, 1.2]}",
                    .parameters = {{.name = "factor",
                                    .member = &P::factor,
                                    .bounds = {0, 10},
                                    .neutral = 1,
                                    .text = "what code values are multiplied by; 0 is black"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
