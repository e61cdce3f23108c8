// optical_distortion: the distortion of a lens, about the centre c. With r the distance from it in units of
// half the diagonal,
//
//   input = c + (output - c) · (1 + k·r²),
//
// the first radial term of D. C. Brown, "Decentering distortion of lenses", Photogrammetric Engineering
// 32(3), 1966. A positive k makes a barrel and shows the border policy's pixels at the edges, a negative one
// a pincushion. Above -1/3 nothing folds. (Albumentations and OpenCV measure r in units of the sides and add
// k·r⁴.)
//
// The step is a grid with so many cells that bilinear interpolation is off by less than 1/16 pixel. Along an
// axis, |d²input/dr²| is at most 6·|k|·R / R² per pixel², R half the diagonal in pixels; cells 2R/n wide are
// then off by less than (2R/n)² / 8 · 6·|k| / R = 3·|k|·R / n².

#include <algorithm>
#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/displacement.h"

namespace tenfold::builtin {
namespace {

constexpr double kGreatestError = 1.0 / 16;  // pixels

struct OpticalDistortion {
  Range k{-0.15, 0.15};
};

Step draw(const OpticalDistortion& p, Draw& draw) {
  const double k = draw.uniform("k", p.k);
  const cv::Size frame = draw.frame();
  if (k == 0) return GeometryStep{frame, {}};

  const cv::Point2d centre(frame.width / 2.0, frame.height / 2.0);  // from the frame's corner
  const double square = centre.dot(centre);                         // of half the diagonal
  const double cells = std::ceil(std::sqrt(3 * std::abs(k) * std::sqrt(square) / kGreatestError));
  const int count = std::max(2, static_cast<int>(cells));
  cv::Mat_<cv::Vec2f> offset(count + 1, count + 1);
  for (int row = 0; row <= count; ++row) {
    for (int column = 0; column <= count; ++column) {
      const cv::Point2d d(frame.width * (static_cast<double>(column) / count) - centre.x,
                          frame.height * (static_cast<double>(row) / count) - centre.y);
      offset(row, column) = cv::Vec2d(d.x, d.y) * (k * d.dot(d) / square);
    }
  }
  return displaced_step(frame, offset);
}

}  // namespace

TransformSpec optical_distortion() {
  using P = OpticalDistortion;
  return define<P>({.name = "optical_distortion",
                    .summary = "Bends straight lines like a lens: barrel or pincushion.",
                    .use = "For cameras with wide lenses, or several ones. Not for images whose lens "
                           "distortion is corrected, nor for scans.",
                    .formula = "input = c + (output - c) · (1 + k·r²), r the distance from the centre c in "
                               "half diagonals",
                    .source = "Brown 1966, first radial term; to 1/16 pixel",
                    .example = "{k: ±0.15}",
                    .parameters = {{.name = "k",
                                    .member = &P::k,
                                    .bounds = {-0.3, 1},
                                    .neutral = 0,
                                    .text = "barrel where positive, pincushion where negative"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
