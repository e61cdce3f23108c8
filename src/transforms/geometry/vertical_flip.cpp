// vertical_flip: mirrors top and bottom. in(x, y) = (x, h - 1 - y), exact.

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"

namespace tenfold::builtin {
namespace {

struct VerticalFlip {};

Step draw(const VerticalFlip&, Draw& draw) {
  const cv::Size frame = draw.frame();
  return exact_step(frame, {1, 0, 0, 0, -1, frame.height - 1.0, 0, 0, 1});
}

}  // namespace

TransformSpec vertical_flip() {
  return define<VerticalFlip>(
      {.name = "vertical_flip",
       .summary = "Mirrors the image top and bottom.",
       .use = "For pictures without an up and down: from above, through a microscope, of textures. Not for "
              "scenes that are always seen upright, nor for text and digits.",
       .formula = "input (x, y) = (x, h - 1 - y)",
       .example = "{p: 0.5}",
       .default_p = 0.5,
       .draw = draw});
}

}  // namespace tenfold::builtin
