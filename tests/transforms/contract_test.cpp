// What every transform promises, tested over the registry.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "company.h"
#include "example_values.h"
#include "transforms/define.h"

namespace tenfold {
namespace {

const cv::Size kFrame{40, 30};

// Whether both do the same to an image of the frame's size.
bool same_steps(const std::vector<Step>& a, const std::vector<Step>& b, cv::Size frame) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i].index() != b[i].index()) return false;
  const cv::Mat image = textured(frame, CV_8UC3);
  return same_pixels(run(a, image), run(b, image));
}

bool are_neutral(const std::vector<Step>& steps, cv::Size frame) {
  return std::ranges::all_of(steps, [&](const Step& step) { return is_neutral(step, frame); });
}

Drawn drawn_among(const BoundTransform& transform, cv::Size frame, const DrawKey& key) {
  return drawn(transform, frame, key, company());
}

class Contract : public testing::TestWithParam<const TransformSpec*> {
 protected:
  const TransformSpec& spec() const { return *GetParam(); }
  BoundTransform example() const { return bound(spec().name, example_values(spec())); }
};

TEST_P(Contract, HasADescriptionForEverything) {
  EXPECT_FALSE(spec().summary.empty());
  EXPECT_FALSE(spec().group.empty());
  EXPECT_TRUE(spec().summary.ends_with('.'));
  EXPECT_TRUE(spec().use.ends_with('.')) << "when to use it";
  EXPECT_FALSE(spec().formula.empty());
  EXPECT_GE(spec().version, 1u);
  for (const ParameterSpec& parameter : spec().parameters) {
    EXPECT_FALSE(parameter.text.empty()) << parameter.name;
    EXPECT_NE(parameter.name, "p");
    if (parameter.whole) {
      EXPECT_EQ(parameter.kind, ParameterKind::kRange) << parameter.name;
    }
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
      for (const DrawnValue& value :
           drawn_among(transform, kFrame, {.sample = sample, .copy = copy}).values) {
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
    const Drawn one = drawn_among(transform, kFrame, {.seed = 5, .sample = 6, .copy = copy});
    const Drawn two = drawn_among(transform, kFrame, {.seed = 5, .sample = 6, .copy = copy});
    EXPECT_EQ(one.values, two.values);
    EXPECT_TRUE(same_steps(one.steps, two.steps, kFrame));
  }
}

// The fingerprint sees the written values only, so equal values must mean equal steps.
TEST_P(Contract, WritesDownAllThatDecidesTheStep) {
  const BoundTransform transform = example();
  const Drawn first = drawn_among(transform, kFrame, {.copy = 1});
  bool changes = false;
  for (std::uint32_t copy = 2; copy <= 12; ++copy) {
    const Drawn other = drawn_among(transform, kFrame, {.copy = copy});
    const bool same_values = first.values == other.values;
    if (same_values) {
      EXPECT_TRUE(same_steps(first.steps, other.steps, kFrame)) << "copy " << copy;
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
  for (const DrawnValue& value : drawn_among(example(), kFrame, {}).values)
    EXPECT_TRUE(names.insert(value.name).second) << value.name;
}

// One parameter at its neutral value, alone if the transform allows that.
TEST_P(Contract, IsNeutralAtItsNeutralValues) {
  for (const ParameterSpec& parameter : spec().parameters) {
    if (!parameter.neutral) continue;
    const auto transform = spec().bind({{parameter.name, fixed(*parameter.neutral)}});
    if (!transform) continue;  // ratio needs scale
    for (const cv::Size frame : {kFrame, cv::Size(7, 11), cv::Size(1, 1)})
      EXPECT_TRUE(are_neutral(drawn_among(*transform, frame, {.copy = 3}).steps, frame)) << parameter.name;
  }
}

// Angles of direction, places, ratios and shapes: none of their values is stronger than another. Who adds a
// range here has thought of `strength: {grow_with_copy: true}`, which leaves it as it is.
const std::set<std::string> kWithoutOrder{"aug_mix.alpha",
                                          "cutmix.alpha",
                                          "elastic.sigma",
                                          "grid_dropout.unit",
                                          "grid_mask.degrees",
                                          "grid_mask.unit",
                                          "illumination.angle",
                                          "illumination.x",
                                          "illumination.y",
                                          "mixup.alpha",
                                          "mosaic.centre",
                                          "motion_blur.angle",
                                          "patch_transform.ratio",
                                          "rain.slant",
                                          "random_erasing.ratio",
                                          "resized_crop.ratio",
                                          "salt_and_pepper.salt_vs_pepper",
                                          "shadow.softness",
                                          "shadow.vertices",
                                          "sun_flare.x",
                                          "sun_flare.y",
                                          "zoom.x",
                                          "zoom.y"};

TEST_P(Contract, KnowsWhichEndOfARangeIsTheWeakest) {
  for (const ParameterSpec& parameter : spec().parameters) {
    SCOPED_TRACE(parameter.name);
    if (parameter.kind != ParameterKind::kRange) {
      EXPECT_FALSE(parameter.weakest);
      continue;
    }
    const bool ordered = parameter.neutral || parameter.weakest;
    EXPECT_EQ(ordered, !kWithoutOrder.contains(spec().name + "." + parameter.name));
    EXPECT_FALSE(parameter.neutral && parameter.weakest);
    if (!parameter.weakest) continue;
    EXPECT_GE(*parameter.weakest, parameter.bounds.low);
    EXPECT_LE(*parameter.weakest, parameter.bounds.high);
  }
}

// So that the first copies of `strength: {grow_with_copy: true}` are drawn close to it.
TEST_P(Contract, GrowsARangeFromItsWeakestValue) {
  for (const ParameterSpec& parameter : spec().parameters) {
    if (parameter.kind != ParameterKind::kRange || !(parameter.neutral || parameter.weakest)) continue;
    SCOPED_TRACE(parameter.name);
    const double weakest = parameter.neutral ? *parameter.neutral : *parameter.weakest;
    const Range whole{parameter.bounds.low, parameter.bounds.high};
    const double width = whole.high - whole.low;
    const Range little = grown(whole, parameter, 0.001), all = grown(whole, parameter, 1);
    EXPECT_NEAR(little.low, weakest, 0.01 * width);
    EXPECT_NEAR(little.high, weakest, 0.01 * width);
    EXPECT_NEAR(all.low, whole.low, 1e-6 * width);
    EXPECT_NEAR(all.high, whole.high, 1e-6 * width);
  }
}

TEST_P(Contract, MapsFiniteCoordinatesAndKeepsAtLeastOnePixel) {
  const BoundTransform transform = example();
  for (cv::Size frame : {cv::Size(1, 1), cv::Size(1, 50), cv::Size(50, 1), cv::Size(640, 480)}) {
    for (std::uint32_t copy = 1; copy <= 20; ++copy) {
      for (const Step& step : drawn_among(transform, frame, {.copy = copy}).steps) {
        frame = output_size(step, frame);
        EXPECT_GE(frame.width, 1);
        EXPECT_GE(frame.height, 1);
        if (const auto* geometry = std::get_if<GeometryStep>(&step)) {
          EXPECT_GT(std::abs(cv::determinant(geometry->map.matrix)), 1e-9);
        }
      }
    }
  }
}

// Alpha that is not sampled stays as it is, but where a transform is known to move pixels about.
const std::set<std::string> kMovesAlpha{"box_blur",    "defocus",      "downscale",   "gaussian_blur",
                                        "glass_blur",  "grid_shuffle", "median_blur", "mosaic",
                                        "motion_blur", "zoom_blur"};

bool keeps_places(const std::vector<Step>& steps) {
  return std::ranges::none_of(steps, [](const Step& step) {
    return std::holds_alternative<GeometryStep>(step) || std::holds_alternative<BlendStep>(step);
  });
}

TEST_P(Contract, KeepsTheLayoutOfEveryImage) {
  for (const int depth : {CV_8U, CV_16U}) {
    for (int channels = 1; channels <= 4; ++channels) {
      for (const cv::Size size : {cv::Size(1, 1), cv::Size(9, 1), cv::Size(1, 9), kFrame}) {
        const std::vector<Step> steps = drawn_among(example(), size, {.copy = 2}).steps;
        const cv::Mat image = textured(size, CV_MAKETYPE(depth, channels));
        const cv::Mat before = image.clone();
        const cv::Mat one = run(steps, image);
        EXPECT_TRUE(same_pixels(image, before)) << "input touched";
        EXPECT_EQ(one.type(), image.type());
        EXPECT_TRUE(same_pixels(one, run(steps, image))) << "not a pure function";
        if (channels % 2 == 1 || kMovesAlpha.contains(spec().name) || !keeps_places(steps)) continue;
        cv::Mat alpha_before, alpha_after;
        cv::extractChannel(image, alpha_before, channels - 1);
        cv::extractChannel(one, alpha_after, channels - 1);
        EXPECT_TRUE(same_pixels(alpha_before, alpha_after)) << "alpha changed";
      }
    }
  }
}

TEST_P(Contract, TakesALargeImageWithoutTouchingIt) {
  const cv::Mat image = textured({800, 600}, CV_8UC3);
  const cv::Mat before = image.clone();
  const std::vector<Step> steps = drawn_among(example(), image.size(), {.copy = 3}).steps;
  cv::Size frame = image.size();
  for (const Step& step : steps) frame = output_size(step, frame);
  const cv::Mat result = run(steps, image);
  EXPECT_EQ(result.size(), frame);
  EXPECT_EQ(result.type(), image.type());
  EXPECT_TRUE(same_pixels(image, before));
}

// A window must come out like an image of its own, in place, and must not touch what lies around it.
TEST_P(Contract, TreatsAWindowLikeAnImage) {
  for (const Step& step : drawn_among(example(), kFrame, {.copy = 2}).steps) {
    const auto* pixel = std::get_if<PixelStep>(&step);
    if (pixel == nullptr) continue;
    for (const int type : {CV_8UC1, CV_8UC3, CV_8UC4, CV_16UC3}) {
      const cv::Mat before = textured({60, 50}, type);
      cv::Mat around = before.clone();
      cv::Mat window = around(cv::Rect({10, 10}, kFrame));
      const std::uint8_t* place = window.data;
      cv::Mat alone = window.clone();
      pixel->apply(window);
      pixel->apply(alone);
      EXPECT_EQ(window.data, place) << "not in place";
      EXPECT_TRUE(same_pixels(window, alone));
      before(cv::Rect({10, 10}, kFrame)).copyTo(window);
      EXPECT_TRUE(same_pixels(around, before));
    }
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
