// Multiplying an image by light that differs from place to place.

#pragma once

#include <algorithm>
#include <limits>

#include "transforms/pixel_layout.h"

namespace tenfold {

// out(x, y) = gain(x, y) · in(x, y), rounded and saturated; gains are not negative. Alpha is left alone. In
// double precision: only products and sums take part, so the bytes are the same on every CPU.
template <typename Gain>
void multiply_light(cv::Mat& image, Gain gain) {
  with_code_type(image, [&]<typename Code>(Code) {
    constexpr double kWhite = std::numeric_limits<Code>::max();
    const int channels = image.channels();
    const int colors = color_channels(image);
    for (int y = 0; y < image.rows; ++y) {
      Code* pixel = image.ptr<Code>(y);
      for (int x = 0; x < image.cols; ++x, pixel += channels) {
        const double here = gain(x, y);
        for (int c = 0; c < colors; ++c)
          pixel[c] = static_cast<Code>(std::min(here * pixel[c], kWhite) + 0.5);
      }
    }
  });
}

}  // namespace tenfold
