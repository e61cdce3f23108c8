#include "tenfold/report/gallery.h"

#include <algorithm>
#include <climits>
#include <cmath>

#include "sheet.h"
#include "tenfold/base/error.h"
#include "tenfold/base/hash.h"
#include "tenfold/dataset/demo.h"
#include "tenfold/fusion/program.h"
#include "tenfold/image/pixel_layout.h"
#include "tenfold/recipe/recipe.h"
#include "tenfold/run/statistics.h"
#include "tenfold/transforms/chain.h"

namespace tenfold {
namespace {

constexpr int kStrengths = 3;
constexpr int kCell = 112;
constexpr int kShownPicture = 11;  // of the demo's "stop": by day, with straight lines behind it

// The demo's pictures around the one that is shown.
class DemoContext : public DrawContext {
 public:
  DemoContext() {
    StatisticsSums sums(1);
    for (int i = 0; i < kPictures; ++i) sums.add(demo_picture("yield", i), 0);
    statistics_ = sums.of_all();
  }

  std::optional<Partner> partner(std::uint64_t number, bool) const override {
    return picture("turn_left", number);
  }
  std::optional<Partner> reference(const std::string&, std::uint64_t number) const override {
    return picture("priority", number);
  }
  const Statistics* statistics(StatisticsScope) const override { return &statistics_; }

 private:
  static constexpr int kPictures = 4;

  static Partner picture(const std::string& class_name, std::uint64_t number) {
    const cv::Mat pixels = demo_picture(class_name, static_cast<int>(number % kPictures));
    return {
        class_name, class_name, {}, pixels.size(), [pixels](int type) { return in_layout(pixels, type); }};
  }

  Statistics statistics_;
};

// The transform's example as the recipe's reader understands it.
Element example_of(const TransformSpec& spec) {
  const std::string element = spec.example.empty() ? spec.name : spec.name + ": " + spec.example;
  const ParsedRecipe parsed = parse_recipe(
      "version: 1\ninput: {root: in}\noutput: {root: out}\naugment:\n  - " + element + "\n", "example", {});
  if (has_errors(parsed.diagnostics) || parsed.recipe.augment.size() != 1)
    throw Error(ErrorKind::kFailed, "the example of " + spec.name + " cannot be read, which is a bug");
  return parsed.recipe.augment[0];
}

// The range's value at a strength in [0, 1]: from the end that changes least to the other one; of a range
// about its neutral value, the upper half.
double value_at(const Range& range, const ParameterSpec& parameter, double strength) {
  double from = range.low, to = range.high;
  const std::optional<double> least = parameter.neutral ? parameter.neutral : parameter.weakest;
  if (least && *least >= range.high) std::swap(from, to);
  if (parameter.neutral && *parameter.neutral > range.low && *parameter.neutral < range.high) {
    constexpr double kLeast = 0.25;  // of the way: what changes nothing is not shown
    from = *parameter.neutral + kLeast * (range.high - *parameter.neutral);
  }
  const double value =
      parameter.log_uniform ? from * std::pow(to / from, strength) : from + strength * (to - from);
  return std::clamp(parameter.whole ? std::round(value) : value, range.low, range.high);
}

// The steps at a strength; `growth` below 1 draws from a part of each range instead.
std::vector<Step> steps_at(const TransformSpec& spec, const ParameterValues& values, std::uint32_t copy,
                           cv::Size frame, const DrawContext& context, double growth = 1) {
  const auto bound = spec.bind(values);
  if (!bound) throw Error(ErrorKind::kFailed, bound.error());
  const DrawKey key{.sample = hash64("gallery"), .copy = copy};
  Draw draw(Rng(key, hash64(spec.name)), frame, context, growth);
  return bound->draw(draw);
}

bool change_nothing(const std::vector<Step>& steps, cv::Size frame) {
  return std::ranges::all_of(steps, [&](const Step& step) { return is_neutral(step, frame); });
}

cv::Mat shown(const TransformSpec& spec, const cv::Mat& picture, int index, const DrawContext& context) {
  const ParameterValues example = example_of(spec).values;
  ParameterValues values = example;
  bool varies = false;
  for (const ParameterSpec& parameter : spec.parameters) {
    const auto found = values.find(parameter.name);
    Range* range = found != values.end() ? std::get_if<Range>(&found->second) : nullptr;
    if (range == nullptr || range->is_fixed()) continue;
    const double value = value_at(*range, parameter, index / (kStrengths - 1.0));
    *range = {value, value};
    varies = true;
  }
  const std::uint32_t draw_number = varies ? 1 : static_cast<std::uint32_t>(index + 1);
  const cv::Size frame = picture.size();
  std::vector<Step> steps = steps_at(spec, values, draw_number, frame, context);
  // Where all draws of one copy being alike means that nothing happens.
  if (varies && change_nothing(steps, frame))
    steps = steps_at(spec, example, draw_number, frame, context, (index + 1.0) / kStrengths);
  const WorkspacePointer workspace = make_workspace();
  return Program(steps, frame, {}).run(Source(picture), *workspace).clone();
}

}  // namespace

cv::Mat gallery(std::span<const TransformSpec> specs) {
  const cv::Mat picture = demo_picture("stop", kShownPicture);
  const DemoContext context;
  Sheet sheet;
  sheet.sections.push_back({.title = "",
                            .blocks = {{"the picture",
                                        "below: at low, middle and high strength",
                                        {{shown_pixels(picture, kCell), ""}}}}});
  std::string group;
  for (const TransformSpec& spec : specs) {
    if (spec.group != group) sheet.sections.push_back({.title = spec.group, .blocks = {}});
    group = spec.group;
    SheetBlock block{.title = spec.name};
    for (int strength = 0; strength < kStrengths; ++strength)
      block.pictures.push_back({shown_pixels(shown(spec, picture, strength, context), kCell), ""});
    sheet.sections.back().blocks.push_back(std::move(block));
  }
  return drawn_sheet(sheet, {.cells = {kCell}, .height = INT_MAX});
}

}  // namespace tenfold
