// What an image looks like, for finding pictures that are one picture: resized, encoded again, brightened or
// cropped a little.
//
// A Thumbnail is the exact average of luma over 64×64 cells, whatever the shape of the image, and what two
// images are compared by. A Look is 66 bytes about it that are kept for every image: its lowest frequencies
// (cosine transform, the first eight in each direction without the mean, each weighted by its frequency
// because natural images have less of the higher ones, together of length one) and the proportion of its
// sides. Looks that are near to one another only say which thumbnails are worth a comparison.
//
// All of it is integer arithmetic: the same on every machine. Alpha is laid on mid-grey, where neither black
// nor white drawings vanish; 16 bits become 8. An image under 64 pixels on a side has no look, nor has one
// without detail, such as a blank page: what is left of those is noise, and noise must not match. They can be
// compared exactly only.
//
// Thread safety: values and pure functions.

#pragma once

#include <array>
#include <cstdint>
#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace tenfold {

inline constexpr int kThumbnailSide = 64;

struct Thumbnail {
  std::array<std::uint16_t, kThumbnailSide * kThumbnailSide> luma{};  // 256ths of a code value, row by row

  bool operator==(const Thumbnail&) const = default;
};

// Of pixels H×W×{1,2,3,4}, CV_8U or CV_16U. REQUIRES 64 pixels on each side.
Thumbnail thumbnail_of(const cv::Mat& pixels);

struct Look {
  static constexpr int kWaves = 63;
  static constexpr int kLength = 256;  // of the vector of waves, where none of them was clipped
  static constexpr int kSquare = 2048;

  std::array<std::int8_t, kWaves + 1> waves{};  // by frequency; the last is 0
  std::uint16_t proportion = 0;                 // 2,048ths of width : height

  auto operator<=>(const Look&) const = default;
};

// Nothing for an image under 64 pixels on a side and for one without detail.
std::optional<Look> look_of(const cv::Mat& pixels);

// Likewise, for an image of `size` that has this thumbnail.
std::optional<Look> look_of(const Thumbnail& thumbnail, cv::Size size);

// 130 hexadecimal digits; nothing for any other text.
std::string text_of(const Look& look);
std::optional<Look> parse_look(std::string_view text);

}  // namespace tenfold
