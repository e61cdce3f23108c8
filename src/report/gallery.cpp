#include "tenfold/report/gallery.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

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
constexpr int kColumns = 3;  // transforms side by side
constexpr int kCellWidth = 136, kCellHeight = 112;
constexpr int kGap = 6;
constexpr int kCaption = 22;
constexpr int kTitle = 40;  // of a group
constexpr int kColumnWidth = kStrengths * (kCellWidth + kGap) + 2 * kGap;
const cv::Scalar kPaper(255, 255, 255), kInk(40, 40, 40), kTitleInk(140, 70, 20);

// The demo's pictures around the one that is shown.
class DemoContext : public DrawContext {
 public:
  DemoContext() {
    StatisticsSums sums(1);
    for (int i = 0; i < kPictures; ++i) sums.add(demo_picture("yield", i), 0);
    statistics_ = sums.of_all();
  }

  std::optional<Partner> partner(std::uint64_t number, bool) const override {
    return picture("stop", number);
  }
  std::optional<Partner> reference(const std::string&, std::uint64_t number) const override {
    return picture("turn_left", number);
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
  if (parameter.neutral && *parameter.neutral >= range.high) std::swap(from, to);
  if (parameter.neutral && *parameter.neutral > range.low && *parameter.neutral < range.high) {
    constexpr double kLeast = 0.25;  // of the way: what changes nothing is not shown
    from = *parameter.neutral + kLeast * (range.high - *parameter.neutral);
  }
  const double value =
      parameter.log_uniform ? from * std::pow(to / from, strength) : from + strength * (to - from);
  return std::clamp(parameter.whole ? std::round(value) : value, range.low, range.high);
}

cv::Mat shown(const TransformSpec& spec, const cv::Mat& picture, int index, const DrawContext& context) {
  ParameterValues values = example_of(spec).values;
  bool varies = false;
  for (const ParameterSpec& parameter : spec.parameters) {
    const auto found = values.find(parameter.name);
    Range* range = found != values.end() ? std::get_if<Range>(&found->second) : nullptr;
    if (range == nullptr || range->is_fixed()) continue;
    const double value = value_at(*range, parameter, index / (kStrengths - 1.0));
    *range = {value, value};
    varies = true;
  }
  const auto bound = spec.bind(values);
  if (!bound) throw Error(ErrorKind::kFailed, bound.error());
  const DrawKey key{.sample = hash64("gallery"), .copy = varies ? 1u : static_cast<std::uint32_t>(index + 1)};
  Draw draw(Rng(key, hash64(spec.name)), picture.size(), context);
  const std::vector<Step> steps = bound->draw(draw);
  const WorkspacePointer workspace = make_workspace();
  return Program(steps, picture.size(), {}).run(Source(picture), *workspace).clone();
}

void put_picture(const cv::Mat& picture, cv::Point place, cv::Mat& sheet) {
  const double scale = std::min(
      {static_cast<double>(kCellWidth) / picture.cols, static_cast<double>(kCellHeight) / picture.rows, 1.0});
  cv::Mat small;
  const cv::Size size(std::max(1, static_cast<int>(picture.cols * scale)),
                      std::max(1, static_cast<int>(picture.rows * scale)));
  cv::resize(picture, small, size, 0, 0, cv::INTER_AREA);
  const cv::Point corner = place + cv::Point((kCellWidth - size.width) / 2, (kCellHeight - size.height) / 2);
  small.copyTo(sheet(cv::Rect(corner, size)));
}

void put_text(const std::string& text, cv::Point place, double size, const cv::Scalar& ink, cv::Mat& sheet) {
  cv::putText(sheet, text, place, cv::FONT_HERSHEY_SIMPLEX, size, ink, 1, cv::LINE_AA);
}

// Where each transform stands, and the height of all.
struct Layout {
  std::vector<cv::Point> places;
  std::vector<std::pair<std::string, int>> titles;  // with their upper edge
  int height = kGap;
};

Layout layout_of(std::span<const TransformSpec> specs) {
  Layout layout;
  std::string group;
  int column = 0;
  for (const TransformSpec& spec : specs) {
    if (spec.group != group) {
      if (column > 0) layout.height += kCaption + kCellHeight + kGap;
      group = spec.group;
      column = 0;
      layout.titles.emplace_back(group, layout.height);
      layout.height += kTitle;
    }
    layout.places.emplace_back(kGap + column * kColumnWidth, layout.height);
    if (++column < kColumns) continue;
    column = 0;
    layout.height += kCaption + kCellHeight + kGap;
  }
  if (column > 0) layout.height += kCaption + kCellHeight + kGap;
  return layout;
}

}  // namespace

cv::Mat gallery(std::span<const TransformSpec> specs) {
  const cv::Mat picture = demo_picture("priority", 4);
  const DemoContext context;
  const Layout layout = layout_of(specs);
  cv::Mat sheet(layout.height + kGap, kColumns * kColumnWidth + kGap, CV_8UC3, kPaper);
  for (const auto& [title, top] : layout.titles)
    put_text(title, {kGap, top + kTitle - 12}, 0.7, kTitleInk, sheet);
  for (std::size_t i = 0; i < specs.size(); ++i) {
    put_text(specs[i].name, layout.places[i] + cv::Point(0, kCaption - 7), 0.5, kInk, sheet);
    for (int strength = 0; strength < kStrengths; ++strength) {
      const cv::Point place = layout.places[i] + cv::Point(strength * (kCellWidth + kGap), kCaption);
      put_picture(shown(specs[i], picture, strength, context), place, sheet);
    }
  }
  return sheet;
}

}  // namespace tenfold
