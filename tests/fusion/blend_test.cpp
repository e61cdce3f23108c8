// Blends: weights, rounding, alpha, depth, and branches with geometry against the reference.

#include <gtest/gtest.h>

#include <cmath>

#include "fusion/random_steps.h"
#include "fusion/reference.h"
#include "tenfold/fusion/program.h"

namespace tenfold::test {
namespace {

cv::Mat run(const std::vector<Step>& steps, const cv::Mat& pixels, const SamplingPolicy& policy = {}) {
  const Source source(pixels.clone());
  const WorkspacePointer workspace = make_workspace();
  const cv::Mat result = Program(steps, pixels.size(), policy).run(source, *workspace).clone();
  EXPECT_EQ(cv::norm(source.pixels(), pixels, cv::NORM_INF), 0) << "the source has changed";
  return result;
}

cv::Mat grey(const std::vector<int>& values) {
  cv::Mat image(1, static_cast<int>(values.size()), CV_8UC1);
  for (std::size_t i = 0; i < values.size(); ++i)
    image.at<std::uint8_t>(static_cast<int>(i)) = static_cast<std::uint8_t>(values[i]);
  return image;
}

bool equal(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

TEST(Blend, IsTheWeightedMeanOfItsBranches) {
  const BlendStep step{{{0.25, {}}, {0.5, {gain(0)}}, {0.25, {gain(0, 200)}}}};
  EXPECT_TRUE(equal(run({step}, grey({0, 40, 80, 255})), grey({50, 60, 70, 114})));
}

TEST(Blend, RoundsOnceHalfToEven) {
  // 0.5, 1.5, 2.5 and 0.25 + 0.25 · 1, which two roundings would lift to 1.
  const BlendStep halves{{{0.5, {}}, {0.5, {gain(0)}}}};
  EXPECT_TRUE(equal(run({halves}, grey({1, 3, 5, 255})), grey({0, 2, 2, 128})));
  const BlendStep quarters{{{0.25, {}}, {0.25, {}}, {0.5, {gain(0)}}}};
  EXPECT_TRUE(equal(run({quarters}, grey({1, 2, 3, 6})), grey({0, 1, 2, 3})));
}

TEST(Blend, OfTheImageAloneIsTheImage) {
  RandomSteps random(5);
  for (int round = 0; round < 30; ++round) {
    cv::Mat image = random.image();
    if (image.channels() % 2 == 0) {  // colors are free where they cannot be seen
      std::vector<cv::Mat> channels;
      cv::split(image, channels);
      for (std::size_t c = 0; c + 1 < channels.size(); ++c) channels[c].setTo(0, channels.back() == 0);
      cv::merge(channels, image);
    }
    EXPECT_TRUE(equal(run({BlendStep{{{1, {}}}}}, image), image));
    const BlendStep thirds{{{1 / 3., {}}, {1 / 3., {}}, {1 - 2 / 3., {}}}};
    EXPECT_TRUE(equal(run({thirds}, image), image));
  }
}

TEST(Blend, OfNothingButOneBranchIsThatBranch) {
  RandomSteps random(6);
  for (int round = 0; round < 30; ++round) {
    const cv::Mat image = random.image();
    if (image.channels() % 2 == 0) continue;
    const std::vector<Step> steps{random.pointwise(), rotation(image.size(), 30)};
    EXPECT_TRUE(equal(run({BlendStep{{{0, {}}, {1, steps}}}}, image), run(steps, image)));
  }
}

TEST(Blend, CountsColorsAsMuchAsTheyAreOpaque) {
  // An opaque pixel beside an invisible one, mixed with its own shift: each gets half of the opaque one's
  // alpha and all of its color.
  cv::Mat image(1, 2, CV_8UC4, cv::Scalar(0, 0, 0, 0));
  image.at<cv::Vec4b>(0, 0) = {200, 100, 50, 255};
  const BlendStep step{{{0.5, {}}, {0.5, {horizontal_flip({2, 1})}}}};
  const cv::Mat result = run({step}, image);
  EXPECT_EQ(result.at<cv::Vec4b>(0, 0), cv::Vec4b(200, 100, 50, 128));
  EXPECT_EQ(result.at<cv::Vec4b>(0, 1), cv::Vec4b(200, 100, 50, 128));

  cv::Mat deep(1, 2, CV_16UC2, cv::Scalar(0, 0));
  deep.at<cv::Vec2w>(0, 0) = {1000, 60'000};
  deep.at<cv::Vec2w>(0, 1) = {4000, 20'000};
  const BlendStep quarters{{{0.75, {}}, {0.25, {horizontal_flip({2, 1})}}}};
  const cv::Mat mixed = run({quarters}, deep);
  EXPECT_EQ(mixed.at<cv::Vec2w>(0, 0), cv::Vec2w(1300, 50'000));  // (45,000·1000 + 5,000·4000) / 50,000
  EXPECT_EQ(mixed.at<cv::Vec2w>(0, 1), cv::Vec2w(2500, 30'000));
}

TEST(Blend, HidesTheColorOfWhatIsInvisible) {
  const cv::Mat image(1, 1, CV_8UC2, cv::Scalar(77, 0));
  EXPECT_TRUE(equal(run({BlendStep{{{0.5, {}}, {0.5, {gain(0.5)}}}}}, image), cv::Mat::zeros(1, 1, CV_8UC2)));
}

TEST(Blend, KeepsSixteenBits) {
  const cv::Mat image(1, 1, CV_16UC1, cv::Scalar(65'535));
  const BlendStep step{{{0.5, {}}, {0.5, {gain(0)}}}};
  EXPECT_EQ(run({step}, image).at<std::uint16_t>(0, 0), 32'768);  // 32,767.5
}

TEST(Blend, IsAFenceBetweenWhatStandsAroundIt) {
  RandomSteps random(8);
  for (int round = 0; round < 20; ++round) {
    const cv::Mat image = random.image();
    const SamplingPolicy policy = random.policy();
    const BlendStep step{{{0.4, {random.pointwise()}}, {0.6, {rotation(image.size(), 20)}}}};
    const Step before = random.pointwise(), after = rotation(image.size(), -7);
    const cv::Mat together = run({before, step, after}, image, policy);
    const cv::Mat apart = run({after}, run({step}, run({before}, image, policy), policy), policy);
    EXPECT_TRUE(equal(together, apart));
  }
}

// Each branch is right by the reference, and the blend is the mean of what the branches give on their own.
TEST(Blend, OfRandomBranchesIsTheMeanOfWhatTheReferenceAllows) {
  RandomSteps random(9);
  for (int round = 0; round < 60; ++round) {
    SCOPED_TRACE(round);
    const cv::Mat image = random.image();
    if (image.channels() % 2 == 0) continue;
    const SamplingPolicy policy = random.policy();
    const double weight = random.real(0, 1);
    std::vector<std::vector<Step>> branches(2);
    std::vector<cv::Mat> values(2);
    for (std::size_t i = 0; i < 2; ++i) {
      branches[i] = {random.pointwise(), rotation(image.size(), random.real(-50, 50)),
                     translation(image.size(), random.real(-3, 3), random.real(-3, 3)), random.pointwise()};
      const cv::Mat alone = run(branches[i], image, policy);
      ASSERT_EQ(difference(branches[i], image, policy, alone), "");
      alone.convertTo(values[i], CV_64F);
    }
    cv::Mat mean;
    cv::Mat(values[0] * weight + values[1] * (1 - weight)).convertTo(mean, image.depth());
    const BlendStep step{{{weight, branches[0]}, {1 - weight, branches[1]}}};
    EXPECT_TRUE(equal(run({step}, image, policy), mean));
  }
}

}  // namespace
}  // namespace tenfold::test
