// What every transform promises, tested over the registry.

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "drawing.h"
#include "example_values.h"

namespace tenfold {
namespace {

const cv::Size kFrame{40, 30};

bool same_step(const Step& a, const Step& b, cv::Size frame) {
  if (a.index() != b.index()) return false;
  if (const auto* geometry = std::get_if<GeometryStep>(&a)) {
    const auto& other = std::get<GeometryStep>(b);
    return geometry->output == other.output && geometry->map.matrix == other.map.matrix;
  }
  if (const auto* color = std::get_if<ColorStep>(&a)) return color->matrix == std::get<ColorStep>(b).matrix;
  if (const auto* lookup = std::get_if<LookupStep>(&a)) {
    for (int value = 0; value < 256; ++value)
      if (lookup->function(value) != std::get<LookupStep>(b).function(value)) return false;
    return true;
  }
  cv::Mat one = textured(frame, CV_8UC3);
  cv::Mat two = one.clone();
  std::get<PixelStep>(a).apply(one);
  std::get<PixelStep>(b).apply(two);
  return same_pixels(one, two);
}

class Contract : public testing::TestWithParam<const TransformSpec*> {
 protected:
  const TransformSpec& spec() const { return *GetParam(); }
  BoundTransform example() const { return bound(spec().name, example_values(spec())); }
};

TEST_P(Contract, HasADescriptionForEverything) {
  EXPECT_FALSE(spec().summary.empty());
  EXPECT_TRUE(spec().summary.ends_with('.'));
  EXPECT_FALSE(spec().formula.empty());
  EXPECT_GE(spec().version, 1u);
  for (const ParameterSpec& parameter : spec().parameters) {
    EXPECT_FALSE(parameter.text.empty()) << parameter.name;
    EXPECT_NE(parameter.name, "p");
    if (parameter.kind == ParameterKind::kChoice) {
      EXPECT_FALSE(parameter.choices.empty());
    }
    if (parameter.kind == ParameterKind::kRange || parameter.kind == ParameterKind::kInteger) {
      EXPECT_LT(parameter.bounds.low, parameter.bounds.high) << parameter.name;
    }
    if (parameter.log_uniform) {
      EXPECT_GT(parameter.bounds.low, 0) << parameter.name;
    }
  }
}

TEST_P(Contract, HasDefaultsNeutralValuesAndAnExampleWithinItsBounds) {
  const ParameterValues example = example_values(spec());
  for (const ParameterSpec& parameter : spec().parameters) {
    SCOPED_TRACE(parameter.name);
    const auto check = [&](const ParameterValue& value) {
      if (const Range* range = std::get_if<Range>(&value)) {
        EXPECT_LE(parameter.bounds.low, range->low);
        EXPECT_LE(range->low, range->high);
        EXPECT_LE(range->high, parameter.bounds.high);
      } else if (const int* whole = std::get_if<int>(&value)) {
        EXPECT_LE(parameter.bounds.low, *whole);
        EXPECT_LE(*whole, parameter.bounds.high);
      }
    };
    if (parameter.default_value) check(*parameter.default_value);
    if (parameter.neutral) check(fixed(*parameter.neutral));
    if (const auto found = example.find(parameter.name); found != example.end()) check(found->second);
  }
}

TEST_P(Contract, BindsToItsOwnSpec) { EXPECT_EQ(example().spec, &spec()); }

TEST_P(Contract, DrawsRangesWithinWhatWasAskedFor) {
  const ParameterValues values = example_values(spec());
  const BoundTransform transform = example();
  for (std::uint64_t sample = 0; sample < 20; ++sample) {
    for (std::uint32_t copy = 1; copy <= 50; ++copy) {
      for (const DrawnValue& value : drawn(transform, kFrame, {.sample = sample, .copy = copy}).values) {
        const double* number = std::get_if<double>(&value.value);
        if (number == nullptr) continue;
        ASSERT_TRUE(std::isfinite(*number)) << value.name;
        const auto asked = values.find(value.name);
        const Range* range = asked != values.end() ? std::get_if<Range>(&asked->second) : nullptr;
        if (range == nullptr) continue;
        ASSERT_GE(*number, range->low) << value.name;
        ASSERT_LE(*number, range->high) << value.name;
      }
    }
  }
}

TEST_P(Contract, DrawsTheSameForTheSameKey) {
  const BoundTransform transform = example();
  for (std::uint32_t copy = 1; copy <= 10; ++copy) {
    const Drawn one = drawn(transform, kFrame, {.seed = 5, .sample = 6, .copy = copy});
    const Drawn two = drawn(transform, kFrame, {.seed = 5, .sample = 6, .copy = copy});
    EXPECT_EQ(one.values, two.values);
    EXPECT_TRUE(same_step(one.step, two.step, kFrame));
  }
}

// The fingerprint sees the written values only, so equal values must mean equal steps.
TEST_P(Contract, WritesDownAllThatDecidesTheStep) {
  const BoundTransform transform = example();
  const Drawn first = drawn(transform, kFrame, {.copy = 1});
  bool changes = false;
  for (std::uint32_t copy = 2; copy <= 12; ++copy) {
    const Drawn other = drawn(transform, kFrame, {.copy = copy});
    const bool same_values = first.values == other.values;
    if (same_values) {
      EXPECT_TRUE(same_step(first.step, other.step, kFrame)) << "copy " << copy;
    }
    changes = changes || !same_values;
  }
  EXPECT_EQ(changes, !transform.draws_nothing);
}

TEST_P(Contract, SaysWhetherItDrawsAnything) {
  bool any_range = false;
  for (const auto& [name, value] : example_values(spec()))
    any_range = any_range || (std::holds_alternative<Range>(value) && !std::get<Range>(value).is_fixed());
  for (const ParameterSpec& parameter : spec().parameters)
    if (parameter.default_value && std::holds_alternative<Range>(*parameter.default_value))
      any_range = any_range || !std::get<Range>(*parameter.default_value).is_fixed();
  EXPECT_EQ(example().draws_nothing, !any_range && !spec().always_random);
}

TEST_P(Contract, WritesEachNameOnce) {
  std::set<std::string> names;
  for (const DrawnValue& value : drawn(example(), kFrame).values)
    EXPECT_TRUE(names.insert(value.name).second) << value.name;
}

// One parameter at its neutral value, alone if the transform allows that.
TEST_P(Contract, IsNeutralAtItsNeutralValues) {
  for (const ParameterSpec& parameter : spec().parameters) {
    if (!parameter.neutral) continue;
    const auto transform = spec().bind({{parameter.name, fixed(*parameter.neutral)}});
    if (!transform) continue;  // ratio needs scale
    for (const cv::Size frame : {kFrame, cv::Size(7, 11), cv::Size(1, 1)})
      EXPECT_TRUE(is_neutral(drawn(*transform, frame, {.copy = 3}).step, frame)) << parameter.name;
  }
}

TEST_P(Contract, MapsFiniteCoordinatesAndKeepsAtLeastOnePixel) {
  const BoundTransform transform = example();
  for (const cv::Size frame : {cv::Size(1, 1), cv::Size(1, 50), cv::Size(50, 1), cv::Size(640, 480)}) {
    for (std::uint32_t copy = 1; copy <= 20; ++copy) {
      const Step step = drawn(transform, frame, {.copy = copy}).step;
      EXPECT_GE(output_size(step, frame).width, 1);
      EXPECT_GE(output_size(step, frame).height, 1);
      if (const auto* geometry = std::get_if<GeometryStep>(&step)) {
        EXPECT_GT(std::abs(cv::determinant(geometry->map.matrix)), 1e-9);
      }
    }
  }
}

TEST_P(Contract, KeepsTheLayoutOfEveryImage) {
  const Step step = drawn(example(), kFrame, {.copy = 2}).step;
  const auto* pixel = std::get_if<PixelStep>(&step);
  if (pixel == nullptr) return;
  for (const int depth : {CV_8U, CV_16U}) {
    for (int channels = 1; channels <= 4; ++channels) {
      for (const cv::Size size : {cv::Size(1, 1), cv::Size(9, 1), cv::Size(1, 9), kFrame}) {
        const cv::Mat image = textured(size, CV_MAKETYPE(depth, channels));
        cv::Mat one = image.clone();
        cv::Mat two = image.clone();
        const std::uint8_t* place = one.data;
        pixel->apply(one);
        pixel->apply(two);
        EXPECT_EQ(one.type(), image.type());
        EXPECT_EQ(one.size(), image.size());
        EXPECT_EQ(one.data, place) << "not in place";
        EXPECT_TRUE(same_pixels(one, two)) << "not a pure function";
        if (channels % 2 == 1 || spec().name == "gaussian_blur") continue;
        cv::Mat before, after;
        cv::extractChannel(image, before, channels - 1);
        cv::extractChannel(one, after, channels - 1);
        EXPECT_TRUE(same_pixels(before, after)) << "alpha changed";
      }
    }
  }
}

// A window must come out like an image of its own and must not touch what lies around it.
TEST_P(Contract, TreatsAWindowLikeAnImage) {
  const Step step = drawn(example(), kFrame, {.copy = 2}).step;
  const auto* pixel = std::get_if<PixelStep>(&step);
  if (pixel == nullptr) return;
  for (const int type : {CV_8UC1, CV_8UC3, CV_8UC4, CV_16UC3}) {
    const cv::Mat before = textured({60, 50}, type);
    cv::Mat around = before.clone();
    cv::Mat window = around(cv::Rect({10, 10}, kFrame));
    cv::Mat alone = window.clone();
    pixel->apply(window);
    pixel->apply(alone);
    EXPECT_TRUE(same_pixels(window, alone));
    before(cv::Rect({10, 10}, kFrame)).copyTo(window);
    EXPECT_TRUE(same_pixels(around, before));
  }
}

std::vector<const TransformSpec*> all_transforms() {
  std::vector<const TransformSpec*> all;
  for (const TransformSpec& spec : transforms()) all.push_back(&spec);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Transforms, Contract, testing::ValuesIn(all_transforms()),
                         [](const auto& test) { return test.param->name; });

TEST(Transforms, AreFoundByTheirNames) {
  std::set<std::string> names;
  for (const TransformSpec& spec : transforms()) {
    EXPECT_EQ(find_transform(spec.name), &spec);
    EXPECT_TRUE(names.insert(spec.name).second) << spec.name;
  }
  EXPECT_EQ(find_transform("random_rotate"), nullptr);
}

TEST(Transforms, FireHalfTheTimeByDefaultOnlyIfTheyMirror) {
  for (const TransformSpec& spec : transforms()) {
    const bool mirrors =
        spec.name == "horizontal_flip" || spec.name == "vertical_flip" || spec.name == "transpose";
    EXPECT_EQ(spec.default_p, mirrors ? 0.5 : 1.0) << spec.name;
  }
}

}  // namespace
}  // namespace tenfold
