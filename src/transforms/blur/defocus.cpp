// defocus: each pixel becomes the mean over a disk, as a lens out of focus makes it. At the disk's edge a
// pixel counts by the share of it that lies inside, counted on a lattice of 16×16 points.
//
// Weights are whole numbers that add up to 65,536; edges are mirrored (reflect_101); with alpha:
// blur/premultiplied.h.

#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/blur/convolution.h"
#include "transforms/blur/premultiplied.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

constexpr int kPointsPerSide = 16;

struct Defocus {
  Range radius{1, 4};
};

// How many lattice points of the pixel at (dx, dy) lie in the disk.
int covered_points(int dx, int dy, double radius) {
  int count = 0;
  for (int j = 0; j < kPointsPerSide; ++j) {
    for (int i = 0; i < kPointsPerSide; ++i) {
      const double x = dx - 0.5 + (i + 0.5) / kPointsPerSide;
      const double y = dy - 0.5 + (j + 0.5) / kPointsPerSide;
      if (x * x + y * y <= radius * radius) ++count;
    }
  }
  return count;
}

Kernel disk_kernel(double radius) {
  const int reach = static_cast<int>(std::ceil(radius));
  cv::Mat_<double> weights(2 * reach + 1, 2 * reach + 1, 0.0);
  for (int dy = -reach; dy <= reach; ++dy)
    for (int dx = -reach; dx <= reach; ++dx) weights(dy + reach, dx + reach) = covered_points(dx, dy, radius);
  if (weights(reach, reach) == 0) weights(reach, reach) = 1;  // the disk lies between the points
  return kernel_of(weights);
}

Step draw(const Defocus& p, Draw& draw) {
  const double radius = draw.uniform("radius", p.radius);
  const Kernel kernel = disk_kernel(radius);
  if (is_identity(kernel)) return ColorStep{};
  return PixelStep{[kernel](cv::Mat& image) {
    filter_in_place(image, [&](const cv::Mat& in, cv::Mat& out) { convolve(in, out, kernel); });
  }};
}

}  // namespace

TransformSpec defocus() {
  using P = Defocus;
  return define<P>({.name = "defocus",
                    .summary = "Blurs with a disk, as a lens that is out of focus.",
                    .use = "For lenses that miss the focus: phones, microscopes. Not for scans.",
                    .formula = "out = mean of in over the disk d ≤ radius about each pixel",
                    .example = "{radius: [1, 4]}",
                    .parameters = {{.name = "radius",
                                    .member = &P::radius,
                                    .bounds = {0, 30},
                                    .unit = "pixels",
                                    .neutral = 0,
                                    .text = "of the disk; below 0.5 nothing changes"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
