#include "fusion/fixed_matrix.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <opencv2/core/hal/intrin.hpp>

namespace tenfold {
namespace {

using cv::v_int16x8;
using cv::v_int32x4;

constexpr int kNarrowBits = 12;  // of a coefficient: below 8 it fits signed 16 bits
constexpr int kWideBits = 24;
constexpr double kMaxCoefficient = 1 << 14;  // beyond it everything but 0 saturates
constexpr int kAlphaLane = 3;

std::int64_t fixed(double value, double limit, int bits) {
  if (std::isnan(value)) return 0;
  return std::llround(std::ldexp(std::clamp(value, -limit, limit), bits));
}

FixedMatrix with_bits(const cv::Matx34d& matrix, const PixelFormat& format, int bits) {
  FixedMatrix result;
  result.shift = bits + format.fraction_bits();
  for (int out = 0; out < 4; ++out) {
    result.offset[out] = std::int64_t{1} << (result.shift - 1);
    if (out >= format.colors()) {
      result.coefficient[out][out] = std::int64_t{1} << bits;
      continue;
    }
    for (int in = 0; in < format.colors(); ++in)
      result.coefficient[out][in] = fixed(matrix(out, in), kMaxCoefficient, bits);
    result.offset[out] += fixed(matrix(out, 3) * format.codes_per_unit(), 256.0 * 65536.0, result.shift);
  }
  return result;
}

bool is_diagonal(const FixedMatrix& matrix) {
  for (int out = 0; out < 4; ++out)
    for (int in = 0; in < 4; ++in)
      if (in != out && matrix.coefficient[out][in] != 0) return false;
  return true;
}

bool fits_narrow(const FixedMatrix& matrix, const PixelFormat& format) {
  for (int out = 0; out < 4; ++out) {
    std::int64_t largest = std::abs(matrix.offset[out]);
    for (const std::int64_t coefficient : matrix.coefficient[out]) {
      if (std::abs(coefficient) > INT16_MAX) return false;
      largest += std::abs(coefficient) * format.full_scale();
    }
    if (largest > INT32_MAX) return false;
  }
  return true;
}

v_int32x4 offsets(const FixedMatrix& m) {
  return {static_cast<int>(m.offset[0]), static_cast<int>(m.offset[1]), static_cast<int>(m.offset[2]),
          static_cast<int>(m.offset[3])};
}

// Coefficients of four input lanes for two pixels.
v_int16x8 coefficients(const std::array<std::int64_t, 4>& c) {
  const auto s = [&c](int lane) { return static_cast<std::int16_t>(c[lane]); };
  return {s(0), s(1), s(2), s(3), s(0), s(1), s(2), s(3)};
}

// Two pixels' sums to whole code values, put back at the working row's scale.
void store_codes(const v_int32x4& first, const v_int32x4& second, std::int16_t* out) {
  constexpr int kShift = kNarrowBits + kFractionBits;
  const v_int16x8 codes = cv::v_pack(first >> kShift, second >> kShift);
  const v_int16x8 clamped = cv::v_max(cv::v_min(codes, cv::v_setall_s16(255)), cv::v_setzero_s16());
  cv::v_store_aligned(out, clamped << kFractionBits);
}

void apply_narrow_diagonal(const FixedMatrix& m, int count, std::int16_t* value) {
  const auto gain_of = [&m](int lane) { return static_cast<std::int16_t>(m.coefficient[lane][lane]); };
  const v_int16x8 gain(gain_of(0), 0, gain_of(1), 0, gain_of(2), 0, gain_of(3), 0);
  const v_int32x4 offset = offsets(m);
  for (int i = 0; i < count; i += 2, value += 8) {
    v_int16x8 first, second;
    cv::v_zip(cv::v_load_aligned(value), cv::v_setzero_s16(), first, second);
    store_codes(cv::v_dotprod(first, gain, offset), cv::v_dotprod(second, gain, offset), value);
  }
}

void apply_narrow_full(const FixedMatrix& m, int count, std::int16_t* value) {
  const v_int16x8 to_blue = coefficients(m.coefficient[0]), to_green = coefficients(m.coefficient[1]);
  const v_int16x8 to_red = coefficients(m.coefficient[2]), to_alpha = coefficients(m.coefficient[3]);
  const v_int32x4 offset = offsets(m);
  for (int i = 0; i < count; i += 2, value += 8) {
    const v_int16x8 in = cv::v_load_aligned(value);
    // Each product holds two partial sums a pixel; transposing brings the lanes of one pixel together.
    v_int32x4 blue_green[2], red_alpha[2];
    cv::v_zip(cv::v_dotprod(in, to_blue), cv::v_dotprod(in, to_green), blue_green[0], blue_green[1]);
    cv::v_zip(cv::v_dotprod(in, to_red), cv::v_dotprod(in, to_alpha), red_alpha[0], red_alpha[1]);
    v_int32x4 sum[2];
    for (int pixel = 0; pixel < 2; ++pixel)
      sum[pixel] = cv::v_combine_low(blue_green[pixel], red_alpha[pixel]) +
                   cv::v_combine_high(blue_green[pixel], red_alpha[pixel]) + offset;
    store_codes(sum[0], sum[1], value);
  }
}

void apply_wide(const FixedMatrix& m, const PixelFormat& format, int count, std::uint16_t* value) {
  const int lanes = format.lanes(), colors = format.colors();
  for (int i = 0; i < count; ++i, value += lanes) {
    std::array<std::int64_t, kAlphaLane> sum;
    for (int out = 0; out < colors; ++out) {
      sum[out] = m.offset[out];
      for (int in = 0; in < colors; ++in) sum[out] += m.coefficient[out][in] * value[in];
    }
    for (int out = 0; out < colors; ++out) {
      const std::int64_t code = std::clamp<std::int64_t>(sum[out] >> m.shift, 0, format.max_code());
      value[out] = static_cast<std::uint16_t>(code << format.fraction_bits());
    }
  }
}

}  // namespace

FixedMatrix fixed_matrix(const ColorRun& run, const PixelFormat& format) {
  cv::Matx34d matrix = run.matrix;
  if (format.colors() == 1) {
    matrix = cv::Matx34d::zeros();
    matrix(0, 0) = run.grey.gain;
    matrix(0, 3) = run.grey.offset;
  }
  if (format.depth == CV_8U && format.lanes() != 2) {
    FixedMatrix narrow = with_bits(matrix, format, kNarrowBits);
    narrow.is_diagonal = is_diagonal(narrow);
    narrow.is_narrow = fits_narrow(narrow, format);
    if (narrow.is_narrow) return narrow;
  }
  return with_bits(matrix, format, kWideBits);
}

void apply_matrix(const FixedMatrix& matrix, const PixelFormat& format, int count, WorkingRow& row) {
  if (!matrix.is_narrow || format.lanes() == 1) return apply_wide(matrix, format, count, row.value.data());
  auto* value = reinterpret_cast<std::int16_t*>(row.value.data());
  matrix.is_diagonal ? apply_narrow_diagonal(matrix, count, value) : apply_narrow_full(matrix, count, value);
}

}  // namespace tenfold
