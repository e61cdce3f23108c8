// unsharp_mask: adds the difference to a blurred copy, where it is larger than a threshold. Alpha stays; with
// it, the blurred copy is as in blur/premultiplied.h.
//
// The copy has 16 bits, so that `amount` does not multiply its rounding.
//
// Source: Pillow ImageFilter.UnsharpMask, whose blur is a series of box filters.

#include <algorithm>
#include <cmath>
#include <limits>

#include "tenfold/transforms/builtin.h"
#include "transforms/blur/gaussian.h"
#include "transforms/blur/premultiplied.h"
#include "transforms/define.h"
#include "transforms/pixel_layout.h"

namespace tenfold::builtin {
namespace {

struct UnsharpMask {
  Range sigma{0.5, 2};
  Range amount{0.5, 1.5};
  int threshold = 0;
};

constexpr double kCodesPerUnit = 257;  // of the blurred copy, for a code value of 8 bit

template <typename Code>
void sharpen(cv::Mat& image, const cv::Mat& blurred, double amount, double threshold) {
  constexpr double kWhite = std::numeric_limits<Code>::max();
  constexpr double kUnit = kWhite / 255 / kCodesPerUnit;
  const int channels = image.channels();
  const int colors = color_channels(image);
  for (int y = 0; y < image.rows; ++y) {
    Code* pixel = image.ptr<Code>(y);
    const auto* mean = blurred.ptr<std::uint16_t>(y);
    for (int x = 0; x < image.cols; ++x, pixel += channels, mean += channels) {
      for (int c = 0; c < colors; ++c) {
        const double difference = pixel[c] - mean[c] * kUnit;
        if (std::abs(difference) <= threshold * kWhite / 255) continue;
        pixel[c] = static_cast<Code>(std::clamp(pixel[c] + amount * difference, 0.0, kWhite) + 0.5);
      }
    }
  }
}

Step draw(const UnsharpMask& p, Draw& draw) {
  const double sigma = draw.uniform("sigma", p.sigma);
  const double amount = draw.uniform("amount", p.amount);
  if (amount == 0 || sigma < kNarrowestGaussian) return ColorStep{};
  return PixelStep{[sigma, amount, threshold = p.threshold](cv::Mat& image) {
    const cv::Mat blurred =
        filtered_16_bit(image, [sigma](const cv::Mat& in, cv::Mat& out) { gaussian_filter(in, out, sigma); });
    with_code_type(image, [&]<typename Code>(Code) { sharpen<Code>(image, blurred, amount, threshold); });
  }};
}

}  // namespace

TransformSpec unsharp_mask() {
  using P = UnsharpMask;
  return define<P>({.name = "unsharp_mask",
                    .summary = "Sharpens by the difference to a blurred copy.",
                    .use = "As sharpen, with control over its radius; for scans and edited photographs. Not "
                           "for noisy images.",
                    .formula = "out = in + amount · (in - blurred) where |in - blurred| > threshold",
                    .source = "Pillow ImageFilter.UnsharpMask, with a Gaussian",
                    .example = "{sigma: [0.5, 2], amount: [0.5, 1.5]}",
                    .parameters = {{.name = "sigma",
                                    .member = &P::sigma,
                                    .bounds = {0, 50},
                                    .unit = "pixels",
                                    .weakest = 0,
                                    .text = "of the blurred copy; below 0.15 nothing changes"},
                                   {.name = "amount",
                                    .member = &P::amount,
                                    .bounds = {0, 10},
                                    .neutral = 0,
                                    .text = "what the difference is multiplied by"},
                                   {.name = "threshold",
                                    .member = &P::threshold,
                                    .bounds = {0, 255},
                                    .unit = "code values of 0-255",
                                    .text = "differences up to it are left alone"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
