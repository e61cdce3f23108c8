// How often each code value occurs in a channel, and what a table makes of it. Pixels of alpha 0 do not
// count, but a table maps them like any other.

#pragma once

#include <cstdint>
#include <limits>
#include <opencv2/core.hpp>
#include <vector>

#include "transforms/pixel_layout.h"

namespace tenfold {

// One count for each of the 256 or 65,536 code values.
template <typename Code>
std::vector<std::int64_t> channel_histogram(const cv::Mat& image, int channel) {
  std::vector<std::int64_t> counts(std::size_t{std::numeric_limits<Code>::max()} + 1);
  for_each_visible<Code>(image, [&](const Code* pixel) { ++counts[pixel[channel]]; });
  return counts;
}

// Replaces each value of the channel by the table's entry for it; an empty table leaves it as it is.
template <typename Code>
void map_channel(cv::Mat& image, int channel, const std::vector<Code>& table) {
  if (table.empty()) return;
  const int stride = image.channels();
  for (int y = 0; y < image.rows; ++y) {
    Code* row = image.ptr<Code>(y) + channel;
    for (int x = 0; x < image.cols; ++x) row[x * stride] = table[row[x * stride]];
  }
}

}  // namespace tenfold
