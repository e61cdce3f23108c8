// Displacements among other geometry: one map, one resample.

#include <gtest/gtest.h>

#include "fusion/random_steps.h"
#include "fusion/reference.h"
#include "tenfold/fusion/program.h"

namespace tenfold::test {
namespace {

const cv::Size kFrame(90, 70);

// As elastic draws it: knots five pixels apart, the last of them beyond the frame.
GeometryStep bend(RandomSteps& random) {
  const double spacing = 5.3;
  auto grid = std::make_shared<DisplacementGrid>();
  grid->offset.create(15, 18);
  grid->frame = {17 * spacing, 14 * spacing};
  for (cv::Vec2f& offset : grid->offset)
    offset = {static_cast<float>(random.real(-2, 2)), static_cast<float>(random.real(-2, 2))};
  return {kFrame, {cv::Matx33d::eye(), grid, cv::Matx33d::eye()}};
}

std::vector<Step> affine_bend_crop(RandomSteps& random) {
  return {linear_step(kFrame, {0.9, -0.2, 0.15, 1.1}, {2.3, -1.7}), bend(random), crop({11, 7, 60, 45})};
}

cv::Mat noise(int type) {
  cv::Mat pixels(kFrame, type);
  cv::RNG(3).fill(pixels, cv::RNG::UNIFORM, 0, CV_MAT_DEPTH(type) == CV_8U ? 256 : 65536);
  return pixels;
}

cv::Mat run(const std::vector<Step>& steps, const cv::Mat& pixels, const SamplingPolicy& policy) {
  const WorkspacePointer workspace = make_workspace();
  return Program(steps, pixels.size(), policy).run(Source(pixels), *workspace).clone();
}

TEST(Displacement, BetweenAnAffineMapAndACropIsOneResample) {
  for (const int type : {CV_8UC1, CV_8UC3, CV_8UC4, CV_16UC3}) {
    for (const Interpolation interpolation :
         {Interpolation::kNearest, Interpolation::kLinear, Interpolation::kCubic}) {
      RandomSteps random(5);
      const std::vector<Step> chain = affine_bend_crop(random);
      const SamplingPolicy policy{interpolation, Border::kReflect101, {}};
      const cv::Mat pixels = noise(type);
      // The reference composes the places and samples once.
      EXPECT_EQ(difference(chain, pixels, policy, run(chain, pixels, policy)), "")
          << cv::typeToString(type) << " interpolation " << static_cast<int>(interpolation);
    }
  }
}

// So the test above could tell.
TEST(Displacement, ResampledStepByStepIsFarFromTheReference) {
  RandomSteps random(5);
  const std::vector<Step> chain = affine_bend_crop(random);
  const SamplingPolicy policy{Interpolation::kLinear, Border::kReflect101, {}};
  const cv::Mat pixels = noise(CV_8UC3), fused = run(chain, pixels, policy);
  cv::Mat stepwise = pixels;
  for (const Step& step : chain) stepwise = run({step}, stepwise, policy);
  EXPECT_NE(difference(chain, pixels, policy, stepwise), "");
  EXPECT_GT(cv::norm(fused, stepwise, cv::NORM_L1) / static_cast<double>(fused.total() * 3), 10);
}

}  // namespace
}  // namespace tenfold::test
