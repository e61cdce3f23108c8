#include "tenfold/fusion/pixel_sums.h"

#include <gtest/gtest.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "fusion/random_planes.h"
#include "fusion/random_steps.h"

namespace tenfold::test {
namespace {

// Of values that are fractions of full scale, in double precision.
class NaiveMoments {
 public:
  void add(int channel, double value) { values_.at(channel).push_back(value); }

  double mean(int channel) const {
    double sum = 0;
    for (const double value : values_.at(channel)) sum += value;
    return sum / static_cast<double>(values_.at(channel).size());
  }

  double std(int channel) const {
    const double middle = mean(channel);
    double sum = 0;
    for (const double value : values_.at(channel)) sum += std::pow(value - middle, 2);
    return std::sqrt(sum / static_cast<double>(values_.at(channel).size()));
  }

 private:
  std::array<std::vector<double>, 3> values_;
};

void expect_near(const PixelMoments& actual, const NaiveMoments& expected, int channels, double tolerance) {
  ASSERT_EQ(actual.channels, channels);
  for (int i = 0; i < channels; ++i) {
    EXPECT_NEAR(actual.mean.at(i), expected.mean(i), tolerance);
    EXPECT_NEAR(actual.std.at(i), expected.std(i), tolerance);
  }
}

NaiveMoments naive(const cv::Mat& image) {
  cv::Mat fractions;
  image.convertTo(fractions, CV_64F, image.depth() == CV_8U ? 1 / 255.0 : 1 / 65535.0);
  const int channels = image.channels(), colors = channels < 3 ? 1 : 3;
  NaiveMoments moments;
  for (int y = 0; y < image.rows; ++y)
    for (int x = 0; x < image.cols; ++x)
      for (int i = 0; i < colors; ++i)
        moments.add(colors - 1 - i, fractions.ptr<double>(y)[x * channels + i]);
  return moments;
}

// Each luma sample with the chroma sample that stands for it.
NaiveMoments naive(const Planes& planes) {
  if (planes.count == 1) return naive(planes.plane[0]);
  NaiveMoments moments;
  for (int y = 0; y < planes.size.height; ++y)
    for (int x = 0; x < planes.size.width; ++x) {
      const int row = y / planes.sampling.height, column = x / planes.sampling.width;
      const double luma = planes.plane[0].at<std::uint8_t>(y, x);
      const double cb = planes.plane[1].at<std::uint8_t>(row, column) - 128.0;
      const double cr = planes.plane[2].at<std::uint8_t>(row, column) - 128.0;
      const double green = luma - (0.114 * 1.772 * cb + 0.299 * 1.402 * cr) / 0.587;
      const std::array colors{luma + 1.402 * cr, green, luma + 1.772 * cb};
      for (int i = 0; i < 3; ++i) moments.add(i, colors.at(i) / 255);
    }
  return moments;
}

PixelMoments moments_of_planes(const Planes& planes) {
  PlaneSums sums(planes);
  for (int i = 0; i < planes.count; ++i) sums.add(i, 0, planes.plane.at(i));
  return sums.moments();
}

TEST(PixelSums, AreThoseOfColorsWhateverTheLayout) {
  RandomSteps random(1);
  for (int i = 0; i < 60; ++i) {
    const cv::Mat image = random.image();
    if (image.rows >= 256) continue;
    expect_near(moments_of(image), naive(image), image.channels() < 3 ? 1 : 3, 1e-9);
  }
}

TEST(PixelSums, OfPlanesAreThoseOfTheirColors) {
  RandomSteps random(2);
  for (const cv::Size sampling : {cv::Size(0, 0), cv::Size(1, 1), cv::Size(2, 1), cv::Size(1, 2),
                                  cv::Size(2, 2), cv::Size(4, 1), cv::Size(2, 4)})
    for (const cv::Size size : {cv::Size(97, 61), cv::Size(128, 64), cv::Size(1, 1), cv::Size(3, 2)}) {
      Planes planes = random_planes(random, size, sampling);
      for (cv::Mat& plane : planes.plane)
        if (!plane.empty()) plane = plane / 8 + 112;  // no color beyond those that there are
      expect_near(moments_of_planes(planes), naive(planes), planes.count, 1e-9);
    }
}

TEST(PixelSums, OfPlanesAreTheSameHoweverManyRowsComeAtOnce) {
  RandomSteps random(3);
  const Planes planes = random_planes(random, {40, 1001}, {2, 2});
  PlaneSums sums(planes);
  for (int first = 0; first < 1001; first += 16) {
    const int end = std::min(first + 16, 1001);
    sums.add(0, first, planes.plane[0].rowRange(first, end));
    for (int i = 1; i < 3; ++i) sums.add(i, first / 2, planes.plane.at(i).rowRange(first / 2, (end + 1) / 2));
  }
  EXPECT_EQ(sums.moments().mean, moments_of_planes(planes).mean);
  EXPECT_EQ(sums.moments().std, moments_of_planes(planes).std);
}

// Were it always the same row of so many, a gradient would be too light, and of stripes one color alone be
// seen.
TEST(PixelSums, OfSomeRowsAreNearlyThoseOfAll) {
  for (const int height : {256, 300, 511, 640, 1024, 2000}) {
    cv::Mat gradient(height, 8, CV_8UC1), stripes(height, 8, CV_8UC1);
    for (int y = 0; y < height; ++y) {
      gradient.row(y) = cv::Scalar(255.0 * y / height);
      stripes.row(y) = cv::Scalar(y % 2 == 0 ? 100 : 200);
    }
    expect_near(moments_of(gradient), naive(gradient), 1, 0.002);
    expect_near(moments_of(stripes), naive(stripes), 1, 0.03);
  }
}

TEST(PixelSums, OfLargeImagesHaveRoom) {
  EXPECT_EQ(moments_of(cv::Mat(2, 70'000, CV_8UC3, cv::Scalar::all(255))).mean[1], 1);
  EXPECT_EQ(moments_of(cv::Mat(2, 70'000, CV_8UC1, cv::Scalar::all(255))).std[0], 0);
  const cv::Mat white(4, 60'000, CV_8UC1, cv::Scalar(255)), grey(2, 30'000, CV_8UC1, cv::Scalar(128));
  const PixelMoments moments = moments_of_planes({{{60'000, 4}, 3, {2, 2}}, {white, grey, grey}});
  EXPECT_EQ(moments.mean, (std::array<double, 3>{1, 1, 1}));
  EXPECT_EQ(moments.std, (std::array<double, 3>{0, 0, 0}));
}

TEST(PixelSums, AreTheSameOnAllInstructionSets) {
  RandomSteps random(4);
  std::vector<Planes> planes;
  for (const cv::Size sampling : {cv::Size(0, 0), cv::Size(1, 1), cv::Size(2, 1), cv::Size(2, 2)})
    planes.push_back(random_planes(random, {random.whole(30, 200), random.whole(30, 200)}, sampling));
  const cv::Mat color(50, 77, CV_8UC3, cv::Scalar(1, 2, 3));
  const auto all = [&] {
    std::vector<PixelMoments> moments{moments_of(color)};
    for (const Planes& some : planes) moments.push_back(moments_of_planes(some));
    return moments;
  };
  const std::vector<PixelMoments> expected = all();
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    const std::vector<PixelMoments> actual = all();
    hwy::SetSupportedTargetsForTest(0);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_EQ(actual[i].mean, expected[i].mean) << hwy::TargetName(target);
      EXPECT_EQ(actual[i].std, expected[i].std) << hwy::TargetName(target);
    }
  }
}

}  // namespace
}  // namespace tenfold::test
