// rotate90: a drawn number of quarter turns, counter-clockwise as one sees it, exact. After an odd number
// width and height have changed places. The default takes all four with equal chance, as Albumentations'
// RandomRotate90 does.

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"

namespace tenfold::builtin {
namespace {

struct Rotate90 {
  Range turns{0, 3};
};

Step draw(const Rotate90& p, Draw& draw) {
  const int turns = draw.integer("turns", p.turns);
  const cv::Size frame = draw.frame();
  const cv::Size turned(frame.height, frame.width);
  const double right = frame.width - 1.0;
  const double bottom = frame.height - 1.0;
  switch (turns) {
    case 1:  // the right edge comes to the top
      return exact_step(turned, {0, -1, right, 1, 0, 0, 0, 0, 1});
    case 2:
      return exact_step(frame, {-1, 0, right, 0, -1, bottom, 0, 0, 1});
    case 3:  // the left edge comes to the top
      return exact_step(turned, {0, 1, 0, -1, 0, bottom, 0, 0, 1});
    default:
      return exact_step(frame, cv::Matx33d::eye());
  }
}

}  // namespace

TransformSpec rotate90() {
  using P = Rotate90;
  return define<P>(
      {.name = "rotate90",
       .summary = "Turns the image by quarter turns, without interpolation.",
       .use =
           "For pictures without an up and down, such as tiles of satellites or microscopes; nothing is "
           "blurred. Not for upright scenes, nor where a quarter turn makes another class, such as 6 and 9.",
       .formula = "one turn: input (x, y) = (w - 1 - y, x)",
       .source = "numpy.rot90",
       .example = "{turns: [0, 3]}",
       .parameters = {{.name = "turns",
                       .member = &P::turns,
                       .bounds = {0, 3},
                       .unit = "quarter turns",
                       .neutral = 0,
                       .whole = true,
                       .text = "counter-clockwise quarter turns, each with the "
                               "same chance"}},
       .draw = draw});
}

}  // namespace tenfold::builtin
