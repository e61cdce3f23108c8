// What the headers of a BMP file tell of its pixels: Windows' from 3.0 on and OS/2's.

#pragma once

#include <array>
#include <cstdint>
#include <opencv2/core.hpp>

#include "image/byte_source.h"
#include "image/parsed.h"

namespace tenfold {

enum class BmpPacking { kPlain, kRunLength8, kRunLength4, kMasks };

struct BmpLayout {
  cv::Size size;
  bool top_down = false;
  int bits = 0;  // of a pixel: 1, 4, 8, 16, 24 or 32
  BmpPacking packing = BmpPacking::kPlain;
  std::array<std::uint32_t, 4> masks{};  // red, green, blue, alpha
  std::uint64_t palette_offset = 0;
  std::uint32_t palette_entries = 0;
  std::uint32_t palette_entry_bytes = 4;
  std::uint64_t pixels_offset = 0;
  std::uint64_t run_length_bytes = 0;  // as declared; 0 where it is not

  std::uint64_t row_bytes() const;  // of unpacked rows, padded to four bytes
};

Parsed<BmpLayout> read_bmp_layout(ByteSource& source);

}  // namespace tenfold
