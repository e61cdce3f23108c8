// PNGs whose values mean something, such as masks: as they stand in the file. Indices of a palette stay
// indices and grey of few bits stays what it is, where decode() would expand the ones and scale the others.
//
// All functions are thread-safe.

#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <span>

#include "tenfold/base/file.h"
#include "tenfold/base/outcome.h"

namespace tenfold {

struct RawPng {
  cv::Mat values;  // CV_8UC(bytes of a pixel), 1–8; one byte for what has fewer bits. Not turned upright
  int bit_depth = 8;
  int color_type = 0;     // as in the file
  Bytes palette{};        // red, green, blue of each entry; empty: none
  Bytes palette_alpha{};  // of its first entries
};

// Fails with SampleFailure{kDecode} for what is no sound PNG of `size`.
Outcome<RawPng> decode_raw_png(std::span<const std::uint8_t> bytes, cv::Size size);

// Of the same depth and with the same palette. Fails with SampleFailure{kEncode}.
Outcome<Bytes> encode_raw_png(const RawPng& image);

}  // namespace tenfold
