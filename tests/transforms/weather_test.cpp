// Weather: what is random has the size that it should have, and does not depend on the image's resolution.

#include <gtest/gtest.h>

#include <cmath>

#include "drawing.h"
#include "transforms/weather/smooth_noise.h"

namespace tenfold {
namespace {

// A field of 100 × 100 knots: as many independent numbers in its first octave, and its mean is theirs.
TEST(SmoothNoise, HasMeanZeroVarianceOneAndOneSizeOfClouds) {
  for (const int octaves : {1, 4}) {
    const cv::Mat_<float> field = smooth_noise({1000, 1000}, 10, octaves, 12345);
    cv::Scalar mean, deviation;
    cv::meanStdDev(field, mean, deviation);
    EXPECT_NEAR(mean[0], 0, 5 / (0.48 * 100)) << octaves;
    EXPECT_NEAR(deviation[0], 1, 0.06) << octaves;
    double steps = 0;  // of smooth clouds, small between neighbours
    for (int x = 1; x < 1000; ++x) steps += std::abs(field(500, x) - field(500, x - 1)) / 999;
    EXPECT_LT(steps, 0.25) << octaves;
  }
}

TEST(Spatter, CoversTheShareThatItSays) {
  const cv::Mat white(600, 600, CV_8UC1, cv::Scalar(255));
  for (const double amount : {0.05, 0.2}) {
    const cv::Mat result =
        changed("spatter", {{"kind", "mud"}, {"amount", fixed(amount)}, {"size", fixed(0.02)}}, white);
    EXPECT_NEAR(cv::countNonZero(result < 250) / 360'000.0, amount, 0.25 * amount);
  }
}

double mean_change(const std::string& name, int side) {
  const cv::Mat dark(side, side, CV_8UC1, cv::Scalar(40));
  double sum = 0;
  for (std::uint32_t copy = 1; copy <= 8; ++copy)
    sum += cv::mean(run(drawn(bound(name), dark.size(), {.copy = copy}).steps, dark))[0] - 40;
  return sum / 8;
}

TEST(Weather, ShowsAlikeAtEveryResolution) {
  for (const std::string name : {"rain", "snow", "fog", "shadow", "sun_flare", "spatter"}) {
    const double large = mean_change(name, 512);
    EXPECT_GT(std::abs(large), 0.5) << name;
    EXPECT_NEAR(mean_change(name, 256), large, 0.15 * std::abs(large) + 0.5) << name;
  }
}

}  // namespace
}  // namespace tenfold
