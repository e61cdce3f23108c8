// rotate: turns the picture about its centre and keeps the frame; what comes from beyond the edges is the
// border policy's.
//
// Counter-clockwise as one sees it, as in torchvision, Pillow and OpenCV. y points down, so the picture's
// point d (from the centre) goes to (cos·dx + sin·dy, -sin·dx + cos·dy); the map is the inverse.

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"

namespace tenfold::builtin {
namespace {

struct Rotate {
  Range degrees{-15, 15};
};

Step draw(const Rotate& p, Draw& draw) {
  AffineMotion motion;
  motion.inverse = inverse_rotation(draw.uniform("degrees", p.degrees));
  return affine_step(motion, draw.frame());
}

}  // namespace

TransformSpec rotate() {
  using P = Rotate;
  return define<P>(
      {.name = "rotate",
       .summary = "Turns the image about its centre; the frame stays.",
       .use = "For cameras that are held a little aslant: ±10 to ±20 for scenes, ±180 for pictures without "
              "an up and down. Not far for digits and signs, where 6 becomes 9.",
       .formula = "input = c + [cos -sin; sin cos] (output - c), c the centre, y down",
       .example = "{degrees: ±20}",
       .parameters = {{.name = "degrees",
                       .member = &P::degrees,
                       .bounds = {-360, 360},
                       .unit = "degrees",
                       .neutral = 0,
                       .text = "angle, counter-clockwise as one sees it"}},
       .draw = draw});
}

}  // namespace tenfold::builtin
