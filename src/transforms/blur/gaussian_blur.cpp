// gaussian_blur: each pixel becomes the mean of its neighbours with weights exp(-d² / (2 sigma²)), cut off at
// three sigma; beyond the edges the image is mirrored about its outermost pixels (reflect_101).
//
// OpenCV blurs 8 and 16 bit in fixed point, so the bytes do not depend on the CPU. With alpha:
// blur/premultiplied.h.

#include "tenfold/transforms/builtin.h"
#include "transforms/blur/gaussian.h"
#include "transforms/blur/premultiplied.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

struct GaussianBlur {
  Range sigma{0.1, 2};
};

Step draw(const GaussianBlur& p, Draw& draw) {
  const double sigma = draw.uniform("sigma", p.sigma);
  if (sigma < kNarrowestGaussian) return ColorStep{};
  return PixelStep{[sigma](cv::Mat& image) {
    filter_in_place(image, [sigma](const cv::Mat& in, cv::Mat& out) { gaussian_filter(in, out, sigma); });
  }};
}

}  // namespace

TransformSpec gaussian_blur() {
  using P = GaussianBlur;
  return define<P>({.name = "gaussian_blur",
                    .summary = "Blurs the image.",
                    .use = "For pictures that are not quite sharp. Keep sigma small for small images; not "
                           "where fine texture is the label.",
                    .formula = "out = mean of the neighbours with weights exp(-d² / (2 sigma²)), d ≤ 3 sigma",
                    .example = "{sigma: [0.5, 1.5]}",
                    .parameters = {{.name = "sigma",
                                    .member = &P::sigma,
                                    .bounds = {0, 100},
                                    .unit = "pixels",
                                    .neutral = 0,
                                    .text = "standard deviation; below 0.15 nothing changes"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
