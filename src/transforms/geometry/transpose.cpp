// transpose: mirrors about the main diagonal, so that rows become columns. in(x, y) = (y, x), exact; width
// and height change places.

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"

namespace tenfold::builtin {
namespace {

struct Transpose {};

Step draw(const Transpose&, Draw& draw) {
  const cv::Size frame = draw.frame();
  return exact_step({frame.height, frame.width}, {0, 1, 0, 1, 0, 0, 0, 0, 1});
}

}  // namespace

TransformSpec transpose() {
  return define<Transpose>({.name = "transpose",
                            .summary = "Mirrors the image about its main diagonal; rows become columns.",
                            .use = "For textures and pictures from above, beside flips and rotate90; d4 does "
                                   "all of these in one. Not for upright scenes or text.",
                            .formula = "input (x, y) = (y, x)",
                            .example = "{p: 0.5}",
                            .default_p = 0.5,
                            .draw = draw});
}

}  // namespace tenfold::builtin
