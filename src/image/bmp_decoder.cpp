// BMP to pixels: palettes, 16, 24 and 32 bits, masks, run lengths.

#include <algorithm>
#include <array>
#include <bit>
#include <opencv2/core.hpp>

#include "image/bmp_layout.h"
#include "image/byte_order.h"
#include "image/codecs.h"

namespace tenfold {
namespace {

using Palette = std::array<cv::Vec3b, 256>;

// Colors beyond the palette's end are black.
Parsed<Palette> read_palette(ByteSpan bytes, const BmpLayout& layout) {
  Palette palette{};
  const std::uint64_t size = std::uint64_t{layout.palette_entries} * layout.palette_entry_bytes;
  if (layout.palette_offset + size > bytes.size()) return cut_off();
  const std::uint8_t* entry = bytes.data() + layout.palette_offset;
  for (std::uint32_t i = 0; i < layout.palette_entries; ++i, entry += layout.palette_entry_bytes) {
    palette[i] = {entry[0], entry[1], entry[2]};
  }
  return palette;
}

bool is_grey(const Palette& palette) {
  return std::ranges::all_of(
      palette, [](const cv::Vec3b& color) { return color[0] == color[1] && color[1] == color[2]; });
}

// The row of the file that is row y of the image.
int stored_row(const BmpLayout& layout, int y) { return layout.top_down ? y : layout.size.height - 1 - y; }

cv::Mat unpacked_indices(ByteSpan data, const BmpLayout& layout) {
  cv::Mat indices(layout.size, CV_8UC1);
  const int per_byte = 8 / layout.bits, mask = (1 << layout.bits) - 1;
  for (int y = 0; y < indices.rows; ++y) {
    const std::uint8_t* from =
        data.data() + static_cast<std::uint64_t>(stored_row(layout, y)) * layout.row_bytes();
    std::uint8_t* to = indices.ptr(y);
    for (int x = 0; x < indices.cols; ++x) {
      const int shift = layout.bits * (per_byte - 1 - x % per_byte);
      to[x] = static_cast<std::uint8_t>(from[x / per_byte] >> shift & mask);
    }
  }
  return indices;
}

// Run lengths: pairs of a count and a color (two colors in turn of 4 bits each), or escapes behind a 0.
class RunLengthReader {
 public:
  RunLengthReader(ByteSpan data, const BmpLayout& layout)
      : data_(data),
        nibbles_(layout.packing == BmpPacking::kRunLength4),
        indices_(layout.size, CV_8UC1, cv::Scalar(0)) {}

  // Pixels that are skipped have index 0.
  Parsed<cv::Mat> read() {
    constexpr int kEndOfRow = 0, kEndOfImage = 1, kMove = 2;
    for (std::uint8_t count = 0, value = 0;;) {
      if (!take(count) || !take(value)) return ended_without_mark();
      if (count > 0) {
        put_run(count, value);
      } else if (value == kEndOfRow) {
        x_ = 0;
        ++y_;
      } else if (value == kEndOfImage) {
        return indices_;
      } else if (value == kMove) {
        std::uint8_t right = 0, up = 0;
        if (!take(right) || !take(up)) return cut_off();
        x_ += right;
        y_ += up;
      } else if (!put_literals(value)) {
        return cut_off();
      }
      if (y_ > indices_.rows) return refused("the run lengths leave the image");
    }
  }

 private:
  bool take(std::uint8_t& byte) {
    if (data_.empty()) return false;
    byte = data_[0];
    data_ = data_.subspan(1);
    return true;
  }

  // Some writers leave out the mark behind the last row.
  Parsed<cv::Mat> ended_without_mark() const {
    const bool last_row_done = y_ >= indices_.rows || (y_ == indices_.rows - 1 && x_ >= indices_.cols);
    if (!last_row_done) return cut_off();
    return indices_;
  }

  void put(int index) {
    if (x_ < indices_.cols && y_ < indices_.rows) {
      indices_.at<std::uint8_t>(indices_.rows - 1 - y_, x_) = static_cast<std::uint8_t>(index);
    }
    x_ = std::min(x_ + 1, indices_.cols);
  }

  void put_run(int count, int value) {
    for (int i = 0; i < count; ++i) put(nibbles_ ? (i % 2 == 0 ? value >> 4 : value & 15) : value);
  }

  bool put_literals(int count) {
    const std::size_t bytes = static_cast<std::size_t>(nibbles_ ? (count + 1) / 2 : count);
    if (data_.size() < bytes + bytes % 2) return false;
    for (int i = 0; i < count; ++i) {
      const std::size_t at = static_cast<std::size_t>(nibbles_ ? i / 2 : i);
      put(nibbles_ ? (i % 2 == 0 ? data_[at] >> 4 : data_[at] & 15) : data_[at]);
    }
    data_ = data_.subspan(bytes + bytes % 2);
    return true;
  }

  ByteSpan data_;
  bool nibbles_;
  cv::Mat indices_;
  int x_ = 0, y_ = 0;  // from the bottom left
};

cv::Mat colored(const cv::Mat& indices, const Palette& palette) {
  const bool grey = is_grey(palette);
  cv::Mat pixels(indices.size(), grey ? CV_8UC1 : CV_8UC3);
  for (int y = 0; y < indices.rows; ++y) {
    for (int x = 0; x < indices.cols; ++x) {
      const cv::Vec3b& color = palette[indices.at<std::uint8_t>(y, x)];
      if (grey) {
        pixels.at<std::uint8_t>(y, x) = color[0];
      } else {
        pixels.at<cv::Vec3b>(y, x) = color;
      }
    }
  }
  return pixels;
}

// The bits of `mask`, widened to 8.
std::uint8_t masked(std::uint32_t pixel, std::uint32_t mask) {
  if (mask == 0) return 0;
  const std::uint64_t most = mask >> std::countr_zero(mask);
  const std::uint64_t value = (pixel & mask) >> std::countr_zero(mask);
  return static_cast<std::uint8_t>((value * 255 + most / 2) / most);
}

cv::Mat masked_pixels(ByteSpan data, const BmpLayout& layout) {
  const bool alpha = layout.masks[3] != 0;
  const int channels = alpha ? 4 : 3, bytes = layout.bits / 8;
  constexpr std::array<int, 4> kMaskOfChannel{2, 1, 0, 3};
  cv::Mat pixels(layout.size, CV_MAKETYPE(CV_8U, channels));
  bool any_alpha = false;
  for (int y = 0; y < pixels.rows; ++y) {
    const std::uint8_t* from =
        data.data() + static_cast<std::uint64_t>(stored_row(layout, y)) * layout.row_bytes();
    std::uint8_t* to = pixels.ptr(y);
    for (int x = 0; x < pixels.cols; ++x, from += bytes, to += channels) {
      const std::uint32_t pixel = bytes == 2 ? little16(from) : little32(from);
      for (int c = 0; c < channels; ++c)
        to[c] = masked(pixel,
                       layout.masks[static_cast<std::size_t>(kMaskOfChannel[static_cast<std::size_t>(c)])]);
      any_alpha = any_alpha || (alpha && to[3] != 0);
    }
  }
  if (!alpha || any_alpha) return pixels;
  // An alpha that is 0 everywhere was never meant: the writer left the bits unused.
  cv::Mat opaque(layout.size, CV_8UC3);
  constexpr std::array<int, 6> kFromTo{0, 0, 1, 1, 2, 2};
  cv::mixChannels(&pixels, 1, &opaque, 1, kFromTo.data(), 3);
  return opaque;
}

cv::Mat plain_pixels(ByteSpan data, const BmpLayout& layout) {
  cv::Mat pixels(layout.size, CV_8UC3);
  const std::uint64_t used = pixels.elemSize() * static_cast<std::uint64_t>(pixels.cols);
  for (int y = 0; y < pixels.rows; ++y) {
    std::ranges::copy(
        data.subspan(static_cast<std::uint64_t>(stored_row(layout, y)) * layout.row_bytes(), used),
        pixels.ptr(y));
  }
  return pixels;
}

Parsed<cv::Mat> read_pixels(ByteSpan bytes, const BmpLayout& layout) {
  if (layout.pixels_offset > bytes.size()) return cut_off();
  const ByteSpan data = bytes.subspan(layout.pixels_offset);
  const bool run_length =
      layout.packing == BmpPacking::kRunLength8 || layout.packing == BmpPacking::kRunLength4;
  const std::uint64_t needed = run_length
                                   ? layout.run_length_bytes
                                   : layout.row_bytes() * static_cast<std::uint64_t>(layout.size.height);
  if (data.size() < needed) return cut_off();
  if (layout.packing == BmpPacking::kMasks) return masked_pixels(data, layout);
  if (layout.bits == 24) return plain_pixels(data, layout);

  const Parsed<Palette> palette = read_palette(bytes, layout);
  if (!palette) return tl::unexpected(palette.error());
  if (!run_length) return colored(unpacked_indices(data, layout), *palette);
  const Parsed<cv::Mat> indices = RunLengthReader(data, layout).read();
  if (!indices) return tl::unexpected(indices.error());
  return colored(*indices, *palette);
}

}  // namespace

Parsed<DecodedImage> decode_bmp(ByteSpan bytes, const ImageHeader& header) {
  ByteSource source(bytes);
  const Parsed<BmpLayout> layout = read_bmp_layout(source);
  if (!layout) return tl::unexpected(layout.error());
  if (layout->size != header.stored) return size_differs_from_header();
  Parsed<cv::Mat> pixels = read_pixels(bytes, *layout);
  if (!pixels) return tl::unexpected(pixels.error());
  DecodedImage image{.pixels = *pixels};
  image.traits.format = Format::kBmp;
  return image;
}

}  // namespace tenfold
