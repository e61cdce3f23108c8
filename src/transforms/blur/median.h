// The median filter.

#pragma once

#include <opencv2/core.hpp>

namespace tenfold {

// Each value becomes the median of its channel over the square of 2 radius + 1 pixels about it; mirrored at
// the edges (reflect_101). REQUIRES 1 ≤ radius ≤ 127.
void median_filter(const cv::Mat& in, cv::Mat& out, int radius);

}  // namespace tenfold
