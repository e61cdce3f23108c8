// The Gaussian filter of gaussian_blur, glass_blur and unsharp_mask.

#pragma once

#include <opencv2/core.hpp>

namespace tenfold {

// Below this sigma a neighbour weighs less than 2^-32.
inline constexpr double kNarrowestGaussian = 0.15;

// Weights exp(-d² / (2 sigma²)), cut off at three sigma; mirrored at the edges (reflect_101). OpenCV computes
// 8 and 16 bit in fixed point. REQUIRES sigma > 0.
void gaussian_filter(const cv::Mat& in, cv::Mat& out, double sigma);

}  // namespace tenfold
