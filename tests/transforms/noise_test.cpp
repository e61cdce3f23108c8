// gaussian_noise and poisson_noise: their moments on large flat images, with bounds of five standard errors
// and fixed keys, and that a pixel's noise depends on its place only.

#include <gtest/gtest.h>

#include <cmath>

#include "drawing.h"
#include "tenfold/rng/rng.h"
#include "transforms/pixel_noise.h"

namespace tenfold {
namespace {

struct Moments {
  double mean = 0;
  double variance = 0;
};

Moments moments(const cv::Mat& image) {
  cv::Mat values;
  image.reshape(1).convertTo(values, CV_64F);
  cv::Scalar mean, deviation;
  cv::meanStdDev(values, mean, deviation);
  return {mean[0], deviation[0] * deviation[0]};
}

cv::Mat flat(int side, int type, double value) { return {side, side, type, cv::Scalar::all(value)}; }

TEST(RowNoise, GivesTheWordsOfPhiloxInOrder) {
  RowNoise noise(0x0123456789abcdef, 77);
  for (std::uint32_t block = 0; block < 50; ++block)
    for (const std::uint32_t word : philox({block, 77, 0, 0}, {0x89abcdef, 0x01234567}))
      ASSERT_EQ(noise.next(), word) << block;
}

TEST(Normals, AreTheQuantilesOfTheNormalDistribution) {
  const auto& table = positive_normals();
  double variance = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const double z = std::ldexp(table[i], -kNormalBits);
    ASSERT_NEAR(0.5 * std::erfc(-z / std::sqrt(2.0)), 0.5 + (static_cast<double>(i) + 0.5) / 65'536, 1e-6);
    ASSERT_GT(table[i], i > 0 ? table[i - 1] : 0);
    variance += z * z / static_cast<double>(table.size());
  }
  EXPECT_NEAR(variance, 1, 2e-4);
  EXPECT_LT(std::ldexp(table.back(), -kNormalBits), 4.33);
  EXPECT_EQ(normal(table, 0x8000 | 5), -normal(table, 5));
}

TEST(GaussianNoise, HasItsMeanAndDeviation) {
  constexpr double kValues = 400 * 400 * 3;
  for (const double deviation : {0.7, 5.0, 20.0}) {
    for (const int depth : {CV_8U, CV_16U}) {
      const double scale = depth == CV_8U ? 1 : 257;
      const cv::Mat image = flat(400, CV_MAKETYPE(depth, 3), 128 * scale);
      const auto [mean, variance] = moments(changed("gaussian_noise", {{"std", fixed(deviation)}}, image));
      const double expected = deviation * deviation * scale * scale + 1.0 / 12;  // and that of rounding
      EXPECT_NEAR(mean, 128 * scale, 5 * std::sqrt(expected / kValues));
      EXPECT_NEAR(variance, expected, 5 * expected * std::sqrt(2 / kValues) + 2e-4 * expected);
    }
  }
}

TEST(GaussianNoise, SaturatesAtBlackAndWhite) {
  const cv::Mat dark = changed("gaussian_noise", {{"std", fixed(200)}}, flat(50, CV_8UC1, 3));
  const cv::Mat light = changed("gaussian_noise", {{"std", fixed(200)}}, flat(50, CV_16UC1, 65'000));
  EXPECT_GT(cv::countNonZero(dark == 0), 1000);
  EXPECT_GT(cv::countNonZero(light == 65'535), 1000);
}

TEST(GaussianNoise, IsIndependentBetweenChannelsAndNeighbours) {
  const cv::Mat noisy = changed("gaussian_noise", {{"std", fixed(20)}}, flat(300, CV_8UC3, 128));
  double channels = 0, columns = 0, rows = 0;
  for (int y = 0; y + 1 < 300; ++y) {
    for (int x = 0; x + 1 < 300; ++x) {
      const cv::Vec3d here = cv::Vec3d(noisy.at<cv::Vec3b>(y, x)) - cv::Vec3d::all(128);
      channels += here[0] * here[1];
      columns += here[0] * (noisy.at<cv::Vec3b>(y, x + 1)[0] - 128.0);
      rows += here[0] * (noisy.at<cv::Vec3b>(y + 1, x)[0] - 128.0);
    }
  }
  const double limit = 5 * 400 / std::sqrt(299.0 * 299);
  EXPECT_LT(std::abs(channels / (299 * 299)), limit);
  EXPECT_LT(std::abs(columns / (299 * 299)), limit);
  EXPECT_LT(std::abs(rows / (299 * 299)), limit);
}

TEST(Noise, DependsOnThePlaceOfThePixelOnly) {
  for (const auto& [name, parameter] : {std::pair("gaussian_noise", "std"), {"poisson_noise", "strength"}}) {
    const ParameterValues values{{parameter, fixed(3)}};
    const cv::Mat whole = changed(name, values, flat(40, CV_8UC3, 100));
    cv::Mat part(20, 30, CV_8UC3, cv::Scalar::all(100));
    std::get<PixelStep>(drawn(name, values, part.size()).step()).apply(part);
    EXPECT_TRUE(same_pixels(part, whole(cv::Rect(0, 0, 30, 20)))) << name;
    EXPECT_FALSE(same_pixels(whole, changed(name, values, flat(40, CV_8UC3, 100), {.copy = 2}))) << name;
  }
}

TEST(Noise, IsTheSameWithAndWithoutAlpha) {
  for (const auto& [name, parameter] : {std::pair("gaussian_noise", "std"), {"poisson_noise", "strength"}}) {
    const ParameterValues values{{parameter, fixed(3)}};
    const cv::Mat opaque = textured({21, 13}, CV_8UC3);
    cv::Mat planes[3], with_alpha, color;
    cv::split(opaque, planes);
    cv::merge(std::vector<cv::Mat>{planes[0], planes[1], planes[2], planes[0]}, with_alpha);
    const cv::Mat result = changed(name, values, with_alpha);
    color.create(opaque.size(), CV_8UC3);
    cv::mixChannels(result, color, {0, 0, 1, 1, 2, 2});
    EXPECT_TRUE(same_pixels(color, changed(name, values, opaque))) << name;
  }
}

// Means on both sides of the limit between inversion (below 16) and expansion.
TEST(PoissonNoise, HasItsMeanAndVariance) {
  constexpr double kValues = 400 * 400 * 3;
  for (const double strength : {0.25, 1.0, 4.0, 30.0}) {
    for (const double value : {3.0, 15.0, 17.0, 60.0, 128.0}) {
      const cv::Mat image = flat(400, CV_16UC3, value * 257);
      const auto [mean, variance] = moments(changed("poisson_noise", {{"strength", fixed(strength)}}, image));
      // White cuts the tail off where the noise is strong.
      if (value + 6 * std::sqrt(strength * value) + 6 * strength > 255) continue;
      const double expected = strength * value * 257 * 257;
      const double kurtosis = strength / value;  // in excess of the normal one
      EXPECT_NEAR(mean, value * 257, 5 * std::sqrt(expected / kValues) + 1e-3 * value * 257)
          << "strength " << strength << ", value " << value;
      EXPECT_NEAR(variance, expected, 5 * expected * std::sqrt((2 + kurtosis) / kValues) + 1e-3 * expected)
          << "strength " << strength << ", value " << value;
    }
  }
}

double poisson_probability(double mean, int count) {
  return std::exp(count * std::log(mean) - mean - std::lgamma(count + 1.0));
}

// Strength 1 in 8 bit counts photons: the distribution function is Poisson's own.
TEST(PoissonNoise, FollowsThePoissonDistribution) {
  constexpr int kSide = 500;
  for (const int mean : {2, 15, 16, 40, 100}) {
    const cv::Mat noisy = changed("poisson_noise", {{"strength", fixed(1)}}, flat(kSide, CV_8UC1, mean));
    std::vector<double> counts(256);
    for (const std::uint8_t value : cv::Mat_<std::uint8_t>(noisy)) ++counts[value];
    double drawn_below = 0, expected_below = 0;
    for (int count = 0; count < 256; ++count) {
      drawn_below += counts[static_cast<std::size_t>(count)] / (kSide * kSide);
      expected_below += poisson_probability(mean, count);
      // 0.0039 is exceeded by one of 1,000 right samples of this size (Kolmogorov).
      ASSERT_NEAR(drawn_below, expected_below, 0.0039 + (mean < 16 ? 0 : 0.002)) << mean << ", " << count;
    }
  }
}

}  // namespace
}  // namespace tenfold
