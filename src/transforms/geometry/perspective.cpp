// perspective: looks at the picture from aslant. Each corner of the frame shows a point of the picture that
// lies off its corner by up to `scale` of the sides, inwards or outwards, and a 3×3 homography maps what
// lies between.
//
// The homography from the unit square to a quadrilateral has a closed form: P. S. Heckbert, "Fundamentals of
// Texture Mapping and Image Warping", UCB/CSD 89/516, 1989, section 2.2.3. While scale < 1/4 the
// quadrilateral stays convex, so that nothing folds and no point of the frame lies at infinity. torchvision's
// distortion_scale is twice this scale and moves corners inwards only.

#include <array>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

struct Perspective {
  Range scale{0.03, 0.1};
};

// Clockwise from the top left, as (0, 0), (1, 0), (1, 1), (0, 1).
using Quadrilateral = std::array<cv::Point2d, 4>;

cv::Matx33d from_unit_square(const Quadrilateral& q) {
  const cv::Point2d d1 = q[1] - q[2], d2 = q[3] - q[2], sum = q[0] - q[1] + q[2] - q[3];
  const double area = d1.x * d2.y - d2.x * d1.y;
  const double g = (sum.x * d2.y - d2.x * sum.y) / area;
  const double h = (d1.x * sum.y - sum.x * d1.y) / area;
  const cv::Point2d right = q[1] - q[0] + g * q[1], down = q[3] - q[0] + h * q[3];
  return {right.x, down.x, q[0].x, right.y, down.y, q[0].y, g, h, 1};
}

Step draw(const Perspective& p, Draw& draw) {
  constexpr std::array kNames{"top_left", "top_right", "bottom_right", "bottom_left"};
  const double scale = draw.uniform("scale", p.scale);
  Quadrilateral corners{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}};
  for (std::size_t i = 0; i < corners.size(); ++i) {
    corners[i].x += draw.uniform(std::string(kNames[i]) + "_x", {-scale, scale});
    corners[i].y += draw.uniform(std::string(kNames[i]) + "_y", {-scale, scale});
  }
  if (scale == 0) return GeometryStep{draw.frame(), {}};

  const double w = draw.frame().width, h = draw.frame().height;
  const cv::Matx33d to_unit(1 / w, 0, 0.5 / w, 0, 1 / h, 0.5 / h, 0, 0, 1);
  const cv::Matx33d to_pixels(w, 0, -0.5, 0, h, -0.5, 0, 0, 1);
  return GeometryStep{draw.frame(), {.matrix = to_pixels * from_unit_square(corners) * to_unit}};
}

}  // namespace

TransformSpec perspective() {
  using P = Perspective;
  return define<P>({.name = "perspective",
                    .summary = "Moves the corners of the picture, as if it were seen from aslant; the frame "
                               "stays.",
                    .use = "For flat things from a free hand: signs, documents, screens, floors. Not for "
                           "scanners and microscopes, which always look straight down.",
                    .formula =
                        "input = H · output, where H takes each corner of the frame to corner + (dx·w, "
                        "dy·h), |dx|, |dy| ≤ scale",
                    .source = "Heckbert 1989, section 2.2.3",
                    .example = "{scale: [0.02, 0.1]}",
                    .always_random = true,
                    .parameters = {{.name = "scale",
                                    .member = &P::scale,
                                    .bounds = {0, 0.24},
                                    .unit = "fraction of the side",
                                    .neutral = 0,
                                    .text = "how far a corner may move, in or out"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
