// The cubic and the Lanczos sampler of 8-bit images with four bytes a pixel.
//
// Columns are blended first: rows are interleaved two by two, so that one v_dotprod weighs both. The columns'
// values are kept with six bits behind the point, which leaves room for the overshoot in signed 16 bits; then
// they are weighed two by two in the same way.

#include <cstring>
#include <opencv2/core/hal/intrin.hpp>

#include "fusion/neighbourhood.h"
#include "fusion/sampler.h"
#include "fusion/weights.h"

namespace tenfold {
namespace {

using cv::v_int16x8;
using cv::v_int32x4;

constexpr int kColumnBits = 6;  // behind the point of blended columns
constexpr int kPixelBytes = 4;
constexpr int kPixelsPerLoad = 4;

// Weights as pairs of 16 bits, for v_dotprod.
template <int kTaps>
void pair_weights(const ShortWeightTable<kTaps>& table, std::int32_t fraction,
                  v_int16x8 (&pairs)[kTaps / 2]) {
  const auto& weights = table.at(fraction);
  for (int pair = 0; pair < kTaps / 2; ++pair) {
    std::int32_t both;
    std::memcpy(&both, &weights[2 * pair], sizeof both);
    pairs[pair] = cv::v_reinterpret_as_s16(cv::v_setall_s32(both));
  }
}

// Blends four pixels of kTaps rows: two pixels a result, kColumnBits behind the point.
template <int kTaps>
void blend_columns(const uchar* in, std::ptrdiff_t step, const v_int16x8 (&weights)[kTaps / 2],
                   v_int16x8 (&columns)[2]) {
  v_int32x4 sum[kPixelsPerLoad] = {cv::v_setzero_s32(), cv::v_setzero_s32(), cv::v_setzero_s32(),
                                   cv::v_setzero_s32()};
  for (int pair = 0; pair < kTaps / 2; ++pair, in += 2 * step) {
    cv::v_uint8x16 rows[2];
    cv::v_zip(cv::v_load(in), cv::v_load(in + step), rows[0], rows[1]);
    for (int half = 0; half < 2; ++half) {
      cv::v_uint16x8 first, second;
      cv::v_expand(rows[half], first, second);
      sum[2 * half] = cv::v_dotprod(cv::v_reinterpret_as_s16(first), weights[pair], sum[2 * half]);
      sum[2 * half + 1] = cv::v_dotprod(cv::v_reinterpret_as_s16(second), weights[pair], sum[2 * half + 1]);
    }
  }
  for (int half = 0; half < 2; ++half)
    columns[half] =
        cv::v_rshr_pack<ShortWeightTable<kTaps>::kShortBits - kColumnBits>(sum[2 * half], sum[2 * half + 1]);
}

template <int kTaps>
v_int16x8 sample_pixel(const Neighbourhood<std::uint8_t>& around, const ShortWeightTable<kTaps>& table,
                       std::int32_t x_fraction, std::int32_t y_fraction) {
  v_int16x8 x_weights[kTaps / 2], y_weights[kTaps / 2];
  pair_weights<kTaps>(table, x_fraction, x_weights);
  pair_weights<kTaps>(table, y_fraction, y_weights);
  v_int32x4 sum = cv::v_setzero_s32();
  for (int load = 0; load < kTaps / kPixelsPerLoad; ++load) {
    v_int16x8 columns[2];
    blend_columns<kTaps>(around.first + load * kPixelsPerLoad * kPixelBytes, around.step, y_weights, columns);
    for (int half = 0; half < 2; ++half) {
      v_int16x8 neighbours, unused;
      cv::v_zip(columns[half], cv::v_rotate_right<4>(columns[half]), neighbours, unused);
      sum = cv::v_dotprod(neighbours, x_weights[2 * load + half], sum);
    }
  }
  return cv::v_rshr_pack<ShortWeightTable<kTaps>::kShortBits + kColumnBits - kFractionBits>(sum, sum);
}

template <int kTaps>
void sample_padded(const Surface& surface, const CoordinateBlock& block, WorkingRow& row) {
  const auto& table = ShortWeightTable<kTaps>::instance();
  Patch<std::uint8_t, kPixelBytes, kTaps> patch;
  const v_int16x8 full_scale = cv::v_setall_s16(static_cast<std::int16_t>(surface.full_scale));
  auto* out = reinterpret_cast<std::int16_t*>(row.value.data());
  for (int i = 0; i < block.count; ++i, out += kPixelBytes) {
    const auto around = neighbourhood<std::uint8_t, kPixelBytes, kTaps>(surface, block.x[i] - (kTaps / 2 - 1),
                                                                        block.y[i] - (kTaps / 2 - 1), patch);
    const v_int16x8 value = sample_pixel<kTaps>(around, table, block.x_fraction[i], block.y_fraction[i]);
    cv::v_store_low(out, cv::v_max(cv::v_min(value, full_scale), cv::v_setzero_s16()));
  }
}

}  // namespace

void sample_cubic_padded(const Surface& surface, const CoordinateBlock& block, WorkingRow& row) {
  sample_padded<4>(surface, block, row);
}

void sample_lanczos_padded(const Surface& surface, const CoordinateBlock& block, WorkingRow& row) {
  sample_padded<8>(surface, block, row);
}

}  // namespace tenfold
