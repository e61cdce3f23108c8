#include "tenfold/fusion/plane_program.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "fusion/random_planes.h"
#include "fusion/random_steps.h"
#include "fusion/reference.h"

namespace tenfold::test {
namespace {

const std::vector<cv::Size> kSamplings{{0, 0}, {1, 1}, {2, 1}, {1, 2}, {2, 2}, {4, 1}};  // {0, 0}: grey
constexpr std::uint32_t kGroups = 8, kProgramsPerGroup = 60;

void expect_equal(const cv::Mat& actual, const cv::Mat& expected) {
  ASSERT_EQ(actual.size(), expected.size());
  EXPECT_EQ(cv::norm(actual, expected, cv::NORM_INF), 0);
}

Planes run(const std::vector<Step>& steps, const PlaneSource& source, const SamplingPolicy& policy = {}) {
  PlaneWorkspace workspace;
  return PlaneProgram(steps, source, policy, workspace).run();
}

cv::Size random_size(RandomSteps& random) {
  const std::vector<cv::Size> sizes{{1, 1}, {2, 3}, {17, 33}, {33, 17}, {1, 9}};
  const int kind = random.whole(0, 9);
  if (kind < static_cast<int>(sizes.size())) return sizes[static_cast<std::size_t>(kind)];
  if (kind == 5) return {random.whole(257, 600), random.whole(1, 6)};
  return {random.whole(1, 60), random.whole(1, 60)};
}

// Of a sort that shrinks by up to 20 now and then.
std::vector<Step> random_steps(RandomSteps& random, cv::Size frame) {
  std::vector<Step> steps;
  if (random.whole(0, 7) == 0)
    steps.emplace_back(linear_step(frame, {random.real(2, 20), 0.1, -0.1, random.real(2, 20)}));
  for (int count = random.whole(0, 4); count > 0; --count) {
    steps.push_back(random.geometry(frame));
    frame = output_size(steps.back(), frame);
  }
  return steps;
}

class RandomPlanePrograms : public testing::TestWithParam<std::uint32_t> {};

INSTANTIATE_TEST_SUITE_P(Group, RandomPlanePrograms, testing::Range(0u, kGroups));

TEST_P(RandomPlanePrograms, LieWithinOneCodeValueOfTheReferenceOnEachPlane) {
  PlaneWorkspace workspace;
  const std::uint32_t begin = GetParam() * kProgramsPerGroup;
  for (std::uint32_t seed = begin; seed < begin + kProgramsPerGroup; ++seed) {
    RandomSteps random(seed);
    const cv::Size sampling = kSamplings[seed % kSamplings.size()];
    const Planes stored = random_planes(random, random_size(random), sampling);
    const int orientation = random.whole(1, 8);
    const PlaneSource source(stored, orientation);
    const cv::Size upright = orientation >= 5 ? cv::Size(stored.size.height, stored.size.width) : stored.size;
    const std::vector<Step> steps = random_steps(random, upright);
    const SamplingPolicy policy = random.policy();
    ASSERT_TRUE(runs_on_planes(steps));

    const Planes result = PlaneProgram(steps, source, policy, workspace).run();
    ASSERT_EQ(result.count, stored.count);
    ASSERT_EQ(result.sampling, stored.sampling);
    SamplingPolicy seen = policy;  // clamped edges where luma has them
    if (never_looks_outside(steps, upright, result.size)) seen.border = Border::kReplicate;
    for (int i = 0; i < stored.count; ++i)
      ASSERT_EQ(difference(steps_on_plane(steps, stored, orientation, i), stored.plane[i],
                           policy_on_plane(seen, i), result.plane[i]),
                "")
          << "seed " << seed << " plane " << i << " of " << stored.size << " sampled " << sampling
          << " orientation " << orientation << " border " << static_cast<int>(policy.border)
          << " interpolation " << static_cast<int>(policy.interpolation) << " steps " << steps.size();
  }
}

TEST_P(RandomPlanePrograms, AreTheSameStripByStripInAnyOrder) {
  for (std::uint32_t seed = 0; seed < kProgramsPerGroup; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomSteps random(5000 + GetParam() * kProgramsPerGroup + seed);
    const Planes stored = random_planes(random, random_size(random), kSamplings[seed % kSamplings.size()]);
    const PlaneSource source(stored, random.whole(1, 4));
    const std::vector<Step> steps = random_steps(random, stored.size);
    const SamplingPolicy policy = random.policy();
    const Planes whole = run(steps, source, policy);

    PlaneWorkspace workspace;
    PlaneProgram program(steps, source, policy, workspace);
    struct Strip {
      int plane, first, rows;
    };
    std::vector<Strip> strips;
    for (int i = 0; i < whole.count; ++i)
      for (int first = 0, rows = 0; first < whole.plane[i].rows; first += rows) {
        rows = std::min(random.whole(1, 9), whole.plane[i].rows - first);
        strips.insert(strips.begin() + random.whole(0, static_cast<int>(strips.size())), {i, first, rows});
      }
    for (const auto& [plane, first, rows] : strips) {
      // Strips of an encoder may be wider than the plane.
      cv::Mat room(rows, whole.plane[plane].cols + 7, CV_8UC1, cv::Scalar(99));
      cv::Mat strip = room.colRange(0, whole.plane[plane].cols);
      program.render(plane, first, strip);
      expect_equal(strip, whole.plane[plane].rowRange(first, first + rows));
      expect_equal(room.colRange(strip.cols, room.cols), cv::Mat(rows, 7, CV_8UC1, cv::Scalar(99)));
    }
  }
}

TEST(PlaneProgram, ReturnsThePlanesWhereNothingChanges) {
  RandomSteps random(1);
  for (const cv::Size sampling : kSamplings)
    for (const cv::Size size : {cv::Size(1, 1), cv::Size(2, 3), cv::Size(17, 33), cv::Size(64, 48)}) {
      const Planes stored = random_planes(random, size, sampling);
      const Planes result = run({horizontal_flip(size), gain(1), quarter_turn(size),
                                 quarter_turn({size.height, size.width}), vertical_flip(size)},
                                PlaneSource(stored, 1), {.border = Border::kConstant});
      EXPECT_EQ(result.size, size);
      for (int i = 0; i < stored.count; ++i) expect_equal(result.plane[i], stored.plane[i]);
    }
}

// Where chroma's samples cover whole luma pixels, planes move as a picture does.
TEST(PlaneProgram, MovesPlanesOfEvenSizeExactlyInFlipsAndQuarterTurns) {
  RandomSteps random(2);
  const cv::Size size(24, 16);
  for (const cv::Size sampling : {cv::Size(0, 0), cv::Size(1, 1), cv::Size(2, 2)}) {
    const Planes stored = random_planes(random, size, sampling);
    const PlaneSource source(stored, 1);
    const Planes mirrored = run({horizontal_flip(size)}, source),
                 upside_down = run({vertical_flip(size)}, source), turned = run({quarter_turn(size)}, source),
                 half = run({rotation(size, 180)}, source);
    EXPECT_EQ(turned.size, cv::Size(16, 24));
    for (int i = 0; i < stored.count; ++i) {
      cv::Mat expected;
      cv::flip(stored.plane[i], expected, 1);
      expect_equal(mirrored.plane[i], expected);
      cv::flip(stored.plane[i], expected, 0);
      expect_equal(upside_down.plane[i], expected);
      cv::rotate(stored.plane[i], expected, cv::ROTATE_90_COUNTERCLOCKWISE);
      expect_equal(turned.plane[i], expected);
      cv::rotate(stored.plane[i], expected, cv::ROTATE_180);
      expect_equal(half.plane[i], expected);
    }
  }
}

TEST(PlaneProgram, FlipsPlanesExactlyThatAreSampledAlongOneAxis) {
  RandomSteps random(3);
  const cv::Size size(24, 16);
  for (const cv::Size sampling : {cv::Size(2, 1), cv::Size(1, 2), cv::Size(4, 1)}) {
    const Planes stored = random_planes(random, size, sampling);
    const Planes mirrored = run({horizontal_flip(size)}, PlaneSource(stored, 1));
    for (int i = 0; i < stored.count; ++i) {
      cv::Mat expected;
      cv::flip(stored.plane[i], expected, 1);
      expect_equal(mirrored.plane[i], expected);
    }
  }
}

TEST(PlaneProgram, TurnsEveryOrientationUprightAsPixelsAre) {
  RandomSteps random(4);
  for (int orientation = 1; orientation <= 8; ++orientation) {
    SCOPED_TRACE("orientation " + std::to_string(orientation));
    const Planes stored = random_planes(random, {17, 10}, {0, 0});
    const Planes even = random_planes(random, {18, 10}, {2, 2});
    expect_equal(run({}, PlaneSource(stored, orientation)).plane[0],
                 turned_upright(stored.plane[0], orientation));
    const Planes upright = run({}, PlaneSource(even, orientation));
    for (int i = 0; i < 3; ++i) expect_equal(upright.plane[i], turned_upright(even.plane[i], orientation));
  }
}

// Anything from a faint tint to colors that saturate everywhere.
ColorStep random_color(RandomSteps& random) {
  const double strength = random.real(0.01, 1.5);
  ColorStep step;
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 4; ++column)
      step.matrix(row, column) = (row == column) + strength * random.real(-1, 1) * (column == 3 ? 80 : 1);
  return step;
}

TEST_P(RandomPlanePrograms, ChangeColorsAsPixelsDoWithinOneCodeValue) {
  for (std::uint32_t seed = 0; seed < kProgramsPerGroup; ++seed) {
    RandomSteps random(9000 + GetParam() * kProgramsPerGroup + seed);
    const cv::Size sampling = kSamplings[1 + seed % (kSamplings.size() - 1)];
    const Planes stored = random_planes(random, random_size(random), sampling);
    const ColorStep color = random_color(random);
    const Planes result = run({color}, PlaneSource(stored, 1));
    const auto expected = recolored_planes(color, stored);
    for (int i = 0; i < 3; ++i)
      for (int at = 0; at < result.plane[i].rows * result.plane[i].cols; ++at)
        ASSERT_NEAR(result.plane[i].at<uchar>(at / result.plane[i].cols, at % result.plane[i].cols),
                    expected[i][static_cast<std::size_t>(at)], 0.52)
            << "seed " << seed << " plane " << i << " at " << at << " of " << stored.size << " sampled "
            << sampling;
  }
}

TEST(PlaneProgram, LeavesNoTintWhereWhiteSaturates) {
  Planes light{{.size = {2, 2}, .sampling = {2, 2}}};  // (230, 220, 200) in red, green and blue
  light.plane = {cv::Mat(2, 2, CV_8UC1, cv::Scalar(221)), cv::Mat(1, 1, CV_8UC1, cv::Scalar(116)),
                 cv::Mat(1, 1, CV_8UC1, cv::Scalar(135))};
  const Planes result = run({gain(1.4)}, PlaneSource(light, 1));
  expect_equal(result.plane[0], cv::Mat(2, 2, CV_8UC1, cv::Scalar(255)));
  expect_equal(result.plane[1], cv::Mat(1, 1, CV_8UC1, cv::Scalar(128)));
  expect_equal(result.plane[2], cv::Mat(1, 1, CV_8UC1, cv::Scalar(128)));
}

TEST(PlaneProgram, ChangesColorsStripByStripAsTheEncoderAsks) {
  RandomSteps random(5);
  for (const cv::Size sampling : {cv::Size(1, 1), cv::Size(2, 2), cv::Size(4, 1), cv::Size(1, 2)}) {
    const cv::Size size(37, 45);
    const Planes stored = random_planes(random, size, sampling);
    const PlaneSource source(stored, 1);
    const std::vector<Step> steps{rotation(size, 12), random_color(random)};
    const Planes whole = run(steps, source);
    PlaneWorkspace workspace;
    PlaneProgram program(steps, source, {}, workspace);
    for (int strip = 0; strip * 8 * sampling.height < size.height; ++strip)
      for (int i = 0; i < 3; ++i) {
        const int height = i == 0 ? 8 * sampling.height : 8, first = strip * height;
        cv::Mat rows(std::min(height, whole.plane[i].rows - first), whole.plane[i].cols, CV_8UC1);
        program.render(i, first, rows);
        expect_equal(rows, whole.plane[i].rowRange(first, first + rows.rows));
      }
  }
}

TEST(PlaneProgram, TakesGeometryAndColor) {
  const cv::Size frame(10, 10);
  EXPECT_TRUE(runs_on_planes({}));
  EXPECT_TRUE(runs_on_planes(std::vector<Step>{rotation(frame, 3), gain(0.5, 20)}));
  EXPECT_FALSE(runs_on_planes(std::vector<Step>{LookupStep{[](double value) { return value; }}}));
  EXPECT_FALSE(runs_on_planes(std::vector<Step>{PixelStep{[](cv::Mat&) {}}}));
  EXPECT_FALSE(runs_on_planes(std::vector<Step>{BlendStep{}}));
}

}  // namespace
}  // namespace tenfold::test
