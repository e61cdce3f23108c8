// What the pixel transforms need to know of an image's layout: grey, grey+alpha, BGR or BGRA of 8 or 16 bit.

#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

namespace tenfold {

// The channels before alpha: 1 or 3.
inline int color_channels(const cv::Mat& image) { return image.channels() < 3 ? 1 : 3; }

inline bool has_alpha(const cv::Mat& image) { return image.channels() == 2 || image.channels() == 4; }

// Calls the function with a value of the image's element type: std::uint8_t or std::uint16_t.
template <typename Function>
void with_code_type(const cv::Mat& image, Function&& function) {
  if (image.depth() == CV_8U)
    function(std::uint8_t{});
  else
    function(std::uint16_t{});
}

// Calls the function with a pointer to each pixel that can be seen. What color a pixel of alpha 0 has is an
// accident of how the file was written, so it has no part in histograms and means.
template <typename Code, typename Function>
void for_each_visible(const cv::Mat& image, Function&& function) {
  const int channels = image.channels();
  const bool alpha = has_alpha(image);
  for (int y = 0; y < image.rows; ++y) {
    const Code* pixel = image.ptr<Code>(y);
    for (int x = 0; x < image.cols; ++x, pixel += channels)
      if (!alpha || pixel[channels - 1] != 0) function(pixel);
  }
}

}  // namespace tenfold
