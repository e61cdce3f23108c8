// Random programs against the reference.

#include <gtest/gtest.h>

#include "fusion/random_steps.h"
#include "fusion/reference.h"
#include "tenfold/fusion/program.h"

namespace tenfold::test {
namespace {

constexpr std::uint32_t kGroups = 10, kProgramsPerGroup = 50;

// What stands between two fences, and the picture where it began and ended.
struct Stretch {
  std::vector<Step> steps;
  cv::Mat before, after;
};

// A fence that turns codes around and remembers what passed through it, so that each stretch is compared with
// the reference on its true input.
PixelStep inverting_fence(Stretch& left, Stretch& right) {
  return {[&left, &right](cv::Mat& pixels) {
    left.after = pixels.clone();
    const int values = pixels.cols * pixels.channels();
    for (int y = 0; y < pixels.rows; ++y)
      for (int i = 0; i < values; ++i) {
        if (pixels.depth() == CV_8U)
          pixels.ptr<uchar>(y)[i] ^= 0xff;
        else
          pixels.ptr<std::uint16_t>(y)[i] ^= 0xffff;
      }
    right.before = pixels.clone();
  }};
}

std::vector<Step> random_stretch(RandomSteps& random, cv::Size& frame) {
  std::vector<Step> steps;
  const int count = random.whole(0, 4);
  for (int i = 0; i < count; ++i) {
    if (random.whole(0, 1) == 0)
      steps.emplace_back(random.geometry(frame));
    else
      steps.push_back(random.pointwise());
    frame = output_size(steps.back(), frame);
  }
  return steps;
}

class RandomPrograms : public testing::TestWithParam<std::uint32_t> {};

INSTANTIATE_TEST_SUITE_P(Group, RandomPrograms, testing::Range(0u, kGroups));

TEST_P(RandomPrograms, LieWithinOneCodeValueOfTheReference) {
  const WorkspacePointer workspace = make_workspace();
  const std::uint32_t begin = GetParam() * kProgramsPerGroup;
  for (std::uint32_t seed = begin; seed < begin + kProgramsPerGroup; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomSteps random(seed);
    const Source source(random.image());
    const cv::Mat kept = source.pixels().clone();
    const SamplingPolicy policy = random.policy();
    cv::Size frame = kept.size();

    std::vector<Stretch> stretches(random.whole(0, 3) == 0 ? 2 : 1);
    std::vector<Step> steps;
    for (Stretch& stretch : stretches) {
      if (!steps.empty() || &stretch != &stretches.front())
        steps.emplace_back(inverting_fence(stretches[0], stretches[1]));
      stretch.steps = random_stretch(random, frame);
      steps.insert(steps.end(), stretch.steps.begin(), stretch.steps.end());
    }

    const Program program(steps, kept.size(), policy);
    stretches.front().before = kept;
    const cv::Mat result = program.run(source, *workspace).clone();
    stretches.back().after = result;

    ASSERT_EQ(program.output(), frame);
    ASSERT_EQ(result.size(), frame);
    ASSERT_EQ(result.type(), kept.type());
    ASSERT_EQ(cv::norm(kept, source.pixels(), cv::NORM_INF), 0) << "the source has changed";
    for (const Stretch& stretch : stretches) {
      const std::string found = difference(stretch.steps, stretch.before, policy, stretch.after);
      ASSERT_EQ(found, "") << "type " << cv::typeToString(kept.type()) << " " << kept.size() << " border "
                           << static_cast<int>(policy.border) << " interpolation "
                           << static_cast<int>(policy.interpolation) << " steps " << stretch.steps.size();
    }

    // Neither the workspace's past nor the run before leaves a trace.
    const WorkspacePointer fresh = make_workspace();
    ASSERT_EQ(cv::norm(program.run(source, *workspace), result, cv::NORM_INF), 0);
    ASSERT_EQ(cv::norm(program.run(source, *fresh), result, cv::NORM_INF), 0);
  }
}

}  // namespace
}  // namespace tenfold::test
