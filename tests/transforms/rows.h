// Rows of exact numbers: for each transform at least one, worked out by hand from the formula in its header
// or computed by an independent program (tests/transforms/references/). A group's rows stand in
// <group>_rows.cpp.

#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "drawing.h"

namespace tenfold {

struct Row {
  std::string name;
  ParameterValues values;
  cv::Size frame;
  std::function<void(const Drawn&)> check;
};

constexpr double kClose = 1e-12;

inline auto maps(cv::Size output, const cv::Matx33d& matrix) {
  return [=](const Drawn& drawn) {
    const auto& step = std::get<GeometryStep>(drawn.step());
    EXPECT_EQ(step.output, output);
    EXPECT_EQ(step.map.grid, nullptr);
    EXPECT_LT(cv::norm(step.map.matrix, matrix, cv::NORM_INF), kClose) << cv::Mat(step.map.matrix);
  };
}

// Not one bit away: flips and quarter turns must not interpolate.
inline auto maps_exactly(cv::Size output, const cv::Matx33d& matrix) {
  return [=](const Drawn& drawn) {
    const auto& step = std::get<GeometryStep>(drawn.step());
    EXPECT_EQ(step.output, output);
    EXPECT_EQ(step.map.matrix, matrix) << cv::Mat(step.map.matrix);
  };
}

inline auto colors(const cv::Matx34d& matrix) {
  return [=](const Drawn& drawn) {
    const auto& step = std::get<ColorStep>(drawn.step());
    EXPECT_LT(cv::norm(step.matrix, matrix, cv::NORM_INF), kClose) << cv::Mat(step.matrix);
  };
}

// At the code values 0, 64, 128 and 255.
inline auto looks_up(std::array<double, 4> expected) {
  return [=](const Drawn& drawn) {
    const auto& function = std::get<LookupStep>(drawn.step()).function;
    EXPECT_NEAR(function(0), expected[0], 1e-9);
    EXPECT_NEAR(function(64), expected[1], 1e-9);
    EXPECT_NEAR(function(128), expected[2], 1e-9);
    EXPECT_NEAR(function(255), expected[3], 1e-9);
  };
}

inline auto paints(const cv::Mat& image, const cv::Mat& expected) {
  return [=](const Drawn& drawn) {
    cv::Mat result = image.clone();
    std::get<PixelStep>(drawn.step()).apply(result);
    EXPECT_TRUE(same_pixels(result, expected)) << result;
  };
}

// Within so many code values, where the figures of another program are rounded differently.
inline auto paints_about(const cv::Mat& image, const cv::Mat& expected, double tolerance) {
  return [=](const Drawn& drawn) {
    cv::Mat result = image.clone();
    std::get<PixelStep>(drawn.step()).apply(result);
    EXPECT_EQ(result.type(), expected.type());
    EXPECT_LE(cv::norm(result, expected, cv::NORM_INF), tolerance) << result;
  };
}

// Each in its own file.
std::vector<Row> geometry_rows();  // distortion_rows() among them
std::vector<Row> distortion_rows();
std::vector<Row> color_rows();
std::vector<Row> blur_rows();
std::vector<Row> noise_rows();
std::vector<Row> erasing_rows();
std::vector<Row> weather_rows();
std::vector<Row> mixing_rows();
std::vector<Row> domain_rows();
std::vector<Row> policy_rows();

}  // namespace tenfold
