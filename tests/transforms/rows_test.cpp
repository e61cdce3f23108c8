// One row of exact numbers for each transform, worked out by hand from the formulas in the design.

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <set>

#include "drawing.h"

namespace tenfold {
namespace {

struct Row {
  std::string name;
  ParameterValues values;
  cv::Size frame;
  std::function<void(const Drawn&)> check;
};

constexpr double kClose = 1e-12;

auto maps(cv::Size output, const cv::Matx33d& matrix) {
  return [=](const Drawn& drawn) {
    const auto& step = std::get<GeometryStep>(drawn.step);
    EXPECT_EQ(step.output, output);
    EXPECT_EQ(step.map.grid, nullptr);
    EXPECT_LT(cv::norm(step.map.matrix, matrix, cv::NORM_INF), kClose) << cv::Mat(step.map.matrix);
  };
}

// Not one bit away: flips and quarter turns must not interpolate.
auto maps_exactly(cv::Size output, const cv::Matx33d& matrix) {
  return [=](const Drawn& drawn) {
    const auto& step = std::get<GeometryStep>(drawn.step);
    EXPECT_EQ(step.output, output);
    EXPECT_EQ(step.map.matrix, matrix) << cv::Mat(step.map.matrix);
  };
}

auto colors(const cv::Matx34d& matrix) {
  return [=](const Drawn& drawn) {
    const auto& step = std::get<ColorStep>(drawn.step);
    EXPECT_LT(cv::norm(step.matrix, matrix, cv::NORM_INF), kClose) << cv::Mat(step.matrix);
  };
}

// At the code values 0, 64, 128 and 255.
auto looks_up(std::array<double, 4> expected) {
  return [=](const Drawn& drawn) {
    const auto& function = std::get<LookupStep>(drawn.step).function;
    EXPECT_NEAR(function(0), expected[0], 1e-9);
    EXPECT_NEAR(function(64), expected[1], 1e-9);
    EXPECT_NEAR(function(128), expected[2], 1e-9);
    EXPECT_NEAR(function(255), expected[3], 1e-9);
  };
}

auto paints(const cv::Mat& image, const cv::Mat& expected) {
  return [=](const Drawn& drawn) {
    cv::Mat result = image.clone();
    std::get<PixelStep>(drawn.step).apply(result);
    EXPECT_TRUE(same_pixels(result, expected)) << result;
  };
}

std::vector<Row> geometry_rows() {
  const double root = std::sqrt(3.0) / 2;
  return {
      {"horizontal_flip", {}, {5, 3}, maps_exactly({5, 3}, {-1, 0, 4, 0, 1, 0, 0, 0, 1})},
      {"vertical_flip", {}, {5, 3}, maps_exactly({5, 3}, {1, 0, 0, 0, -1, 2, 0, 0, 1})},
      {"transpose", {}, {5, 3}, maps_exactly({3, 5}, {0, 1, 0, 1, 0, 0, 0, 0, 1})},
      {"rotate90", {{"turns", fixed(0)}}, {5, 3}, maps_exactly({5, 3}, cv::Matx33d::eye())},
      // The output's top left pixel is the input's top right one.
      {"rotate90", {{"turns", fixed(1)}}, {5, 3}, maps_exactly({3, 5}, {0, -1, 4, 1, 0, 0, 0, 0, 1})},
      {"rotate90", {{"turns", fixed(2)}}, {5, 3}, maps_exactly({5, 3}, {-1, 0, 4, 0, -1, 2, 0, 0, 1})},
      {"rotate90", {{"turns", fixed(3)}}, {5, 3}, maps_exactly({3, 5}, {0, 1, 0, -1, 0, 2, 0, 0, 1})},
      // About (2, 1). A quarter turn of a square is rotate90's first.
      {"rotate", {{"degrees", fixed(90)}}, {5, 5}, maps_exactly({5, 5}, {0, -1, 4, 1, 0, 0, 0, 0, 1})},
      {"rotate", {{"degrees", fixed(-180)}}, {5, 3}, maps_exactly({5, 3}, {-1, 0, 4, 0, -1, 2, 0, 0, 1})},
      {"rotate",
       {{"degrees", fixed(30)}},
       {5, 3},
       maps({5, 3}, {root, -0.5, 2 - 2 * root + 0.5, 0.5, root, 1 - 1 - root, 0, 0, 1})},
      {"translate",
       {{"x", fixed(0.25)}, {"y", fixed(-0.1)}},
       {8, 20},
       maps_exactly({8, 20}, {1, 0, -2, 0, 1, 2, 0, 0, 1})},
      {"translate", {{"x", fixed(0.5)}}, {5, 3}, maps_exactly({5, 3}, {1, 0, -2.5, 0, 1, 0, 0, 0, 1})},
      {"scale", {{"factor", fixed(2)}}, {5, 3}, maps({5, 3}, {0.5, 0, 1, 0, 0.5, 0.5, 0, 0, 1})},
      {"scale",
       {{"x", fixed(4)}, {"y", fixed(0.5)}},
       {5, 3},
       maps({5, 3}, {0.25, 0, 1.5, 0, 2, -1, 0, 0, 1})},
      // What lies one pixel below the centre has moved one pixel to the right.
      {"shear", {{"x", fixed(45)}}, {5, 3}, maps({5, 3}, {1, -1, 1, 0, 1, 0, 0, 0, 1})},
      {"shear", {{"y", fixed(45)}}, {5, 3}, maps({5, 3}, {1, 0, 0, -1, 1, 2, 0, 0, 1})},
      {"shear", {{"x", fixed(45)}, {"y", fixed(45)}}, {5, 3}, maps({5, 3}, {2, -1, -1, -1, 1, 2, 0, 0, 1})},
      // Forward about (2, 1): shear [1 1; 0 1], times 2, a quarter turn [0 1; -1 0], then (1, 0.3):
      // [0 2; -2 -2]; its inverse is [-0.5 -0.5; 0.5 0].
      {"affine",
       {{"degrees", fixed(90)},
        {"translate_x", fixed(0.2)},
        {"translate_y", fixed(0.1)},
        {"scale", fixed(2)},
        {"shear_x", fixed(45)}},
       {5, 3},
       maps({5, 3}, {-0.5, -0.5, 2 + 0.5 * 3 + 0.5 * 1.3, 0.5, 0, 1 - 0.5 * 3, 0, 0, 1})},
      {"resize", {{"width", 10}, {"height", 2}}, {5, 4}, maps({10, 2}, {0.5, 0, -0.25, 0, 2, 0.5, 0, 0, 1})},
      {"resize", {{"width", 10}}, {4, 3}, maps({10, 8}, {0.4, 0, -0.3, 0, 0.375, -0.3125, 0, 0, 1})},
      {"resize", {{"height", 6}}, {4, 3}, maps({8, 6}, {0.5, 0, -0.25, 0, 0.5, -0.25, 0, 0, 1})},
      {"resize", {{"shorter", 6}}, {4, 3}, maps({8, 6}, {0.5, 0, -0.25, 0, 0.5, -0.25, 0, 0, 1})},
      {"resize", {{"shorter", 6}}, {3, 4}, maps({6, 8}, {0.5, 0, -0.25, 0, 0.5, -0.25, 0, 0, 1})},
      {"resize", {{"longer", 2}}, {4, 3}, maps({2, 2}, {2, 0, 0.5, 0, 1.5, 0.25, 0, 0, 1})},
      {"resize", {{"longer", 1}}, {400, 3}, maps({1, 1}, {400, 0, 199.5, 0, 3, 1, 0, 0, 1})},
  };
}

std::vector<Row> crop_rows() {
  const auto at_its_place = [](cv::Size output, cv::Size size, cv::Point2d zoom) {
    return [=](const Drawn& drawn) {
      const double x = number(drawn, "x");
      const double y = number(drawn, "y");
      EXPECT_EQ(number(drawn, "width"), size.width);
      EXPECT_EQ(number(drawn, "height"), size.height);
      maps(output, {zoom.x, 0, x + 0.5 * zoom.x - 0.5, 0, zoom.y, y + 0.5 * zoom.y - 0.5, 0, 0, 1})(drawn);
    };
  };
  return {
      {"crop", {{"scale", fixed(0.25)}}, {20, 12}, at_its_place({20, 12}, {10, 6}, {0.5, 0.5})},
      // Four times as wide for its height: 20·√(0.25·4) × 12·√(0.25/4).
      {"crop",
       {{"scale", fixed(0.25)}, {"ratio", fixed(4)}},
       {20, 12},
       at_its_place({20, 12}, {20, 3}, {1, 0.25})},
      {"crop",
       {{"width", 7}, {"height", 5}, {"keep_size", false}},
       {20, 12},
       at_its_place({7, 5}, {7, 5}, {1, 1})},
      {"crop", {{"width", 5}}, {20, 12}, at_its_place({20, 12}, {5, 12}, {0.25, 1})},
      {"crop", {{"width", 500}, {"height", 500}}, {20, 12}, maps_exactly({20, 12}, cv::Matx33d::eye())},
      {"crop", {{"scale", fixed(0.0001)}}, {20, 12}, at_its_place({20, 12}, {1, 1}, {0.05, 1.0 / 12})},
  };
}

std::vector<Row> color_rows() {
  return {
      {"brightness", {{"factor", fixed(1.5)}}, {1, 1}, colors({1.5, 0, 0, 0, 0, 1.5, 0, 0, 0, 0, 1.5, 0})},
      {"contrast", {{"factor", fixed(0.5)}}, {1, 1}, colors({0.5, 0, 0, 64, 0, 0.5, 0, 64, 0, 0, 0.5, 64})},
      {"saturation",
       {{"factor", fixed(0)}},
       {1, 1},
       colors({0.114, 0.587, 0.299, 0, 0.114, 0.587, 0.299, 0, 0.114, 0.587, 0.299, 0})},
      {"saturation",
       {{"factor", fixed(2)}},
       {1, 1},
       colors({1.886, -0.587, -0.299, 0, -0.114, 1.413, -0.299, 0, -0.114, -0.587, 1.701, 0})},
      // Red to green, green to blue, blue to red.
      {"hue", {{"degrees", fixed(120)}}, {1, 1}, colors({0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0})},
      {"hue",
       {{"degrees", fixed(180)}},
       {1, 1},
       colors({-1. / 3, 2. / 3, 2. / 3, 0, 2. / 3, -1. / 3, 2. / 3, 0, 2. / 3, 2. / 3, -1. / 3, 0})},
      {"gamma", {{"gamma", fixed(2)}}, {1, 1}, looks_up({0, 64. * 64 / 255, 128. * 128 / 255, 255})},
      {"gamma", {{"gamma", fixed(1)}}, {1, 1}, looks_up({0, 64, 128, 255})},
      {"channel_shift",
       {{"shift", fixed(-12.5)}},
       {1, 1},
       colors({1, 0, 0, -12.5, 0, 1, 0, -12.5, 0, 0, 1, -12.5})},
      {"grayscale",
       {},
       {1, 1},
       colors({0.114, 0.587, 0.299, 0, 0.114, 0.587, 0.299, 0, 0.114, 0.587, 0.299, 0})},
  };
}

std::vector<Row> pixel_rows() {
  // 16 bit: (65,535·below + 1) div 3, with 3 of 4 pixels below the highest.
  const cv::Mat dim = (cv::Mat_<std::uint16_t>(1, 4) << 100, 300, 200, 400);
  const cv::Mat even = (cv::Mat_<std::uint16_t>(1, 4) << 0, 43'690, 21'845, 65'535);
  // Sigma 1: weights exp(-d²/2) / 2.50647 are 0.39905, 0.24204, 0.05401, 0.00443.
  cv::Mat impulse = cv::Mat::zeros(1, 9, CV_16UC1);
  impulse.at<std::uint16_t>(4) = 10'000;
  const std::array<double, 9> kWeights{0, 44.3, 540.1, 2420.4, 3990.5, 2420.4, 540.1, 44.3, 0};
  const auto blurs = [=](const Drawn& drawn) {
    cv::Mat result = impulse.clone();
    std::get<PixelStep>(drawn.step).apply(result);
    for (int x = 0; x < 9; ++x)
      EXPECT_NEAR(result.at<std::uint16_t>(x), kWeights[static_cast<std::size_t>(x)], 1) << x;
  };
  // Black has no photons; without deviation, nothing to add.
  const cv::Mat black = cv::Mat::zeros(4, 4, CV_8UC3);
  // One tile and a slope without limit: 256 bins of two pixels of one value each: lut = sum·255/2.
  const cv::Mat two = (cv::Mat_<std::uint8_t>(1, 2) << 10, 200);
  const cv::Mat spread = (cv::Mat_<std::uint8_t>(1, 2) << 128, 255);
  return {
      {"equalize", {}, dim.size(), paints(dim, even)},
      {"gaussian_blur", {{"sigma", fixed(1)}}, impulse.size(), blurs},
      {"gaussian_blur", {{"sigma", fixed(0.1)}}, {9, 9}, colors(cv::Matx34d::eye())},
      {"gaussian_noise", {{"std", fixed(0)}}, {9, 9}, colors(cv::Matx34d::eye())},
      {"poisson_noise", {{"strength", fixed(3)}}, black.size(), paints(black, black)},
      {"clahe", {{"clip_limit", fixed(100)}, {"tiles", 1}}, two.size(), paints(two, spread)},
  };
}

std::vector<Row> all_rows() {
  std::vector<Row> all;
  for (const auto& rows : {geometry_rows(), crop_rows(), color_rows(), pixel_rows()})
    all.insert(all.end(), rows.begin(), rows.end());
  return all;
}

TEST(Transforms, GiveTheNumbersOfTheirRows) {
  for (const Row& row : all_rows()) {
    SCOPED_TRACE(row.name);
    const BoundTransform transform = bound(row.name, row.values);
    for (std::uint32_t copy = 1; copy <= 3; ++copy) row.check(drawn(transform, row.frame, {.copy = copy}));
  }
}

TEST(Transforms, EveryBuiltinHasARow) {
  std::set<std::string> with_row;
  for (const Row& row : all_rows()) with_row.insert(row.name);
  for (const TransformSpec& spec : transforms()) EXPECT_TRUE(with_row.contains(spec.name)) << spec.name;
}

}  // namespace
}  // namespace tenfold
