// Pixels to PNG, straight into the caller's bytes.

#include <png.h>

#include <bit>
#include <functional>
#include <numeric>
#include <opencv2/core.hpp>

#include "image/codecs.h"
#include "image/png_writer.h"

namespace tenfold {
namespace {

// Measured per file on photographs of 512x384 (time, size) and on 28x28 digits (size), all filters unless
// said:
//   level 6  55 ms 161 kB, 270 B     level 1             14 ms 189 kB, 281 B
//   level 3  22 ms 169 kB, 267 B     level 1, Sub alone   9 ms 211 kB, 309 B
//   level 2  18 ms 178 kB, 272 B     level 6, no filter  25 ms 233 kB, 243 B
// Level 3 is the last one that buys much for its time.
constexpr int kCompressionLevel = 3;
// Of a small image most of the time went into clearing zlib's tables: 0.08 ms at the usual level of 8, 0.04
// ms at this one, for the same bytes.
constexpr int kSmallMemoryLevel = 5;
constexpr std::size_t kSmallImageBytes = 16 * 1024;

bool is_small(const cv::Mat& pixels) { return pixels.total() * pixels.elemSize() <= kSmallImageBytes; }

// Filters are for shades. Of strokes on an even ground they make more different bytes than there were: copies
// of the digits of MNIST take 0.025 ms and 361 B with all filters, 0.020 ms and 324 B without. Such are small
// images in which at least half of the values equal their left neighbours; in small photographs, blurred ones
// too, a third at most do. Large blurred pictures may have as many and want their filters.
bool is_on_even_ground(const cv::Mat& pixels) {
  const std::size_t pixel = pixels.elemSize(), row_bytes = pixel * pixels.cols;
  std::size_t equal = 0;
  for (int y = 0; y < pixels.rows; ++y) {
    const std::uint8_t* row = pixels.ptr(y);
    equal += std::inner_product(row + pixel, row + row_bytes, row, std::size_t{0}, std::plus<>(),
                                std::equal_to<>());
  }
  return 2 * equal >= row_bytes * pixels.rows;
}

struct PixelWriter : PngWriter {
  using PngWriter::PngWriter;
  const cv::Mat* pixels = nullptr;
  const Bytes* profile = nullptr;
};

int color_type(int channels) {
  constexpr int kTypes[] = {PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
                            PNG_COLOR_TYPE_RGB_ALPHA};
  return kTypes[channels - 1];
}

void write(PixelWriter& writer) {
  const png_structp png = writer.png;
  const cv::Mat& pixels = *writer.pixels;
  begin_png(writer);
  png_set_benign_errors(png, 1);  // a profile that libpng dislikes is left out
  png_set_compression_level(png, kCompressionLevel);
  if (is_small(pixels)) png_set_compression_mem_level(png, kSmallMemoryLevel);
  const bool filtered = !is_small(pixels) || !is_on_even_ground(pixels);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, filtered ? PNG_ALL_FILTERS : PNG_FILTER_NONE);
  png_set_IHDR(png, writer.info, static_cast<png_uint_32>(pixels.cols), static_cast<png_uint_32>(pixels.rows),
               pixels.depth() == CV_16U ? 16 : 8, color_type(pixels.channels()), PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (writer.profile != nullptr) {
    png_set_iCCP(png, writer.info, "ICC profile", PNG_COMPRESSION_TYPE_BASE, writer.profile->data(),
                 static_cast<png_uint_32>(writer.profile->size()));
  }
  png_write_info(png, writer.info);
  png_set_bgr(png);
  if constexpr (std::endian::native == std::endian::little) png_set_swap(png);
  for (int y = 0; y < pixels.rows; ++y) png_write_row(png, pixels.ptr(y));
  png_write_end(png, nullptr);
}

}  // namespace

Parsed<void> encode_png(const cv::Mat& pixels, const SourceTraits& source, Bytes& out) {
  out.clear();
  PixelWriter writer(out);
  writer.pixels = &pixels;
  if (profile_fits(source.icc_profile, pixels.channels())) writer.profile = &source.icc_profile;
  if (!guarded(writer, write)) return refused(writer.errors.clause("encoded"));
  return {};
}

}  // namespace tenfold
