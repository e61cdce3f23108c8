// What the header of a PNM file tells of its pixels.

#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

#include "image/byte_source.h"
#include "image/parsed.h"

namespace tenfold {

struct PnmLayout {
  cv::Size size;
  int channels = 1;
  bool text = false;  // P1–P3: the samples are written out in decimal
  bool bits = false;  // P1, P4: 1 is black
  int max_value = 1;  // 1–65535; above 255 a binary sample has two bytes, big-endian
  std::uint64_t pixels_offset = 0;

  // Of the binary pixels, rows of bits being padded to whole bytes.
  std::uint64_t binary_bytes() const;
};

Parsed<PnmLayout> read_pnm_layout(ByteSource& source);

}  // namespace tenfold
