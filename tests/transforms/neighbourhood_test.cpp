// Transforms that look at a pixel's surroundings: gaussian_blur and clahe.

#include <gtest/gtest.h>

#include <cmath>

#include "drawing.h"

namespace tenfold {
namespace {

// The blur's formula, separable, mirrored about the outermost pixels.
cv::Mat reference_blur(const cv::Mat& image, double sigma) {
  const int reach = static_cast<int>(std::ceil(3 * sigma));
  const auto mirrored = [](int x, int length) {
    if (length == 1) return 0;
    const int period = 2 * (length - 1);
    const int in_period = ((x % period) + period) % period;
    return std::min(in_period, period - in_period);
  };
  double total = 0;
  for (int d = -reach; d <= reach; ++d) total += std::exp(-d * d / (2 * sigma * sigma));
  cv::Mat_<double> result(image.size());
  for (int y = 0; y < image.rows; ++y) {
    for (int x = 0; x < image.cols; ++x) {
      double sum = 0;
      for (int dy = -reach; dy <= reach; ++dy)
        for (int dx = -reach; dx <= reach; ++dx)
          sum += std::exp(-(dx * dx + dy * dy) / (2 * sigma * sigma)) *
                 image.at<double>(mirrored(y + dy, image.rows), mirrored(x + dx, image.cols));
      result(y, x) = sum / (total * total);
    }
  }
  return result;
}

cv::Mat channel(const cv::Mat& image, int index) {
  cv::Mat plane, as_double;
  cv::extractChannel(image, plane, index);
  plane.convertTo(as_double, CV_64F);
  return as_double;
}

TEST(GaussianBlur, FollowsItsFormula) {
  for (const double sigma : {0.4, 0.8, 1.5, 4.0}) {
    for (const int type : {CV_8UC1, CV_8UC3, CV_16UC1, CV_16UC3}) {
      const cv::Mat image = textured({23, 17}, type);
      const cv::Mat blurred = changed("gaussian_blur", {{"sigma", fixed(sigma)}}, image);
      for (int c = 0; c < image.channels(); ++c)
        EXPECT_LE(cv::norm(channel(blurred, c), reference_blur(channel(image, c), sigma), cv::NORM_INF), 2)
            << "sigma " << sigma << ", type " << type;
    }
  }
}

TEST(GaussianBlur, SpreadsAnImpulseByItsWeights) {
  cv::Mat image = cv::Mat::zeros(15, 15, CV_8UC1);
  image.at<std::uint8_t>(7, 7) = 255;
  const cv::Mat blurred = changed("gaussian_blur", {{"sigma", fixed(1.2)}}, image);
  EXPECT_LE(cv::norm(channel(blurred, 0), reference_blur(channel(image, 0), 1.2), cv::NORM_INF), 1);
}

TEST(GaussianBlur, KeepsAFlatImage) {
  for (const int type : {CV_8UC1, CV_8UC2, CV_8UC4, CV_16UC1, CV_16UC4}) {
    const cv::Mat flat(9, 12, type, cv::Scalar(10, 200, 90, 120) * (CV_MAT_DEPTH(type) == CV_8U ? 1 : 257));
    for (const double sigma : {0.5, 3.0, 100.0})
      EXPECT_LE(cv::norm(changed("gaussian_blur", {{"sigma", fixed(sigma)}}, flat), flat, cv::NORM_INF), 1)
          << "type " << type << ", sigma " << sigma;
  }
}

TEST(GaussianBlur, DoesNotLetInvisibleColorsBleed) {
  for (const int depth : {CV_8U, CV_16U}) {
    const double full = depth == CV_8U ? 255 : 65'535;
    cv::Mat image(11, 11, CV_MAKETYPE(depth, 4), cv::Scalar(full, 0, full, 0));  // invisible magenta
    image(cv::Rect(4, 4, 3, 3)) = cv::Scalar(0, full, 0, full);                  // a green square
    const cv::Mat blurred = changed("gaussian_blur", {{"sigma", fixed(1)}}, image);
    const cv::Mat alpha = channel(blurred, 3);
    EXPECT_LE(cv::norm(alpha, reference_blur(channel(image, 3), 1), cv::NORM_INF), 2);
    for (int y = 0; y < 11; ++y) {
      for (int x = 0; x < 11; ++x) {
        const bool visible = alpha.at<double>(y, x) > 0.02 * full;
        EXPECT_EQ(channel(blurred, 0).at<double>(y, x), 0);
        EXPECT_EQ(channel(blurred, 2).at<double>(y, x), 0);
        if (visible) {
          EXPECT_NEAR(channel(blurred, 1).at<double>(y, x), full, 0.01 * full);
        }
      }
    }
    EXPECT_EQ(alpha.at<double>(0, 0), 0);
    EXPECT_EQ(channel(blurred, 1).at<double>(0, 0), 0);
  }
}

double spread(const cv::Mat& plane) {
  cv::Scalar mean, deviation;
  cv::meanStdDev(plane, mean, deviation);
  return deviation[0];
}

TEST(Clahe, RaisesContrastTheMoreTheHigherItsLimit) {
  for (const int type : {CV_8UC1, CV_8UC3}) {
    cv::Mat image = textured({64, 64}, type);
    image.convertTo(image, -1, 1 / 8.0, 100);
    double before = spread(channel(image, 0));
    for (const double limit : {1.0, 4.0, 100.0}) {
      const double now =
          spread(channel(changed("clahe", {{"clip_limit", fixed(limit)}, {"tiles", 2}}, image), 0));
      EXPECT_GE(now, 0.9 * before) << limit;  // at 1 the curves are straight but for rounding
      before = now;
    }
    EXPECT_GT(before, 2 * spread(channel(image, 0)));
  }
}

// A grey ramp as a grey and as a color image, in 8 and 16 bit.
TEST(Clahe, KeepsGreyGreyAndItsOrder) {
  for (const int depth : {CV_8U, CV_16U}) {
    const int unit = depth == CV_8U ? 1 : 257;
    cv::Mat ramp(64, 64, CV_32S);
    for (int y = 0; y < 64; ++y)
      for (int x = 0; x < 64; ++x) ramp.at<int>(y, x) = unit * (60 + x + y / 2);
    cv::Mat grey, color;
    ramp.convertTo(grey, depth);
    cv::merge(std::vector<cv::Mat>{grey, grey, grey}, color);
    const ParameterValues values{{"clip_limit", fixed(100)}, {"tiles", 1}};
    for (const cv::Mat& image : {grey, color}) {
      const cv::Mat result = changed("clahe", values, image);
      const cv::Mat first = channel(result, 0);
      EXPECT_GT(spread(first), spread(channel(image, 0)));
      for (int c = 1; c < image.channels(); ++c)
        EXPECT_LE(cv::norm(first, channel(result, c), cv::NORM_INF), 1.5 * unit);
      for (int x = 1; x < 64; ++x) EXPECT_GE(first.at<double>(0, x), first.at<double>(0, x - 1)) << x;
    }
  }
}

// Only L changes, so the order of the channels stays.
TEST(Clahe, KeepsTheHueOfAColor) {
  cv::Mat image(32, 32, CV_8UC3);
  for (int y = 0; y < 32; ++y)
    for (int x = 0; x < 32; ++x)
      image.at<cv::Vec3b>(y, x) = {static_cast<std::uint8_t>(20 + x), static_cast<std::uint8_t>(40 + 2 * x),
                                   static_cast<std::uint8_t>(80 + 3 * x)};
  const cv::Mat result = changed("clahe", {{"clip_limit", fixed(3)}, {"tiles", 2}}, image);
  for (const auto& pixel : cv::Mat_<cv::Vec3b>(result)) {
    EXPECT_LE(pixel[0], pixel[1]);
    EXPECT_LE(pixel[1], pixel[2]);
  }
}

}  // namespace
}  // namespace tenfold
