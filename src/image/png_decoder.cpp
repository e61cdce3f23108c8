// PNG to pixels: every color type and depth, widened to whole bytes. Gamma is not applied.

#include <png.h>

#include <bit>
#include <opencv2/core.hpp>

#include "image/codecs.h"
#include "image/png_reader.h"

namespace tenfold {
namespace {

void read_info(PngReader& reader) {
  const png_structp png = reader.png;
  read_png_info(reader);
  png_set_expand(png);  // palettes, fewer than 8 bits, a transparent color
  png_set_bgr(png);
  if constexpr (std::endian::native == std::endian::little) png_set_swap(png);
  reader.passes = png_set_interlace_handling(png);
  png_read_update_info(png, reader.info);
}

Bytes icc_profile(const PngReader& reader) {
  png_charp name = nullptr;
  int compression = 0;
  png_bytep profile = nullptr;
  png_uint_32 bytes = 0;
  if (png_get_iCCP(reader.png, reader.info, &name, &compression, &profile, &bytes) == 0) return {};
  return Bytes(profile, profile + bytes);
}

}  // namespace

Parsed<DecodedImage> decode_png(ByteSpan bytes, const ImageHeader& header) {
  PngReader reader(bytes);
  if (!guarded(reader, read_info)) return refused(reader.errors.clause("decoded"));

  const cv::Size size(reader.width(), reader.height());
  if (size != header.stored) return size_differs_from_header();
  const int depth = png_get_bit_depth(reader.png, reader.info) == 16 ? CV_16U : CV_8U;
  DecodedImage image;
  image.pixels.create(size, CV_MAKETYPE(depth, png_get_channels(reader.png, reader.info)));
  reader.first_row = image.pixels.data;
  reader.row_step = image.pixels.step;
  reader.rows = static_cast<png_uint_32>(size.height);
  if (!guarded(reader, read_png_rows) || reader.errors.damaged)
    return refused(reader.errors.clause("decoded"));

  image.traits.format = Format::kPng;
  image.traits.icc_profile = icc_profile(reader);
  return image;
}

}  // namespace tenfold
