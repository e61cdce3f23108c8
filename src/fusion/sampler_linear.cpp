// The linear sampler of 8-bit images with four bytes a pixel.
//
// The weights of the four neighbours are products of two 14-bit fractions, rounded so that they are never
// negative and sum to exactly one: 2^14, which v_dotprod's signed 16 bits hold. Two rows are interleaved
// bytewise, so that each lane pair is (above, below) of one channel and one v_dotprod does both rows.

#include <cstring>
#include <opencv2/core/hal/intrin.hpp>

#include "fusion/border.h"
#include "fusion/sampler.h"

namespace tenfold {
namespace {

using cv::v_int16x8;
using cv::v_int32x4;
using cv::v_uint8x16;

constexpr int kBits = 14;
constexpr int kDropped = kCoordinateBits - kBits;
constexpr int kPixelBytes = 4;

// Weights of four pixels: lanes of (above, below) as pairs of 16 bits.
struct LinearWeights {
  v_int32x4 left, right;
};

LinearWeights linear_weights(const std::int32_t* x_fraction, const std::int32_t* y_fraction) {
  const v_int32x4 half = cv::v_setall_s32(1 << (kDropped - 1));
  const v_int32x4 x = (cv::v_load_aligned(x_fraction) + half) >> kDropped;
  const v_int32x4 y = (cv::v_load_aligned(y_fraction) + half) >> kDropped;
  const v_int32x4 product = cv::v_dotprod(cv::v_reinterpret_as_s16(x), cv::v_reinterpret_as_s16(y));
  const v_int32x4 below_right = (product + cv::v_setall_s32(1 << (kBits - 1))) >> kBits;
  const v_int32x4 above_right = x - below_right;
  const v_int32x4 below_left = y - below_right;
  const v_int32x4 above_left = cv::v_setall_s32(1 << kBits) - x - below_left;
  return {above_left | (below_left << 16), above_right | (below_right << 16)};
}

// Two neighbours of the upper row and two of the lower one, as eight bytes each: four sums at kBits.
v_int32x4 blend(const v_uint8x16& above, const v_uint8x16& below, const v_int32x4& left_weight,
                const v_int32x4& right_weight) {
  v_uint8x16 rows, unused;
  cv::v_zip(above, below, rows, unused);
  cv::v_uint16x8 left, right;
  cv::v_expand(rows, left, right);
  return cv::v_dotprod(cv::v_reinterpret_as_s16(left), cv::v_reinterpret_as_s16(left_weight)) +
         cv::v_dotprod(cv::v_reinterpret_as_s16(right), cv::v_reinterpret_as_s16(right_weight));
}

class LinearSampler {
 public:
  explicit LinearSampler(const Surface& surface)
      : data_(surface.pixels.data),
        step_(static_cast<std::ptrdiff_t>(surface.pixels.step)),
        columns_(surface.pixels.cols),
        rows_(surface.pixels.rows),
        border_(surface.border) {
    for (int channel = 0; channel < kPixelBytes; ++channel)
      fill_ |= static_cast<std::uint32_t>(surface.fill[channel]) << (8 * channel);
  }

  // Whether all four pixels have their neighbours inside the image.
  bool inside(const std::int32_t* x, const std::int32_t* y) const {
    const v_int32x4 columns = cv::v_load_aligned(x), rows = cv::v_load_aligned(y);
    const v_int32x4 signs =
        columns | rows | (cv::v_setall_s32(columns_ - 2) - columns) | (cv::v_setall_s32(rows_ - 2) - rows);
    return cv::v_signmask(signs) == 0;
  }

  v_int32x4 sample_inside(int x, int y, const v_int32x4& left_weight, const v_int32x4& right_weight) const {
    const uchar* above = data_ + y * step_ + std::ptrdiff_t{x} * kPixelBytes;
    return blend(cv::v_load_low(above), cv::v_load_low(above + step_), left_weight, right_weight);
  }

  v_int32x4 sample_anywhere(int x, int y, const v_int32x4& left_weight, const v_int32x4& right_weight) const {
    const int left = border_index(x, columns_, border_), right = border_index(x + 1, columns_, border_);
    const int top = border_index(y, rows_, border_), bottom = border_index(y + 1, rows_, border_);
    return blend(pair(left, right, top), pair(left, right, bottom), left_weight, right_weight);
  }

 private:
  std::uint32_t pixel(int x, int y) const {
    if (x == kFillPixel || y == kFillPixel) return fill_;
    std::uint32_t value;
    std::memcpy(&value, data_ + y * step_ + std::ptrdiff_t{x} * kPixelBytes, sizeof value);
    return value;
  }

  v_uint8x16 pair(int left, int right, int y) const {
    const std::uint64_t both = pixel(left, y) | (std::uint64_t{pixel(right, y)} << 32);
    return cv::v_reinterpret_as_u8(cv::v_uint64x2(both, 0));
  }

  const uchar* data_;
  std::ptrdiff_t step_;
  int columns_, rows_;
  Border border_;
  std::uint32_t fill_ = 0;
};

}  // namespace

void sample_linear_padded(const Surface& surface, const CoordinateBlock& block, WorkingRow& row) {
  const LinearSampler sampler(surface);
  auto* out = reinterpret_cast<std::int16_t*>(row.value.data());
  for (int i = 0; i < block.count; i += 4, out += 4 * kPixelBytes) {
    const std::int32_t* x = &block.x[i];
    const std::int32_t* y = &block.y[i];
    const LinearWeights weights = linear_weights(&block.x_fraction[i], &block.y_fraction[i]);
    const v_int32x4 left[4] = {
        cv::v_broadcast_element<0>(weights.left), cv::v_broadcast_element<1>(weights.left),
        cv::v_broadcast_element<2>(weights.left), cv::v_broadcast_element<3>(weights.left)};
    const v_int32x4 right[4] = {
        cv::v_broadcast_element<0>(weights.right), cv::v_broadcast_element<1>(weights.right),
        cv::v_broadcast_element<2>(weights.right), cv::v_broadcast_element<3>(weights.right)};
    v_int32x4 sum[4];
    if (sampler.inside(x, y)) {
      for (int k = 0; k < 4; ++k) sum[k] = sampler.sample_inside(x[k], y[k], left[k], right[k]);
    } else {
      for (int k = 0; k < 4; ++k) sum[k] = sampler.sample_anywhere(x[k], y[k], left[k], right[k]);
    }
    cv::v_store(out, cv::v_rshr_pack<kBits - kFractionBits>(sum[0], sum[1]));
    cv::v_store(out + 8, cv::v_rshr_pack<kBits - kFractionBits>(sum[2], sum[3]));
  }
}

}  // namespace tenfold
