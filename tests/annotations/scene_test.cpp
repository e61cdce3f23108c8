// A scene whose object is known exactly: what the mask shows after any transform that moves pixels must be
// the object drawn anew, and what the image shows; and the box must be the bound of it.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <opencv2/imgproc.hpp>

#include "tenfold/fusion/movement.h"
#include "transforms/company.h"
#include "transforms/drawing.h"
#include "transforms/example_values.h"

namespace tenfold {
namespace {

const cv::Size kSize(320, 240);
const cv::Rect kBox(90, 70, 150, 110);  // in pixels: covers [89.5, 239.5] × [69.5, 179.5]
constexpr std::uint8_t kObject = 7;     // its value in the mask
constexpr double kLeastOverlap = 0.97, kBoxTolerance = 1;

using Shape = std::function<bool(cv::Point2d)>;

bool in_box(cv::Point2d p) { return p.x >= 89.5 && p.x < 239.5 && p.y >= 69.5 && p.y < 179.5; }

// An ellipse with a bite: nothing about it is symmetric.
bool in_bitten_ellipse(cv::Point2d p) {
  const double x = (p.x - 164.5) / 75, y = (p.y - 124.5) / 55;
  return x * x + y * y < 1 && !(x > 0.2 && y > 0.1);
}

cv::Mat drawn_mask(const Shape& shape) {
  cv::Mat mask(kSize, CV_8UC1, cv::Scalar(0));
  for (int y = 0; y < mask.rows; ++y)
    for (int x = 0; x < mask.cols; ++x)
      if (shape(cv::Point2d(x, y))) mask.at<std::uint8_t>(y, x) = kObject;
  return mask;
}

cv::Point2d projected(const cv::Matx33d& m, cv::Point2d p) {
  const cv::Vec3d v = m * cv::Vec3d(p.x, p.y, 1);
  return {v[0] / v[2], v[1] / v[2]};
}

// Tents around the knots.
cv::Point2d displaced(const DisplacementGrid& grid, cv::Point2d p) {
  const auto at = [](double coordinate, double side, int knots) {
    return std::clamp((coordinate + 0.5) / side * (knots - 1), 0.0, knots - 1.0);
  };
  const double x = at(p.x, grid.frame.width, grid.offset.cols),
               y = at(p.y, grid.frame.height, grid.offset.rows);
  cv::Point2d sum = p;
  for (int j = static_cast<int>(y); j <= std::min(static_cast<int>(y) + 1, grid.offset.rows - 1); ++j)
    for (int i = static_cast<int>(x); i <= std::min(static_cast<int>(x) + 1, grid.offset.cols - 1); ++i) {
      const double weight = (1 - std::abs(x - i)) * (1 - std::abs(y - j));
      sum += weight * cv::Point2d(grid.offset(j, i)[0], grid.offset(j, i)[1]);
    }
  return sum;
}

// The coordinate within the picture that a place beyond its edge stands for, step by step; no number: none.
double folded(double v, int side, Border border) {
  const double low = border == Border::kReflect101 ? 0 : -0.5;
  const double high = border == Border::kReflect101 ? side - 1 : side - 0.5;
  if (!std::isfinite(v) || std::abs(v) > 1e5) return NAN;
  while (v < -0.5 || v > side - 0.5) {
    if (border == Border::kConstant) return NAN;
    if (border == Border::kReplicate) return std::clamp(v, 0.0, side - 1.0);
    if (border == Border::kWrap)
      v += v < 0 ? side : -side;
    else
      v = v < low ? 2 * low - v : 2 * high - v;
  }
  return v;
}

// Where the output's place p lies in the source, one step after the other, the last one first.
cv::Point2d source_of(const std::vector<Step>& steps, cv::Point2d p, Border border) {
  std::vector<cv::Size> frames{kSize};
  for (const Step& step : steps) frames.push_back(output_size(step, frames.back()));
  const auto fold = [&](cv::Size frame) {
    p = {folded(p.x, frame.width, border), folded(p.y, frame.height, border)};
  };
  for (std::size_t i = steps.size(); i-- > 0;) {
    if (const auto* geometry = std::get_if<GeometryStep>(&steps[i])) {
      p = projected(geometry->map.matrix, p);
      if (geometry->map.grid) p = projected(geometry->map.then, displaced(*geometry->map.grid, p));
    } else if (const auto* pixel = std::get_if<PixelStep>(&steps[i])) {
      fold(frames[i]);
      if (pixel->picture && !cv::Rect2d(pixel->picture->x - 0.5, pixel->picture->y - 0.5,
                                        pixel->picture->width, pixel->picture->height)
                                 .contains(p))
        return {NAN, NAN};
    } else if (std::holds_alternative<BlendStep>(steps[i])) {
      fold(frames[i]);
    }
  }
  fold(kSize);
  return p;
}

cv::Mat drawn_anew(const Shape& shape, const std::vector<Step>& steps, Border border) {
  cv::Size size = kSize;
  for (const Step& step : steps) size = output_size(step, size);
  cv::Mat mask(size, CV_8UC1, cv::Scalar(0));
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x)
      if (shape(source_of(steps, cv::Point2d(x, y), border))) mask.at<std::uint8_t>(y, x) = kObject;
  return mask;
}

// Intersection over union; of what is hardly there any more, whether little differs.
double overlap(const cv::Mat& a, const cv::Mat& b) {
  constexpr int kLittle = 500;
  const int both = cv::countNonZero(a & b), any = cv::countNonZero(a | b);
  if (any < kLittle) return any - both < kLittle / 10 ? 1 : 0;
  return static_cast<double>(both) / any;
}

// What the image itself shows: white where the object is, looked at where it is more white than black.
cv::Mat seen(const Shape& shape, const std::vector<Step>& steps, Border border) {
  cv::Mat image = run(steps, drawn_mask(shape) * (255 / kObject + 1), {.border = border});
  return image > 127;
}

struct Figures {
  double least_overlap = 1, farthest_side = 0;
  void add(double overlap_, double side) {
    least_overlap = std::min(least_overlap, overlap_);
    farthest_side = std::max(farthest_side, side);
  }
};

double distance(const cv::Rect2d& a, const cv::Rect2d& b) {
  return std::max({std::abs(a.x - b.x), std::abs(a.y - b.y), std::abs(a.br().x - b.br().x),
                   std::abs(a.br().y - b.br().y)});
}

// Of the box's side that is farthest from the bound of the mask. The bound is that of the object itself: a
// constant border shows no mirror images of it.
double box_error(const std::vector<Step>& steps) {
  const Movement movement(steps, kSize, Border::kConstant);
  const cv::Mat mask = movement.moved(drawn_mask(in_box));
  const double right = kBox.x + kBox.width - 0.5, bottom = kBox.y + kBox.height - 0.5;
  const Outline box{
      {kBox.x - 0.5, kBox.y - 0.5}, {right, kBox.y - 0.5}, {right, bottom}, {kBox.x - 0.5, bottom}};
  const MovedOutline moved = movement.moved(box);
  std::vector<cv::Point> object;
  cv::findNonZero(mask, object);
  if (object.empty())
    return moved.outline.empty() ? 0
                                 : std::min(bound_of(moved.outline).width, bound_of(moved.outline).height);
  if (moved.outline.empty()) return object.size() > 2 ? 1e9 : 0;
  const cv::Rect bound = cv::boundingRect(object);
  return distance(bound_of(moved.outline),
                  cv::Rect2d(bound.x - 0.5, bound.y - 0.5, bound.width, bound.height));
}

Figures figures_of(const std::vector<Step>& steps, Border border) {
  Figures figures;
  const Movement movement(steps, kSize, border);
  for (const Shape& shape : {Shape(in_box), Shape(in_bitten_ellipse)}) {
    const cv::Mat mask = movement.moved(drawn_mask(shape));
    double low = 0, high = 0;
    cv::minMaxLoc(mask, &low, &high);
    EXPECT_TRUE(high == 0 || high == kObject);
    EXPECT_EQ(cv::countNonZero(mask == kObject), cv::countNonZero(mask)) << "values were mixed";
    figures.add(overlap(mask, drawn_anew(shape, steps, border)), box_error(steps));
  }
  return figures;
}

bool only_geometry(const std::vector<Step>& steps) {
  return std::ranges::all_of(steps,
                             [](const Step& step) { return std::holds_alternative<GeometryStep>(step); });
}

bool moves(const std::vector<Step>& steps) {
  return std::ranges::any_of(steps, [](const Step& step) {
    const auto* pixel = std::get_if<PixelStep>(&step);
    return std::holds_alternative<GeometryStep>(step) || (pixel != nullptr && pixel->picture);
  });
}

std::vector<Step> steps_of(const TransformSpec& spec, cv::Size frame, std::uint32_t copy, bool as_example) {
  const BoundTransform transform =
      bound(spec.name, as_example || !spec.bind({}) ? example_values(spec) : ParameterValues{});
  return drawn(transform, frame, {.seed = 11, .sample = 5, .copy = copy}, company()).steps;
}

constexpr Border kBorders[] = {Border::kConstant, Border::kReplicate, Border::kReflect, Border::kReflect101,
                               Border::kWrap};

class OfTransform : public ::testing::TestWithParam<std::string> {};

TEST_P(OfTransform, MaskAndBoxStayWithTheirObject) {
  const TransformSpec& spec = *find_transform(GetParam());
  Figures worst;
  for (std::uint32_t copy = 1; copy <= 10; ++copy) {
    const std::vector<Step> steps = steps_of(spec, kSize, copy, copy % 2 == 0);
    const Border border = kBorders[copy / 2 % 5];
    SCOPED_TRACE("copy " + std::to_string(copy));
    if (!moves(steps)) {
      EXPECT_TRUE(Movement(steps, kSize, border).moves_nothing());
      continue;
    }
    const Figures figures = figures_of(steps, border);
    EXPECT_GE(figures.least_overlap, kLeastOverlap);
    EXPECT_LE(figures.farthest_side, kBoxTolerance);
    worst.add(figures.least_overlap, figures.farthest_side);
    if (!only_geometry(steps)) continue;
    const cv::Mat mask = Movement(steps, kSize, border).moved(drawn_mask(in_box));
    EXPECT_GE(overlap(mask, seen(in_box, steps, border)), kLeastOverlap);
  }
  RecordProperty("least_overlap", std::to_string(worst.least_overlap));
  RecordProperty("farthest_side", std::to_string(worst.farthest_side));
}

std::vector<std::string> followed_transforms() {
  std::vector<std::string> names;
  for (const TransformSpec& spec : transforms())
    if (spec.annotations_follow) names.push_back(spec.name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(Scene, OfTransform, ::testing::ValuesIn(followed_transforms()),
                         [](const auto& name) { return name.param; });

TEST(Scene, MaskAndBoxStayWithTheirObjectThroughChains) {
  std::vector<const TransformSpec*> geometry;
  for (const TransformSpec& spec : transforms())
    if (spec.annotations_follow && spec.group == "geometry") geometry.push_back(&spec);
  Rng rng({.seed = 3}, 0);
  Figures worst;
  for (std::uint32_t chain = 0; chain < 60; ++chain) {
    std::vector<Step> steps;
    std::string names;
    cv::Size frame = kSize;
    for (int i = 0; i < 3; ++i) {
      const TransformSpec& spec =
          *geometry[(chain * 7 + static_cast<std::uint32_t>(i) * 13 + chain / 5) % geometry.size()];
      for (const Step& step : steps_of(spec, frame, chain * 3 + static_cast<std::uint32_t>(i), true)) {
        frame = output_size(step, frame);
        steps.push_back(step);
      }
      names += spec.name + " ";
      if (chain % 4 == 0) steps.emplace_back(PixelStep{[](cv::Mat&) {}});  // a fence
    }
    SCOPED_TRACE(names);
    const Figures figures = figures_of(steps, kBorders[chain % 5]);
    EXPECT_GE(figures.least_overlap, kLeastOverlap);
    EXPECT_LE(figures.farthest_side, kBoxTolerance);
    worst.add(figures.least_overlap, figures.farthest_side);
  }
  RecordProperty("least_overlap", std::to_string(worst.least_overlap));
  RecordProperty("farthest_side", std::to_string(worst.farthest_side));
}

TEST(Scene, WhatIsPaintedAroundAPictureIsNowhereInTheMask) {
  const auto steps = drawn("pad", {{"width", 400}, {"height", 300}, {"fill", Color{9, 9, 9}}}, kSize).steps;
  const cv::Mat full(kSize, CV_8UC1, cv::Scalar(kObject));
  const cv::Mat mask = Movement(steps, kSize, Border::kReflect).moved(full);
  ASSERT_EQ(mask.size(), cv::Size(400, 300));
  EXPECT_EQ(cv::countNonZero(mask), kSize.area());
  EXPECT_EQ(cv::countNonZero(mask(cv::Rect({40, 30}, kSize))), kSize.area());
}

TEST(Scene, VisibleIsTheShareOfTheAreaThatTheFrameShows) {
  const auto steps = drawn("translate", {{"x", fixed(0.5)}, {"y", fixed(0)}}, kSize).steps;
  const Movement movement(steps, kSize, Border::kConstant);
  const Outline box{{89.5, 69.5}, {239.5, 69.5}, {239.5, 179.5}, {89.5, 179.5}};
  const MovedOutline moved = movement.moved(box);
  EXPECT_NEAR(moved.visible, 70.0 / 150, 1e-9);
  EXPECT_NEAR(bound_of(moved.outline).x, 249.5, 1e-9);
  EXPECT_NEAR(bound_of(moved.outline).br().x, 319.5, 1e-9);
  const auto gone = drawn("translate", {{"x", fixed(0.9)}, {"y", fixed(0)}}, kSize).steps;
  EXPECT_EQ(Movement(gone, kSize, Border::kConstant).moved(box).visible, 0);
}

TEST(Scene, FlipsAndTurnsOfMasksAreExact) {
  const cv::Mat mask = drawn_mask(in_bitten_ellipse);
  cv::Mat wanted;
  cv::flip(mask, wanted, 1);
  const auto flip = drawn("horizontal_flip", {}, kSize).steps;
  EXPECT_TRUE(same_pixels(Movement(flip, kSize, Border::kReflect).moved(mask), wanted));
  cv::transpose(mask, wanted);
  const auto transpose = drawn("transpose", {}, kSize).steps;
  EXPECT_TRUE(same_pixels(Movement(transpose, kSize, Border::kReflect).moved(mask), wanted));
}

}  // namespace
}  // namespace tenfold
