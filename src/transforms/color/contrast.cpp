// contrast: spreads code values about the middle, 128, which stays. (Pillow and torchvision take the image's
// mean luma instead; that needs the whole image before the first pixel and could not be fused.)

#include "tenfold/transforms/builtin.h"
#include "transforms/color/color_matrix.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

struct Contrast {
  Range factor{0.8, 1.2};
};

Step draw(const Contrast& p, Draw& draw) {
  return ColorStep{contrast_matrix(draw.uniform("factor", p.factor))};
}

}  // namespace

TransformSpec contrast() {
  using P = Contrast;
  return define<P>({.name = "contrast",
                    .summary = "Lowers or raises the contrast about the middle code value.",
                    .use = "For haze, other cameras and other light; usual beside brightness. Not where code "
                           "values are measured.",
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
