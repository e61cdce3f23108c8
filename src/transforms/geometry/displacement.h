// What the transforms that bend a picture share: displacement grids and the random numbers on their knots.

#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

#include "tenfold/steps/step.h"

namespace tenfold {

// The step that looks each point p of the frame up at p + offset(p), bilinear between the knots. `offset`
// holds a knot for each corner of the cells that divide `covered`, which begins at the frame's top left
// corner and is the frame's own size, or larger; in pixels, x and y.
GeometryStep displaced_step(cv::Size frame, cv::Size2d covered, const cv::Mat_<cv::Vec2f>& offset);
GeometryStep displaced_step(cv::Size frame, const cv::Mat_<cv::Vec2f>& offset);

// Two independent standard normal numbers for each knot, keyed by its place; |z| < 4.33.
cv::Mat_<cv::Vec2d> normal_knots(std::uint64_t noise_key, cv::Size knots);

}  // namespace tenfold
