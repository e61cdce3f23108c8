// poisson_noise: shot noise, which grows with brightness. out = strength · N, N Poisson-distributed with mean
// in / strength, so the mean stays and the variance is strength · in. Strength 1 counts one photon per code
// value of 0-255; independent for each pixel and color channel.
//
// Up to a mean of 16 the Poisson number is exact, by inversion of its distribution function. Above it is the
// Cornish-Fisher expansion of the quantile (Fisher and Cornish, 1960) to the second order, rounded; its mean
// and variance are right to a thousandth and its distribution function to 0.002.
//
// Above the limit only additions, products and square roots take part, which IEEE 754 defines to the last
// bit. Below it exp() may differ in its last bit between CPUs, which decides a draw once in 2^50.

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/pixel_layout.h"
#include "transforms/pixel_noise.h"

namespace tenfold::builtin {
namespace {

struct PoissonNoise {
  Range strength{0.5, 2};
};

constexpr double kNothing = 1e-10;  // the noise on white is below a code value of 16 bit
constexpr double kExactBelow = 16;  // mean
constexpr int kMostTerms = 128;     // far beyond what 32 bits can ask for at a mean of 16

// 1 / n: a division for each term would take most of the time.
constexpr auto kReciprocals = [] {
  std::array<double, kMostTerms + 1> values{};
  for (int n = 1; n <= kMostTerms; ++n) values[static_cast<std::size_t>(n)] = 1.0 / n;
  return values;
}();

// The Poisson number whose distribution function first reaches u.
double poisson_inverted(double mean, double u) {
  double term = std::exp(-mean);
  double sum = term;
  std::size_t count = 0;
  while (u > sum && count < kMostTerms) {
    term *= mean * kReciprocals[++count];
    sum += term;
  }
  return static_cast<double>(count);
}

double poisson_expanded(double mean, double z) {
  const double root = std::sqrt(mean);
  const double quantile = mean + root * z + (z * z - 1) / 6 + (z - z * z * z) / (72 * root);
  return std::max(0.0, std::floor(quantile + 0.5));
}

double poisson(double mean, std::uint32_t bits, const std::array<std::int32_t, 32'768>& normals) {
  constexpr double kUnit = 1.0 / 4294967296.0;
  constexpr double kNormalUnit = 1.0 / (1 << kNormalBits);
  if (mean < kExactBelow) return poisson_inverted(mean, (bits + 0.5) * kUnit);
  return poisson_expanded(mean, normal(normals, bits >> 16) * kNormalUnit);
}

template <typename Code>
void add_noise(cv::Mat& image, double strength, std::uint64_t key) {
  constexpr double kWhite = std::numeric_limits<Code>::max();
  constexpr double kScale = kWhite / 255;
  const auto& normals = positive_normals();
  const double photons_per_code = 1 / (strength * kScale);
  const double codes_per_photon = strength * kScale;
  const int channels = image.channels();
  const int colors = color_channels(image);
  for (int y = 0; y < image.rows; ++y) {
    RowNoise noise(key, y);
    Code* row = image.ptr<Code>(y);
    for (int x = 0; x < image.cols; ++x, row += channels) {
      for (int c = 0; c < colors; ++c) {
        const double count = poisson(row[c] * photons_per_code, noise.next(), normals);
        row[c] = static_cast<Code>(cvRound(std::min(count * codes_per_photon, kWhite)));
      }
    }
  }
}

Step draw(const PoissonNoise& p, Draw& draw) {
  const double strength = draw.uniform("strength", p.strength);
  const std::uint64_t key = draw.noise_key();
  if (strength < kNothing) return ColorStep{};
  return PixelStep{[strength, key](cv::Mat& image) {
    with_code_type(image, [&]<typename Code>(Code) { add_noise<Code>(image, strength, key); });
  }};
}

}  // namespace

TransformSpec poisson_noise() {
  using P = PoissonNoise;
  return define<P>({.name = "poisson_noise",
                    .summary = "Adds shot noise, which grows with brightness.",
                    .use = "For images made of few photons: X-rays, microscopes, night. Use gaussian_noise "
                           "where the kind of noise does not matter.",
                    .formula = "out = strength · Poisson(in / strength)",
                    .source = "Fisher and Cornish, Technometrics 2(2), 1960 (quantiles of large means)",
                    .example = "{strength: [0.5, 2]}",
                    .always_random = true,
                    .parameters = {{.name = "strength",
                                    .member = &P::strength,
                                    .bounds = {0, 100},
                                    .unit = "code values of 0-255 per photon",
                                    .neutral = 0,
                                    .text = "variance of the noise, as a multiple of the code value"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
