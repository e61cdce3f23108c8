// Every transform with random valid parameters on small random images of every layout: nothing may crash,
// read beyond its memory (under the sanitizers) or leave the frame that was announced.

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "company.h"

namespace tenfold {
namespace {

constexpr int kRounds = 60;            // per transform
constexpr int kMaxPixels = 1'000'000;  // larger outputs are drawn and not run

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}

  int below(int count) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(count)); }
  double unit() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }

  // Somewhere in the bounds: often at an end, often small.
  double within(const Bounds& bounds) {
    switch (below(4)) {
      case 0:
        return bounds.low;
      case 1:
        return bounds.high;
      case 2:
        return std::clamp(bounds.low + std::pow(unit(), 8) * (bounds.high - bounds.low), bounds.low,
                          bounds.high);
      default:
        return std::clamp(bounds.low + unit() * (bounds.high - bounds.low), bounds.low, bounds.high);
    }
  }

 private:
  std::mt19937_64 engine_;
};

ParameterValue random_value(const ParameterSpec& parameter, Dice& dice) {
  switch (parameter.kind) {
    case ParameterKind::kRange: {
      double low = dice.within(parameter.bounds), high = dice.within(parameter.bounds);
      if (low > high) std::swap(low, high);
      if (parameter.whole) return Range{std::ceil(low), std::max(std::ceil(low), std::floor(high))};
      return Range{low, dice.below(3) == 0 ? low : high};
    }
    case ParameterKind::kInteger:
      return static_cast<int>(dice.within(parameter.bounds));
    case ParameterKind::kBoolean:
      return dice.below(2) == 0;
    case ParameterKind::kChoice:
      return parameter
          .choices[static_cast<std::size_t>(dice.below(static_cast<int>(parameter.choices.size())))];
    case ParameterKind::kText:
      return std::string("folder");
    case ParameterKind::kColor:
      return Color{dice.within({0, 255}), dice.within({0, 255}), dice.within({0, 255})};
  }
  return false;
}

ParameterValues random_values(const TransformSpec& spec, Dice& dice) {
  ParameterValues values;
  for (const ParameterSpec& parameter : spec.parameters)
    if (dice.below(3) != 0) values.emplace(parameter.name, random_value(parameter, dice));
  return values;
}

cv::Mat random_image(Dice& dice) {
  const cv::Size size(1 + dice.below(dice.below(2) == 0 ? 4 : 40),
                      1 + dice.below(dice.below(2) == 0 ? 4 : 40));
  const int type = CV_MAKETYPE(dice.below(2) == 0 ? CV_8U : CV_16U, 1 + dice.below(4));
  return dice.below(4) == 0 ? cv::Mat(size, type, cv::Scalar::all(dice.below(256))) : textured(size, type);
}

void run_checked(const std::vector<Step>& steps, const cv::Mat& image, SamplingPolicy policy) {
  cv::Size frame = image.size();
  for (const Step& step : steps) {
    frame = output_size(step, frame);
    if (std::int64_t{frame.width} * frame.height > kMaxPixels) return;
  }
  const cv::Mat result = run(steps, image, policy);
  EXPECT_EQ(result.size(), frame);
  EXPECT_EQ(result.type(), image.type());
}

class Fuzz : public testing::TestWithParam<const TransformSpec*> {};

TEST_P(Fuzz, TakesAnyValidParametersOnAnyImage) {
  const TransformSpec& spec = *GetParam();
  Dice dice(hash64(spec.name));
  int run_count = 0;
  for (int round = 0; round < kRounds; ++round) {
    const auto transform = spec.bind(random_values(spec, dice));
    if (!transform) continue;  // parameters that do not go together, or one that is needed is missing
    ++run_count;
    const cv::Mat image = random_image(dice);
    const DrawKey key{.sample = static_cast<std::uint64_t>(round), .copy = 1};
    const bool alone = dice.below(4) == 0;  // a class of one image, no statistics
    const Drawn result = drawn(*transform, image.size(), key, alone ? DrawContext::none() : company(),
                               dice.below(2) == 0 ? 1 : dice.unit());
    for (const DrawnPartner& partner : result.partners) {
      EXPECT_GE(partner.share, 0);
      EXPECT_LE(partner.share, 1);
    }
    const auto border = static_cast<Border>(dice.below(5));
    run_checked(result.steps, image, {.border = border, .fill = {255, 0, 100}});
  }
  EXPECT_GT(run_count, 0) << "no parameters were valid";
}

std::vector<const TransformSpec*> all_transforms() {
  std::vector<const TransformSpec*> all;
  for (const TransformSpec& spec : transforms()) all.push_back(&spec);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Transforms, Fuzz, testing::ValuesIn(all_transforms()),
                         [](const auto& test) { return test.param->name; });

}  // namespace
}  // namespace tenfold
