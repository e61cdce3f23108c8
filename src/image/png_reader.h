// Reading PNGs with libpng: what decoding into pixels and into raw values have in common.

#pragma once

#include <png.h>

#include <cstdint>

#include "image/codecs.h"
#include "image/png_errors.h"

namespace tenfold {

// What reads or writes through it runs in guarded().
struct PngReader {
  PngErrors errors;
  png_structp png = nullptr;
  png_infop info = nullptr;
  ByteSpan left;
  int passes = 1;
  std::uint8_t* first_row = nullptr;
  std::size_t row_step = 0;
  png_uint_32 rows = 0;

  explicit PngReader(ByteSpan bytes);  // throws std::bad_alloc
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;
  ~PngReader();

  int width() const { return static_cast<int>(png_get_image_width(png, info)); }
  int height() const { return static_cast<int>(png_get_image_height(png, info)); }
};

// Everything up to the pixels, within limits.
void read_png_info(PngReader& reader);

// The pixels into the rows.
void read_png_rows(PngReader& reader);

}  // namespace tenfold
