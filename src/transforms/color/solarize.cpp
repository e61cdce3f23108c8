// solarize: inverts the values from a threshold on, each channel on its own, as Pillow's ImageOps.solarize.

#include "tenfold/transforms/builtin.h"
#include "transforms/color/tone_lookup.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

struct Solarize {
  Range threshold{128, 224};
};

Step draw(const Solarize& p, Draw& draw) { return solarized(draw.uniform("threshold", p.threshold)); }

}  // namespace

TransformSpec solarize() {
  using P = Solarize;
  return define<P>({.name = "solarize",
                    .summary = "Inverts the values above a threshold.",
                    .use = "As an operation of policies, in small doses, for photographs. Not for medical "
                           "images or documents, for light areas turn dark.",
                    .formula = "out = in where in < threshold, else 255 - in",
                    .source = "Pillow ImageOps.solarize",
                    .example = "{threshold: [128, 224], p: 0.2}",
                    .parameters = {{.name = "threshold",
                                    .member = &P::threshold,
                                    .bounds = {0, 256},
                                    .unit = "code values of 0-255",
                                    .neutral = 256,
                                    .text = "the lowest value that is inverted"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
