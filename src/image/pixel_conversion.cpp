#include "image/pixel_conversion.h"

#include <array>
#include <cstdint>
#include <limits>

namespace tenfold {
namespace {

template <typename Sample>
void flatten_row(const Sample* from, Sample* to, int width, int colors) {
  constexpr std::uint64_t kFull = std::numeric_limits<Sample>::max();
  for (int x = 0; x < width; ++x, from += colors + 1, to += colors) {
    const std::uint64_t alpha = from[colors];
    for (int c = 0; c < colors; ++c) {
      to[c] = static_cast<Sample>((from[c] * alpha + kFull * (kFull - alpha) + kFull / 2) / kFull);
    }
  }
}

}  // namespace

cv::Mat to_8_bit(const cv::Mat& pixels) {
  if (pixels.depth() == CV_8U) return pixels;
  cv::Mat narrow;
  pixels.convertTo(narrow, CV_8U, 1.0 / 257.0);  // 257 is odd: no value lies halfway
  return narrow;
}

cv::Mat flattened_on_white(const cv::Mat& pixels) {
  const int channels = pixels.channels();
  if (channels == 1 || channels == 3) return pixels;
  cv::Mat flat(pixels.size(), CV_MAKETYPE(pixels.depth(), channels - 1));
  for (int y = 0; y < pixels.rows; ++y) {
    if (pixels.depth() == CV_8U) {
      flatten_row(pixels.ptr<std::uint8_t>(y), flat.ptr<std::uint8_t>(y), pixels.cols, channels - 1);
    } else {
      flatten_row(pixels.ptr<std::uint16_t>(y), flat.ptr<std::uint16_t>(y), pixels.cols, channels - 1);
    }
  }
  return flat;
}

cv::Mat to_color(const cv::Mat& pixels) {
  const int channels = pixels.channels();
  if (channels >= 3) return pixels;
  cv::Mat color(pixels.size(), CV_MAKETYPE(pixels.depth(), channels + 2));
  constexpr std::array<int, 8> kFromTo{0, 0, 0, 1, 0, 2, 1, 3};
  cv::mixChannels(&pixels, 1, &color, 1, kFromTo.data(), static_cast<std::size_t>(channels + 2));
  return color;
}

}  // namespace tenfold
