// safe_rotate: turns the picture about its centre and cuts nothing off. The frame grows to the w' × h' that
// the turned picture spans,
//
//   w' = w·|cos| + h·|sin|, h' = w·|sin| + h·|cos|, rounded up;
//
// with `keep_size` the frame stays, and the picture shrinks by min(w/w', h/h') instead. (Albumentations'
// SafeRotate squeezes w' × h' into w × h, which changes the aspect; this one does not.) The corners that the
// picture leaves are the border policy's. No side grows beyond kLongestSide.

#include <algorithm>
#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"
#include "transforms/geometry/longest_side.h"

namespace tenfold::builtin {
namespace {

constexpr double kSlack = 1e-6;  // pixels; a side of 40.0000000001 is 40

struct SafeRotate {
  Range degrees{-15, 15};
  bool keep_size = false;
};

Step draw(const SafeRotate& p, Draw& draw) {
  const double degrees = draw.uniform("degrees", p.degrees);
  const cv::Size frame = draw.frame();
  const double c = std::abs(cos_degrees(degrees)), s = std::abs(sin_degrees(degrees));
  const double width = frame.width * c + frame.height * s;
  const double height = frame.width * s + frame.height * c;

  AffineMotion motion;
  motion.inverse = inverse_rotation(degrees);
  if (p.keep_size) {
    const double factor = std::min(frame.width / width, frame.height / height);
    motion.inverse = motion.inverse * inverse_scale(factor, factor);
    return affine_step(motion, frame);
  }
  const int most = std::max({kLongestSide, frame.width, frame.height});
  const cv::Size grown(static_cast<int>(std::min<double>(std::ceil(width - kSlack), most)),
                       static_cast<int>(std::min<double>(std::ceil(height - kSlack), most)));
  motion.shift = {(grown.width - frame.width) / 2.0, (grown.height - frame.height) / 2.0};
  GeometryStep step = affine_step(motion, frame);
  step.output = grown;
  return step;
}

}  // namespace

TransformSpec safe_rotate() {
  using P = SafeRotate;
  return define<P>({.name = "safe_rotate",
                    .summary = "Turns the image about its centre in a frame that holds all of it.",
                    .use = "Where nothing may be cut off at the corners, as in documents or whole objects. "
                           "The frame grows, so put a resize behind it where a trainer wants one size.",
                    .formula = "input = c + [cos -sin; sin cos] (output - c') / factor, c and c' the centres",
                    .example = "{degrees: ±20}",
                    .parameters = {{.name = "degrees",
                                    .member = &P::degrees,
                                    .bounds = {-360, 360},
                                    .unit = "degrees",
                                    .neutral = 0,
                                    .text = "angle, counter-clockwise as one sees it"},
                                   {.name = "keep_size",
                                    .member = &P::keep_size,
                                    .text = "whether the picture shrinks to fit the frame instead of the "
                                            "frame growing"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
