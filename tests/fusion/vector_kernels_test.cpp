#include "fusion/vector_kernels.h"

#include <gtest/gtest.h>
#include <hwy/highway.h>

#include <cmath>

#include "fusion/random_planes.h"
#include "fusion/random_steps.h"
#include "fusion/reference.h"
#include "tenfold/fusion/plane_program.h"

namespace tenfold::test {
namespace {

cv::Mat noise(RandomSteps& random, cv::Size size) { return random_planes(random, size, {0, 0}).plane[0]; }

// What the kernels make while the program thinks that the machine has only this instruction set.
template <typename Make>
auto made_with(std::int64_t target, Make make) {
  hwy::SetSupportedTargetsForTest(target);
  auto result = make();
  hwy::SetSupportedTargetsForTest(0);
  return result;
}

// Whether `make`, which returns an image, does so on every instruction set that was compiled and is here.
template <typename Make>
void expect_same_on_all_targets(Make make) {
  const cv::Mat expected = make();
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    const cv::Mat actual = made_with(target, make);
    ASSERT_EQ(actual.size(), expected.size());
    ASSERT_EQ(cv::norm(actual, expected, cv::NORM_INF), 0) << hwy::TargetName(target);
  }
}

cv::Mat image_of(const CoordinateBlock& block) {
  cv::Mat image(4, block.count, CV_32SC1);
  const std::array<const std::int32_t*, 4> rows{block.x.data(), block.x_fraction.data(), block.y.data(),
                                                block.y_fraction.data()};
  for (int row = 0; row < 4; ++row) std::copy_n(rows[row], block.count, image.ptr<std::int32_t>(row));
  return image;
}

Walk random_walk(RandomSteps& random) {
  const auto position = [&random](double limit) {
    return static_cast<std::int64_t>(std::ldexp(random.real(-limit, limit), 32));
  };
  return {position(1e6), position(300), position(1.99), position(1.99)};
}

// The map of random steps that is no whole-pixel move and shrinks less than by half.
std::vector<Step> random_warp(RandomSteps& random, cv::Size frame) {
  std::vector<Step> steps;
  if (random.whole(0, 4) == 0)
    steps.emplace_back(random.geometry(frame));
  else
    steps.emplace_back(linear_step(frame,
                                   {random.real(-1.4, 1.4), random.real(-1, 1),  //
                                    random.real(-1, 1), random.real(-1.4, 1.4)},
                                   {random.real(-40, 40), random.real(-40, 40)}));
  if (random.whole(0, 1) == 0) steps.emplace_back(gain(random.real(-2, 4), random.real(-400, 400)));
  return steps;
}

// 1–300, often about a multiple of sixteen or of a block of 256.
int random_side(RandomSteps& random) {
  switch (random.whole(0, 3)) {
    case 0:
      return std::max(1, 16 * random.whole(0, 6) + random.whole(-1, 1));
    case 1:
      return 256 + random.whole(-1, 17);
    default:
      return random.whole(1, 300);
  }
}

TEST(VectorKernels, WalkToWhatTheExactPositionsRoundTo) {
  RandomSteps random(1);
  for (int i = 0; i < 200; ++i) {
    const Walk walk = random_walk(random);
    CoordinateBlock block;
    walk_coordinates(walk, kBlock, block);
    for (int at = 0; at < kBlock; ++at) {
      const std::int64_t x = (walk.start_x + at * walk.step_x) >> (32 - kCoordinateBits);
      const std::int64_t y = (walk.start_y + at * walk.step_y) >> (32 - kCoordinateBits);
      ASSERT_EQ(block.x[at] * std::int64_t{kCoordinateOne} + block.x_fraction[at], x) << at;
      ASSERT_EQ(block.y[at] * std::int64_t{kCoordinateOne} + block.y_fraction[at], y) << at;
    }
  }
}

// A step that 20 bits round away from zero: added up, it would overshoot the row on which the walk ends.
TEST(VectorKernels, EndOnTheFirstRowWithoutLookingBeforeIt) {
  RandomSteps random(2);
  const cv::Mat image = noise(random, {64, 40});
  const double step = 0.5 - std::ldexp(0.4, -20);
  for (const int end : {15, 31, 47, 63}) {
    const GeometryStep up{{64, 3}, {cv::Matx33d(1, 0, 0, -step, 1, end * step, 0, 0, 1)}};
    const GeometryStep left{{64, 3}, {cv::Matx33d(-step, 0, end * step, 0, 0.5, 0, 0, 0, 1)}};
    for (const GeometryStep& geometry : {up, left}) {
      const std::vector<Step> steps{geometry};
      const WorkspacePointer workspace = make_workspace();
      const cv::Mat result = Program(steps, image.size(), {}).run(Source(image), *workspace).clone();
      EXPECT_EQ(difference(steps, image, {}, result), "");
    }
  }
}

// Of all lines that fit, also those whose offsets lie far outside the code values and come back by their
// gain.
TEST(VectorKernels, ApplyLinesWithinOneCodeValue) {
  RandomSteps random(3);
  cv::Mat codes(1, 256, CV_8UC1);
  for (int code = 0; code < 256; ++code) codes.at<uchar>(code) = static_cast<uchar>(code);
  for (int i = 0; i < 2000; ++i) {
    const double gain = random.real(-7.99, 7.99),
                 offset = random.real(-300 - 255 * std::abs(gain), 300 + 255 * std::abs(gain));
    const double unit = 1 << FixedLine::kShift;
    const FixedLine line{static_cast<std::int32_t>(std::lround(gain * 4096)),
                         static_cast<std::int32_t>(std::lround((offset + 0.5) * unit))};
    cv::Mat result = codes.clone();
    apply_line(line, result);
    for (int code = 0; code < 256; ++code)
      ASSERT_NEAR(result.at<uchar>(code), std::clamp(gain * code + offset, 0.0, 255.0), 1)
          << gain << " * " << code << " + " << offset;
  }
}

TEST(VectorKernels, WalkAlikeOnAllInstructionSets) {
  RandomSteps random(4);
  for (int i = 0; i < 200; ++i) {
    const Walk walk = random_walk(random);
    const int count = 16 * random.whole(1, kBlock / 16);
    expect_same_on_all_targets([&] {
      CoordinateBlock block;
      block.count = count;
      walk_coordinates(walk, count, block);
      return image_of(block);
    });
  }
}

TEST(VectorKernels, ApplyLinesAlikeOnAllInstructionSets) {
  RandomSteps random(5);
  for (int i = 0; i < 200; ++i) {
    const cv::Mat image = noise(random, {random_side(random), random.whole(1, 3)});
    const FixedLine line{random.whole(-32767, 32767), random.whole(-1000 << 19, 1000 << 19)};
    expect_same_on_all_targets([&] {
      cv::Mat result = image.clone();
      apply_line(line, result);
      return result;
    });
  }
}

TEST(VectorKernels, WarpAlikeOnAllInstructionSets) {
  RandomSteps random(6);
  for (int i = 0; i < 400; ++i) {
    SCOPED_TRACE("program " + std::to_string(i));
    const cv::Mat image = noise(random, {random_side(random), i % 3 == 0 ? 1 : random.whole(1, 60)});
    const std::vector<Step> steps = random_warp(random, {random_side(random), random.whole(1, 40)});
    SamplingPolicy policy = random.policy();
    if (random.whole(0, 3) > 0) policy.interpolation = Interpolation::kLinear;
    policy.border = static_cast<Border>(i % 5);
    const Program program(steps, image.size(), policy);
    const Source source(image);
    const WorkspacePointer workspace = make_workspace();
    expect_same_on_all_targets([&] { return program.run(source, *workspace).clone(); });
  }
}

TEST(VectorKernels, MakePlanesAlikeOnAllInstructionSets) {
  RandomSteps random(7);
  for (int i = 0; i < 100; ++i) {
    SCOPED_TRACE("program " + std::to_string(i));
    const cv::Size size(random_side(random), random.whole(1, 60));
    const PlaneSource source(random_planes(random, size, i % 2 == 0 ? cv::Size(2, 2) : cv::Size(2, 1)), 1);
    std::vector<Step> steps = random_warp(random, size);
    if (i % 3 > 0) {
      ColorStep color = gain(random.real(0.2, 2), random.real(-60, 60));
      for (double& value : color.matrix.val) value += random.real(-0.3, 0.3);
      steps.emplace_back(color);
    }
    const SamplingPolicy policy{Interpolation::kLinear, static_cast<Border>(i % 5), {10, 20, 30}};
    for (int plane = 0; plane < 3; ++plane)
      expect_same_on_all_targets([&] {
        PlaneWorkspace workspace;
        return PlaneProgram(steps, source, policy, workspace).run().plane[plane];
      });
  }
}

TEST(VectorKernels, AreCompiledForMoreThanOneInstructionSet) {
  EXPECT_GT(hwy::SupportedAndGeneratedTargets().size(), 1u);
}

}  // namespace
}  // namespace tenfold::test
