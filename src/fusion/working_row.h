// The working row: what samplers write and pointwise stages read, one block of a row at a time.
//
// A pixel takes `lanes()` values of 16 bits: grey 1, grey+alpha 2, BGR and BGRA 4 (the fourth of BGR is
// unused). 8-bit images carry seven more bits behind the point, so that a value is rounded once, by the last
// pointwise stage, and still fits the signed 16 bits that v_dotprod wants; 16-bit images carry none.

#pragma once

#include <array>
#include <cstdint>
#include <opencv2/core.hpp>

namespace tenfold {

inline constexpr int kBlock = 256;       // pixels worked on at a time: a few kB, all in the first cache
inline constexpr int kFractionBits = 7;  // of 8-bit images

struct PixelFormat {
  int depth = CV_8U;
  int channels = 3;

  static PixelFormat of(const cv::Mat& pixels) { return {pixels.depth(), pixels.channels()}; }

  bool has_alpha() const { return channels == 2 || channels == 4; }
  int colors() const { return channels < 3 ? 1 : 3; }
  int lanes() const { return channels == 3 ? 4 : channels; }
  int type() const { return CV_MAKETYPE(depth, channels); }
  int max_code() const { return depth == CV_8U ? 255 : 65535; }
  int fraction_bits() const { return depth == CV_8U ? kFractionBits : 0; }
  int full_scale() const { return max_code() << fraction_bits(); }
  double codes_per_unit() const { return depth == CV_8U ? 1.0 : 257.0; }  // steps speak in units of 8 bit
};

struct WorkingRow {
  alignas(64) std::array<std::uint16_t, 4 * kBlock> value;
};

}  // namespace tenfold
