// contrast: spreads code values about the middle, 128, which stays. (Pillow and torchvision take the image's
// mean luma instead; that needs the whole image before the first pixel and could not be fused.)

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

constexpr double kMiddle = 128;

struct Contrast {
  Range factor{0.8, 1.2};
};

Step draw(const Contrast& p, Draw& draw) {
  const double f = draw.uniform("factor", p.factor);
  const double offset = kMiddle * (1 - f);
  return ColorStep{{f, 0, 0, offset, 0, f, 0, offset, 0, 0, f, offset}};
}

}  // namespace

TransformSpec contrast() {
  using P = Contrast;
  return define<P>({.name = "contrast",
                    .summary = "Lowers or raises the contrast about the middle code value.",
                    .formula = "out = factor · (in - 128) + 128",
                    .example = "{factor: [0.8, 1.2]}",
                    .parameters = {{.name = "factor",
                                    .member = &P::factor,
                                    .bounds = {0, 10},
                                    .neutral = 1,
                                    .text = "how far values lie from the middle; 0 is flat grey"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
