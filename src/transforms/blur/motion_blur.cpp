// motion_blur: smears the picture along a straight line through each pixel, as a camera that moves while its
// shutter is open.
//
// The line has `length` pixels and the pixel lies in its middle. A neighbour's weight is the share of the
// line that lies over it, with pixels as bilinear hats: ∫ hat(t cos - dx) hat(t sin - dy) dt / length, by the
// midpoint rule. Weights are whole numbers that add up to 65,536; edges are mirrored (reflect_101); with
// alpha: blur/premultiplied.h.

#include <algorithm>
#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/blur/convolution.h"
#include "transforms/blur/premultiplied.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"

namespace tenfold::builtin {
namespace {

constexpr int kPointsPerPixel = 32;

struct MotionBlur {
  Range length{3, 12};
  Range angle{0, 180};
};

Kernel line_kernel(double length, double angle) {
  const int points = static_cast<int>(std::ceil(length)) * kPointsPerPixel;
  const int reach = static_cast<int>(std::ceil(length / 2)) + 1;
  const double right = cos_degrees(angle), down = -sin_degrees(angle);
  cv::Mat_<double> weights(2 * reach + 1, 2 * reach + 1, 0.0);
  weights(reach, reach) = points == 0 ? 1 : 0;
  for (int i = 0; i < points; ++i) {
    const double along = length * ((i + 0.5) / points - 0.5);
    const double x = reach + along * right, y = reach + along * down;
    const int left = static_cast<int>(std::floor(x)), above = static_cast<int>(std::floor(y));
    const double fx = x - left, fy = y - above;
    weights(above, left) += (1 - fx) * (1 - fy);
    weights(above, left + 1) += fx * (1 - fy);
    weights(above + 1, left) += (1 - fx) * fy;
    weights(above + 1, left + 1) += fx * fy;
  }
  return kernel_of(weights);
}

Step draw(const MotionBlur& p, Draw& draw) {
  const double length = draw.uniform("length", p.length);
  const double angle = draw.uniform("angle", p.angle);
  const Kernel kernel = line_kernel(length, angle);
  if (is_identity(kernel)) return ColorStep{};
  return PixelStep{[kernel](cv::Mat& image) {
    filter_in_place(image, [&](const cv::Mat& in, cv::Mat& out) { convolve(in, out, kernel); });
  }};
}

}  // namespace

TransformSpec motion_blur() {
  using P = MotionBlur;
  return define<P>(
      {.name = "motion_blur",
       .summary = "Smears the picture along a line, as a moving camera does.",
       .use = "For moving cameras or objects: traffic, sports, drones, conveyor belts. Not for scans and "
              "microscopes.",
       .formula = "out = mean of in along a line of this length and angle about each pixel",
       .example = "{length: [3, 12], angle: [0, 180]}",
       .parameters = {{.name = "length",
                       .member = &P::length,
                       .bounds = {0, 200},
                       .unit = "pixels",
                       .neutral = 0,
                       .text = "how far the picture moves"},
                      {.name = "angle",
                       .member = &P::angle,
                       .bounds = {-360, 360},
                       .unit = "degrees",
                       .text = "direction, counter-clockwise from the horizontal as one sees it; "
                               "180 more is the same"}},
       .draw = draw});
}

}  // namespace tenfold::builtin
