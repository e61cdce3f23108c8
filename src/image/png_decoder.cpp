// PNG to pixels: every color type and depth, widened to whole bytes. Gamma is not applied.

#include <png.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <new>
#include <opencv2/core.hpp>

#include "image/codecs.h"
#include "image/png_errors.h"

namespace tenfold {
namespace {

// An iCCP chunk of some KiB may claim gigabytes. Real profiles have at most a few MiB.
constexpr png_alloc_size_t kMaxChunkBytes = 16 << 20;
constexpr png_uint_32 kMaxChunks = 1000;
// Chunks that nobody reads here; texts are compressed, too. Five bytes each, with the 0.
constexpr png_byte kSkippedChunks[] = "tEXt\0zTXt\0iTXt\0eXIf\0sPLT\0hIST\0tIME";
constexpr int kSkippedChunkCount = sizeof kSkippedChunks / 5;

struct PngReader {
  PngErrors errors;
  png_structp png = nullptr;
  png_infop info = nullptr;
  ByteSpan left;
  int passes = 1;
  std::uint8_t* first_row = nullptr;
  std::size_t row_step = 0;
  png_uint_32 rows = 0;

  PngReader() = default;
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;
  ~PngReader() { png_destroy_read_struct(&png, &info, nullptr); }
};

void take_bytes(png_structp png, png_bytep to, std::size_t count) {
  ByteSpan& left = static_cast<PngReader*>(png_get_io_ptr(png))->left;
  if (count > left.size()) give_up(png, kCutOff.data());
  std::memcpy(to, left.data(), count);
  left = left.subspan(count);
}

void read_info(PngReader& reader) {
  const png_structp png = reader.png;
  png_set_read_fn(png, &reader, take_bytes);
  png_set_user_limits(png, kMaxSide, kMaxSide);
  png_set_chunk_malloc_max(png, kMaxChunkBytes);
  png_set_chunk_cache_max(png, kMaxChunks);
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, kSkippedChunks, kSkippedChunkCount);
  png_read_info(png, reader.info);
  png_set_expand(png);  // palettes, fewer than 8 bits, a transparent color
  png_set_bgr(png);
  if constexpr (std::endian::native == std::endian::little) png_set_swap(png);
  reader.passes = png_set_interlace_handling(png);
  png_read_update_info(png, reader.info);
}

void read_rows(PngReader& reader) {
  for (int pass = 0; pass < reader.passes; ++pass) {
    for (png_uint_32 y = 0; y < reader.rows; ++y) {
      png_read_row(reader.png, reader.first_row + y * reader.row_step, nullptr);
    }
  }
  png_read_end(reader.png, nullptr);
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
  PngReader reader;
  reader.left = bytes;
  reader.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reader.errors, on_png_error, on_png_warning);
  if (reader.png != nullptr) reader.info = png_create_info_struct(reader.png);
  if (reader.info == nullptr) throw std::bad_alloc();
  if (!guarded(reader, read_info)) return refused(reader.errors.clause("decoded"));

  const cv::Size size(static_cast<int>(png_get_image_width(reader.png, reader.info)),
                      static_cast<int>(png_get_image_height(reader.png, reader.info)));
  if (size != header.stored) return size_differs_from_header();
  const int depth = png_get_bit_depth(reader.png, reader.info) == 16 ? CV_16U : CV_8U;
  DecodedImage image;
  image.pixels.create(size, CV_MAKETYPE(depth, png_get_channels(reader.png, reader.info)));
  reader.first_row = image.pixels.data;
  reader.row_step = image.pixels.step;
  reader.rows = static_cast<png_uint_32>(size.height);
  if (!guarded(reader, read_rows) || reader.errors.damaged) return refused(reader.errors.clause("decoded"));

  image.traits.format = Format::kPng;
  image.traits.icc_profile = icc_profile(reader);
  return image;
}

}  // namespace tenfold
