// gaussian_noise: adds to every value of every color channel its own normally distributed number.
//
// All in whole numbers and rounded once (deviation.h), so the bytes are the same on every CPU. 16-bit images
// get 257 times the deviation, which is the same share of white.

#include <algorithm>
#include <limits>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/noise/deviation.h"
#include "transforms/pixel_layout.h"

namespace tenfold::builtin {
namespace {

struct GaussianNoise {
  Range deviation{2, 8};
};

constexpr double kNothing = 1e-4;  // 4.33 of it are below half a code value, in 16 bit too

template <typename Code>
void add_noise(cv::Mat& image, std::int64_t deviation, std::uint64_t key) {
  constexpr std::int64_t kWhite = std::numeric_limits<Code>::max();
  const auto& table = positive_normals();
  const int channels = image.channels();
  const int colors = color_channels(image);
  for (int y = 0; y < image.rows; ++y) {
    RowNoise noise(key, y);
    std::uint32_t bits = 0;
    bool has_half = false;  // 16 of the 32 bits are left
    Code* row = image.ptr<Code>(y);
    for (int x = 0; x < image.cols; ++x, row += channels) {
      for (int c = 0; c < colors; ++c) {
        bits = has_half ? bits >> 16 : noise.next();
        has_half = !has_half;
        const std::int64_t value = std::int64_t{row[c]} << kPointBits;
        const std::int64_t noisy = rounded(value + deviation * normal(table, bits & 0xffff));
        row[c] = static_cast<Code>(std::clamp<std::int64_t>(noisy, 0, kWhite));
      }
    }
  }
}

Step draw(const GaussianNoise& p, Draw& draw) {
  const double deviation = draw.uniform("std", p.deviation);
  const std::uint64_t key = draw.noise_key();
  if (deviation < kNothing) return ColorStep{};
  return PixelStep{[deviation, key](cv::Mat& image) {
    with_code_type(image, [&]<typename Code>(Code) {
      constexpr double kScale = std::numeric_limits<Code>::max() / 255;
      add_noise<Code>(image, fixed_deviation(deviation * kScale), key);
    });
  }};
}

}  // namespace

TransformSpec gaussian_noise() {
  using P = GaussianNoise;
  return define<P>({.name = "gaussian_noise",
                    .summary = "Adds normally distributed noise, independent for each pixel and channel.",
                    .use = "For sensors in low light, and against overfitting; a standard deviation of 2 to "
                           "10 is visible already. Not for clean scans or digital drawings.",
                    .formula = "out = in + std · z, z standard normal",
                    .source = "Wichura, AS 241, 1988 (quantiles); Salmon et al., SC 2011 (Philox4x32-10)",
                    .example = "{std: [2, 8]}",
                    .always_random = true,
                    .parameters = {{.name = "std",
                                    .member = &P::deviation,
                                    .bounds = {0, 255},
                                    .unit = "code values of 0-255",
                                    .neutral = 0,
                                    .text = "standard deviation of the noise"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
