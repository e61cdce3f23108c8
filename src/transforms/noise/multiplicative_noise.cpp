// multiplicative_noise: speckle, which multiplies every value by its own normally distributed number of
// mean 1. What is black stays black.
//
// All in whole numbers and rounded once (deviation.h), so the bytes are the same on every CPU.

#include <algorithm>
#include <limits>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/noise/deviation.h"
#include "transforms/pixel_layout.h"

namespace tenfold::builtin {
namespace {

struct MultiplicativeNoise {
  Range deviation{0.02, 0.1};
  bool per_channel = false;
};

constexpr double kNothing = 1e-6;  // 4.33 of it are below half a code value of white, in 16 bit too

template <typename Code>
void multiply(cv::Mat& image, std::int64_t deviation, bool per_channel, std::uint64_t key) {
  constexpr std::int64_t kWhite = std::numeric_limits<Code>::max();
  const auto& table = positive_normals();
  const int channels = image.channels();
  const int colors = color_channels(image);
  for (int y = 0; y < image.rows; ++y) {
    RowNoise noise(key, y);
    Code* row = image.ptr<Code>(y);
    for (int x = 0; x < image.cols; ++x, row += channels) {
      std::int64_t share = 0;
      for (int c = 0; c < colors; ++c) {
        if (c == 0 || per_channel) share = deviation * normal(table, noise.next() & 0xffff);
        const std::int64_t noisy = rounded((std::int64_t{row[c]} << kPointBits) + row[c] * share);
        row[c] = static_cast<Code>(std::clamp<std::int64_t>(noisy, 0, kWhite));
      }
    }
  }
}

Step draw(const MultiplicativeNoise& p, Draw& draw) {
  const double deviation = draw.uniform("std", p.deviation);
  const std::uint64_t key = draw.noise_key();
  if (deviation < kNothing) return ColorStep{};
  return PixelStep{[deviation = fixed_deviation(deviation), per_channel = p.per_channel,
                    key](cv::Mat& image) {
    with_code_type(image, [&]<typename Code>(Code) { multiply<Code>(image, deviation, per_channel, key); });
  }};
}

}  // namespace

TransformSpec multiplicative_noise() {
  using P = MultiplicativeNoise;
  return define<P>({.name = "multiplicative_noise",
                    .summary = "Multiplies each pixel by a normally distributed number: speckle.",
                    .use = "For speckle: radar, ultrasound, lasers. Not for everyday photographs.",
                    .formula = "out = in · (1 + std · z), z standard normal",
                    .source = "Wichura, AS 241, 1988 (quantiles); Salmon et al., SC 2011 (Philox4x32-10)",
                    .example = "{std: [0.02, 0.1]}",
                    .always_random = true,
                    .parameters = {{.name = "std",
                                    .member = &P::deviation,
                                    .bounds = {0, 1},
                                    .neutral = 0,
                                    .text = "standard deviation of the factor"},
                                   {.name = "per_channel",
                                    .member = &P::per_channel,
                                    .text = "whether each color channel has its own factor"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
