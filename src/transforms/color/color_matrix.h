// The matrices that the color transforms have in common, on (b, g, r, 1) in code values of 0-255.

#pragma once

#include <opencv2/core.hpp>

namespace tenfold {

// out = gain · in + offset, for all channels alike.
cv::Matx34d line_matrix(double gain, double offset);

// out = gain · in + offset, each channel with its own; in the order b, g, r.
cv::Matx34d diagonal_matrix(const cv::Vec3d& gain, const cv::Vec3d& offset);

// out = factor · (in - 128) + 128.
cv::Matx34d contrast_matrix(double factor);

// out = luma + factor · (in - luma), with the luma of ITU-R BT.601.
cv::Matx34d saturation_matrix(double factor);

// A turn about the grey axis (1, 1, 1); 120 degrees takes red to green, green to blue and blue to red.
//
// Rodrigues' formula: R = cos·I + (1 - cos)/3·J + sin/√3·K (J is all ones, K the cross product with the
// axis).
cv::Matx34d hue_matrix(double degrees);

// `second` after `first`.
cv::Matx34d composed(const cv::Matx34d& second, const cv::Matx34d& first);

}  // namespace tenfold
