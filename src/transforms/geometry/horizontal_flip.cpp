// horizontal_flip: mirrors left and right. in(x, y) = (w - 1 - x, y), exact.

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"

namespace tenfold::builtin {
namespace {

struct HorizontalFlip {};

Step draw(const HorizontalFlip&, Draw& draw) {
  const cv::Size frame = draw.frame();
  return exact_step(frame, {-1, 0, frame.width - 1.0, 0, 1, 0, 0, 0, 1});
}

}  // namespace

TransformSpec horizontal_flip() {
  return define<HorizontalFlip>(
      {.name = "horizontal_flip",
       .summary = "Mirrors the image left and right.",
       .use = "For nearly all photographs: it doubles the data for nothing. Not where left and right mean "
              "something: text, digits, arrows, organs of the body.",
       .formula = "input (x, y) = (w - 1 - x, y)",
       .example = "{p: 0.5}",
       .default_p = 0.5,
       .draw = draw});
}

}  // namespace tenfold::builtin
