// Writing PNGs with libpng: what encoding of pixels and of raw values have in common.

#pragma once

#include <png.h>

#include "image/png_errors.h"
#include "tenfold/base/file.h"

namespace tenfold {

struct PngWriter {
  PngErrors errors;
  png_structp png = nullptr;
  png_infop info = nullptr;
  Bytes& out;

  explicit PngWriter(Bytes& bytes);  // throws std::bad_alloc
  PngWriter(const PngWriter&) = delete;
  PngWriter& operator=(const PngWriter&) = delete;
  ~PngWriter();
};

// Whatever is written goes to the end of `out`. To be called in guarded().
void begin_png(PngWriter& writer);

}  // namespace tenfold
