// saturation: mixes the image with its own luma (ITU-R BT.601), as Pillow's and torchvision's. Grey stays.

#include "tenfold/transforms/builtin.h"
#include "transforms/color/color_matrix.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

struct Saturation {
  Range factor{0.8, 1.2};
};

Step draw(const Saturation& p, Draw& draw) {
  return ColorStep{saturation_matrix(draw.uniform("factor", p.factor))};
}

}  // namespace

TransformSpec saturation() {
  using P = Saturation;
  return define<P>(
      {.name = "saturation",
       .summary = "Makes colors paler or stronger.",
       .use = "For cameras and light that render colors paler or stronger. Does nothing for grey images.",
       .formula = "out = luma + factor · (in - luma)",
       .source = "ITU-R BT.601: luma = 0.299 R + 0.587 G + 0.114 B",
       .example = "{factor: [0.8, 1.2]}",
       .parameters = {{.name = "factor",
                       .member = &P::factor,
                       .bounds = {0, 10},
                       .neutral = 1,
                       .text = "how far colors lie from grey; 0 is grey"}},
       .draw = draw});
}

}  // namespace tenfold::builtin
