// Maps of geometric transforms, from output to input, about the centre of the image.
//
// Pixel centres lie at integers, so the centre of a w×h image is ((w-1)/2, (h-1)/2). y points down.

#pragma once

#include <opencv2/core.hpp>

#include "tenfold/steps/step.h"

namespace tenfold {

// How a picture is moved: its linear part about the centre, then a shift in pixels. Stored as the inverse of
// the linear part, which is what looking up an output pixel needs.
struct AffineMotion {
  cv::Matx22d inverse = cv::Matx22d::eye();
  cv::Vec2d shift{0, 0};
};

// The step that moves the picture so and keeps the frame: input = inverse·(output − c − shift) + c.
GeometryStep affine_step(const AffineMotion& motion, cv::Size frame);

// The inverses of: a counter-clockwise turn as one sees it, a magnification, and a shear in which rows move
// right by tan(x) per pixel downwards, then columns move down by tan(y) per pixel to the right.
cv::Matx22d inverse_rotation(double degrees);
cv::Matx22d inverse_scale(double x, double y);
cv::Matx22d inverse_shear(double x_degrees, double y_degrees);

// The step without interpolation: input = matrix · output, all entries whole numbers.
GeometryStep exact_step(cv::Size output, const cv::Matx33d& matrix);

// The step that resamples `window` of the input, given in pixel edges, to a frame of size `output`.
GeometryStep window_step(const cv::Rect& window, cv::Size output);

// Exact at multiples of 90, where the C library's functions of radians are not.
double cos_degrees(double degrees);
double sin_degrees(double degrees);

}  // namespace tenfold
