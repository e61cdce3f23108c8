// Averages of blocks of pixels: what comes before sampling where a map shrinks the image.

#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <vector>

namespace tenfold {

inline constexpr int kAverageBits = 8;  // behind the point of averages of 8-bit values

// Partial blocks at the right and the bottom average the pixels they have.
cv::Size averaged_size(cv::Size input, cv::Size blocks);

// The average's type: 16 bits, BGR in four channels.
int averaged_type(int type);

// Averages `input` over blocks of this size into `output`, which has averaged_size() and averaged_type().
// `sums` is memory that is used again.
void average_blocks(const cv::Mat& input, cv::Size blocks, std::vector<std::uint64_t>& sums, cv::Mat& output);

}  // namespace tenfold
