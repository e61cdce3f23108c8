// What all transforms of blur and sharpness promise, and what some of them promise alone.

#include <gtest/gtest.h>

#include <cmath>

#include "drawing.h"

namespace tenfold {
namespace {

struct Case {
  std::string name;
  ParameterValues values;
};

const std::vector<Case> kBlurs{
    {"gaussian_blur", {{"sigma", fixed(1.3)}}},
    {"box_blur", {{"radius", fixed(2)}}},
    {"median_blur", {{"radius", fixed(1)}}},
    {"median_blur", {{"radius", fixed(3)}}},
    {"motion_blur", {{"length", fixed(6.5)}, {"angle", fixed(25)}}},
    {"defocus", {{"radius", fixed(2.7)}}},
    {"zoom_blur", {{"factor", fixed(1.4)}}},
    {"glass_blur", {{"sigma", fixed(0.7)}, {"max_delta", fixed(2)}}},
};

const std::vector<Case> kSharpeners{
    {"sharpen", {{"alpha", fixed(0.8)}}},
    {"unsharp_mask", {{"sigma", fixed(1.5)}, {"amount", fixed(3)}}},
    {"emboss", {{"alpha", fixed(0.9)}, {"strength", fixed(1)}}},
};

cv::Mat plane(const cv::Mat& image, int channel) {
  cv::Mat result;
  cv::extractChannel(image, result, channel);
  return result;
}

cv::Mat flipped(const cv::Mat& image, int code) {
  cv::Mat result;
  cv::flip(image, result, code);
  return result;
}

TEST(BlurAndSharpness, KeepsAFlatImage) {
  for (const auto& cases : {kBlurs, kSharpeners}) {
    for (const auto& [name, values] : cases) {
      for (const int type : {CV_8UC1, CV_8UC2, CV_8UC4, CV_16UC1, CV_16UC3, CV_16UC4}) {
        const int unit = CV_MAT_DEPTH(type) == CV_8U ? 1 : 257;
        const cv::Mat flat(9, 12, type, cv::Scalar(10, 200, 90, 120) * unit);
        // Premultiplied colors are rounded to 16 bit, and sharpening multiplies that.
        const double tolerance = unit == 1 ? 1 : 4;
        EXPECT_LE(cv::norm(changed(name, values, flat), flat, cv::NORM_INF), tolerance)
            << name << ", type " << type;
      }
    }
  }
}

TEST(Blurs, DoNotLetInvisibleColorsBleed) {
  for (const auto& [name, values] : kBlurs) {
    for (const int depth : {CV_8U, CV_16U}) {
      const double full = depth == CV_8U ? 255 : 65'535;
      cv::Mat image(15, 15, CV_MAKETYPE(depth, 4), cv::Scalar(full, 0, full, 0));  // invisible magenta
      image(cv::Rect(5, 5, 5, 5)) = cv::Scalar(0, full, 0, full);                  // a green square
      const cv::Mat blurred = changed(name, values, image);
      EXPECT_EQ(cv::countNonZero(plane(blurred, 0)), 0) << name;
      EXPECT_EQ(cv::countNonZero(plane(blurred, 2)), 0) << name;
      EXPECT_GT(cv::countNonZero(plane(blurred, 3)), 8) << name;
    }
  }
}

TEST(Sharpeners, DoNotSeeInvisibleColors) {
  for (const auto& [name, values] : kSharpeners) {
    cv::Mat image(15, 15, CV_8UC4, cv::Scalar(255, 0, 255, 0));
    const cv::Rect visible(5, 5, 5, 5);
    image(visible) = cv::Scalar(40, 100, 70, 255);
    const cv::Mat result = changed(name, values, image);
    EXPECT_LE(cv::norm(result(visible), image(visible), cv::NORM_INF), 1) << name;
  }
}

// What is shifted by half a pixel would not be.
TEST(Blurs, TreatBothSidesAlike) {
  const cv::Mat image = textured({24, 17}, CV_8UC3);
  for (Case blur : kBlurs) {
    if (blur.name == "glass_blur") continue;
    if (blur.name == "motion_blur") blur.values["angle"] = fixed(0);
    for (const int code : {0, 1}) {
      const cv::Mat one = flipped(changed(blur.name, blur.values, image), code);
      const cv::Mat two = changed(blur.name, blur.values, flipped(image, code));
      EXPECT_LE(cv::norm(one, two, cv::NORM_INF), 1) << blur.name;
    }
  }
}

TEST(MedianBlur, FindsTheSameMediansIn16Bit) {
  const cv::Mat image = textured({31, 22}, CV_8UC3);
  cv::Mat wide;
  image.convertTo(wide, CV_16U, 257);
  for (int radius = 1; radius <= 9; ++radius) {
    const ParameterValues values{{"radius", fixed(radius)}};
    cv::Mat expected;
    changed("median_blur", values, image).convertTo(expected, CV_16U, 257);
    EXPECT_TRUE(same_pixels(changed("median_blur", values, wide), expected)) << radius;
  }
}

TEST(MotionBlur, LeavesWhatRunsAlongItsLine) {
  cv::Mat stripes(20, 20, CV_8UC1);
  for (int x = 0; x < 20; ++x) stripes.col(x) = 17 * (x * 7 % 15);
  const auto blurred = [&](double angle) {
    return changed("motion_blur", {{"length", fixed(7)}, {"angle", fixed(angle)}}, stripes);
  };
  EXPECT_TRUE(same_pixels(blurred(90), stripes));
  EXPECT_TRUE(same_pixels(blurred(-90), stripes));
  EXPECT_GT(cv::norm(blurred(0), stripes, cv::NORM_INF), 50);
}

// Up to the right as one sees it is counter-clockwise.
TEST(MotionBlur, TurnsCounterClockwise) {
  cv::Mat image = cv::Mat::zeros(9, 9, CV_16UC1);
  image.at<std::uint16_t>(4, 4) = 60'000;
  const cv::Mat blurred = changed("motion_blur", {{"length", fixed(6)}, {"angle", fixed(45)}}, image);
  EXPECT_GT(blurred.at<std::uint16_t>(3, 5), 5000);
  EXPECT_EQ(blurred.at<std::uint16_t>(2, 6), blurred.at<std::uint16_t>(6, 2));
  EXPECT_LT(blurred.at<std::uint16_t>(3, 3), 2000);
}

// Each pixel tells its place, so where it came from can be read.
TEST(GlassBlur, ShowsAPixelOfTheNeighbourhood) {
  constexpr int kSide = 60;
  constexpr int kReach = 3;
  cv::Mat places(kSide, kSide, CV_16UC1);
  for (int i = 0; i < kSide * kSide; ++i)
    places.at<std::uint16_t>(i / kSide, i % kSide) = static_cast<std::uint16_t>(i);
  const cv::Mat result =
      changed("glass_blur", {{"sigma", fixed(0)}, {"max_delta", fixed(kReach)}, {"iterations", 1}}, places);
  std::array<int, 2 * kReach + 1> seen_x{}, seen_y{};
  for (int y = kReach; y < kSide - kReach; ++y) {
    for (int x = kReach; x < kSide - kReach; ++x) {
      const int from = result.at<std::uint16_t>(y, x);
      const int dx = from % kSide - x, dy = from / kSide - y;
      ASSERT_LE(std::abs(dx), kReach);
      ASSERT_LE(std::abs(dy), kReach);
      ++seen_x[static_cast<std::size_t>(dx + kReach)];
      ++seen_y[static_cast<std::size_t>(dy + kReach)];
    }
  }
  for (const auto& seen : {seen_x, seen_y})
    for (const int count : seen) EXPECT_NEAR(count, 54 * 54 / 7.0, 100);  // five deviations
}

TEST(GlassBlur, MixesMoreWithEveryIteration) {
  const cv::Mat image = textured({40, 40}, CV_8UC1);
  const auto glass = [&](int iterations) {
    return changed("glass_blur", {{"sigma", fixed(0)}, {"max_delta", fixed(1)}, {"iterations", iterations}},
                   image);
  };
  EXPECT_FALSE(same_pixels(glass(1), glass(2)));
}

}  // namespace
}  // namespace tenfold
