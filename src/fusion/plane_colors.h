// Color matrices on planes: what saturates does so in blue, green and red, as it would on pixels.

#pragma once

#include <array>
#include <opencv2/core.hpp>

namespace tenfold {

// From (Y, Cb, Cr, 1) to (r, g, b) in code values.
using PlaneColors = cv::Matx<float, 3, 4>;

// For each luma sample, with the chroma sample that stands for it, the color in blue, green and red, clamped;
// from those its luma, and chroma from their mean. `values`: Y, Cb and Cr of CV_16SC1 in the scale of the
// working row; `codes`: the same sizes of CV_8UC1. Single floating-point sums and products in a fixed order:
// the same bytes on every instruction set.
void recolor_planes(const PlaneColors& colors, cv::Size sampling, const std::array<cv::Mat, 3>& values,
                    std::array<cv::Mat, 3>& codes);

}  // namespace tenfold
