// Image files made by means that owe nothing to the code under test: libjpeg, libtiff, zlib and bytes by
// hand.

#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tenfold/image/codec.h"

namespace tenfold::test {

// A smooth pattern that looks different from every side; alpha varies, too.
cv::Mat pattern(cv::Size size, int type);

Bytes bytes_of(std::string_view text);
Bytes joined(std::initializer_list<Bytes> parts);
Bytes first_bytes(const Bytes& bytes, std::size_t count);
std::string text_of(std::span<const std::uint8_t> bytes);

// The pixels or the reason, in either step.
Outcome<DecodedImage> read_and_decode(const Bytes& file);

// Why the file is refused; "an image" if it is not.
std::string reason(const Bytes& file);

// The pixels of a file that must decode.
cv::Mat pixels_of(const Bytes& file);

struct JpegOptions {
  int quality = 90;
  int horizontal = 2, vertical = 2;  // sampling of luma
  bool progressive = false;
  bool separate_scans = false;    // one for each component, not progressive
  unsigned restart_interval = 0;  // MCUs
  bool rgb = false;               // 3 channels: not as YCbCr
  bool adobe = true;              // CMYK: values are inverted and a marker says so
  Bytes icc_profile{};
};
// 1 channel: grey; 3: BGR as YCbCr; 4: CMYK (the channels are written as they are).
Bytes jpeg_file(const cv::Mat& pixels, const JpegOptions& options = {});

// EXIF data that tell an orientation, without and with what a JPEG puts around.
Bytes exif_block(int orientation, bool big_endian = false);
// EXIF data with a GPS directory: one that tells a latitude, or but its version.
Bytes gps_block(bool latitude, bool big_endian = false);
Bytes jpeg_segment(std::uint8_t marker, const Bytes& payload);
// `file` with these segments behind its SOI.
Bytes with_segments(const Bytes& file, const Bytes& segments);

struct PngChunk {
  std::string_view type;
  Bytes payload;
};
Bytes png_chunk(const PngChunk& chunk);
// `rows` are the unfiltered rows as PNG packs them; `extra` chunks stand before IDAT.
Bytes png_file(std::uint32_t width, std::uint32_t height, int depth, int color_type,
               const std::vector<Bytes>& rows, const std::vector<PngChunk>& extra = {},
               const std::vector<PngChunk>& behind = {});

struct TiffOptions {
  int compression = 1;
  int orientation = 0;  // 0: no tag
  bool big_endian = false, big_tiff = false, tiled = false, planar = false;
  bool min_is_white = false, premultiplied = false, is_float = false;
  int pages = 1;
};
// 1–4 channels of 8, 16 or 32 (float) bits, written in the order of the matrix (so RGB, not BGR).
Bytes tiff_file(const cv::Mat& pixels, const TiffOptions& options = {});

// An ICC profile by its looks: a header of this color space ("RGB ", "GRAY") and a copyright.
Bytes icc_profile(std::string_view color_space);

// The mean absolute difference of two images of one size and type.
double mean_difference(const cv::Mat& a, const cv::Mat& b);
bool same(const cv::Mat& a, const cv::Mat& b);

}  // namespace tenfold::test
