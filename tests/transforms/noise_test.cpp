// Noise: its moments on large flat images, with bounds of five standard errors and fixed keys, and that a
// pixel's noise depends on its place only.

#include <gtest/gtest.h>

#include <cmath>
#include <tuple>

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

const std::vector<std::tuple<std::string, std::string, double>> kNoises{{"gaussian_noise", "std", 3},
                                                                        {"poisson_noise", "strength", 3},
                                                                        {"iso_noise", "intensity", 0.5},
                                                                        {"multiplicative_noise", "std", 0.1},
                                                                        {"salt_and_pepper", "amount", 0.1}};

TEST(Noise, DependsOnThePlaceOfThePixelOnly) {
  for (const auto& [name, parameter, value] : kNoises) {
    const ParameterValues values{{parameter, fixed(value)}};
    const cv::Mat whole = changed(name, values, flat(40, CV_8UC3, 100));
    cv::Mat part(20, 30, CV_8UC3, cv::Scalar::all(100));
    std::get<PixelStep>(drawn(name, values, part.size()).step()).apply(part);
    EXPECT_TRUE(same_pixels(part, whole(cv::Rect(0, 0, 30, 20)))) << name;
    EXPECT_FALSE(same_pixels(whole, changed(name, values, flat(40, CV_8UC3, 100), {.copy = 2}))) << name;
  }
}

TEST(Noise, IsTheSameWithAndWithoutAlpha) {
  for (const auto& [name, parameter, value] : kNoises) {
    const ParameterValues values{{parameter, fixed(value)}};
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

// Row 3 of each, as references/noise.py computes it from Philox and SciPy's quantiles.
TEST(Noise, AgreesWithAnIndependentProgram) {
  const auto row_of = [](const std::string& name, const ParameterValues& values, double value) {
    const cv::Mat flat(4, 8, CV_8UC1, cv::Scalar(value));
    return cv::Mat(changed(name, values, flat).row(3).clone());
  };
  const cv::Mat salted = (cv::Mat_<std::uint8_t>(1, 8) << 100, 0, 255, 100, 100, 100, 255, 100);
  const cv::Mat speckled = (cv::Mat_<std::uint8_t>(1, 8) << 172, 186, 217, 210, 237, 205, 197, 219);
  EXPECT_TRUE(same_pixels(
      row_of("salt_and_pepper", {{"amount", fixed(0.5)}, {"salt_vs_pepper", fixed(0.5)}}, 100), salted));
  EXPECT_TRUE(same_pixels(row_of("multiplicative_noise", {{"std", fixed(0.1)}}, 200), speckled));
}

TEST(MultiplicativeNoise, GrowsWithTheValueAndGoesByPixelOrByChannel) {
  constexpr double kPixels = 400 * 400;
  for (const double value : {20.0, 120.0}) {
    const cv::Mat image = flat(400, CV_16UC3, value * 257);
    const cv::Mat noisy = changed("multiplicative_noise", {{"std", fixed(0.1)}}, image);
    const auto [mean, variance] = moments(noisy);
    const double expected = 0.01 * value * value * 257 * 257;
    EXPECT_NEAR(mean, value * 257, 5 * std::sqrt(expected / kPixels));
    EXPECT_NEAR(variance, expected, 5 * expected * std::sqrt(2 / kPixels) + 2e-4 * expected);
    for (const auto& pixel : cv::Mat_<cv::Vec3w>(noisy))
      ASSERT_TRUE(pixel[0] == pixel[1] && pixel[1] == pixel[2]);
    const cv::Mat colored =
        changed("multiplicative_noise", {{"std", fixed(0.1)}, {"per_channel", true}}, image);
    EXPECT_NE(colored.at<cv::Vec3w>(0, 0)[0], colored.at<cv::Vec3w>(0, 0)[1]);
  }
}

TEST(SaltAndPepper, ChangesAsManyPixelsAsItSays) {
  constexpr double kPixels = 400 * 400;
  const cv::Mat noisy = changed("salt_and_pepper", {{"amount", fixed(0.04)}, {"salt_vs_pepper", fixed(0.25)}},
                                flat(400, CV_8UC1, 100));
  EXPECT_NEAR(cv::countNonZero(noisy == 255), 0.01 * kPixels, 5 * std::sqrt(0.01 * kPixels));
  EXPECT_NEAR(cv::countNonZero(noisy == 0), 0.03 * kPixels, 5 * std::sqrt(0.03 * kPixels));
}

// Without a turn of the hue: a Poisson number of mean 32, scaled by the distance from white.
TEST(IsoNoise, AddsGrainOfTheExpectedSizeAndNoMean) {
  constexpr double kPixels = 400 * 400;
  const ParameterValues values{{"intensity", fixed(0.5)}, {"color_shift", fixed(0)}};
  for (const double value : {60.0, 200.0}) {
    for (const int type : {CV_16UC1, CV_16UC3}) {
      const auto [mean, variance] = moments(changed("iso_noise", values, flat(400, type, value * 257)));
      const double scale = 257 * (1 - value / 255);
      const double expected = 32 * scale * scale;
      EXPECT_NEAR(mean, value * 257, 5 * std::sqrt(expected / kPixels));
      EXPECT_NEAR(variance, expected, 5 * expected * std::sqrt((2 + 1.0 / 32) / kPixels) + 1e-3 * expected);
    }
  }
}

// A turn about the grey axis keeps the distance from grey, and grain does not change it.
TEST(IsoNoise, TurnsColorsByTheExpectedAngle) {
  constexpr double kPixels = 400 * 400;
  const cv::Mat image(400, 400, CV_16UC3, cv::Scalar(20'000, 30'000, 40'000));
  const cv::Mat turned =
      changed("iso_noise", {{"intensity", fixed(0.1)}, {"color_shift", fixed(0.2)}}, image);
  const double deviation = 2 * CV_PI * 0.02;
  double squares = 0;
  for (const auto& pixel : cv::Mat_<cv::Vec3w>(turned)) {
    const cv::Vec3d difference = cv::Vec3d(pixel) - cv::Vec3d::all((pixel[0] + pixel[1] + pixel[2]) / 3.0);
    ASSERT_NEAR(cv::norm(difference), 10'000 * std::sqrt(2.0), 2);
    const double angle = std::acos(std::min(1.0, difference.dot({-10'000, 0, 10'000}) / 2e8));
    squares += angle * angle;
  }
  EXPECT_NEAR(squares / kPixels, deviation * deviation,
              deviation * deviation * (5 * std::sqrt(2 / kPixels) + 1e-3));
}

// Each half is a patch of one color; where all are replaced, the edge stays where it is.
TEST(Superpixels, FollowTheEdgesOfTheImage) {
  cv::Mat image(60, 80, CV_8UC3, cv::Scalar(20, 40, 200));
  image(cv::Rect(0, 0, 33, 60)) = cv::Scalar(220, 30, 40);
  const ParameterValues all{{"segments", fixed(12)}, {"p_replace", fixed(1)}};
  EXPECT_TRUE(same_pixels(changed("superpixels", all, image), image));
}

TEST(Superpixels, ReplaceTheExpectedShare) {
  const cv::Mat image = textured({200, 200}, CV_8UC1);
  const cv::Mat result = changed("superpixels", {{"segments", fixed(400)}, {"p_replace", fixed(0.3)}}, image);
  const double share = cv::countNonZero(result != image) / 40'000.0;
  EXPECT_NEAR(share, 0.3, 5 * std::sqrt(0.21 / 400));
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
