// Samplers for any depth, number of channels and kernel.

#include "fusion/sampler.h"

#include <algorithm>
#include <type_traits>

#include "fusion/neighbourhood.h"
#include "fusion/weights.h"

namespace tenfold {
namespace {

template <typename Value, int kChannels, int kTaps>
void sample_block(const Surface& surface, const CoordinateBlock& block, WorkingRow& row) {
  // A row's sum of 8-bit values and 20-bit weights fits 32 bits, even with the overshoot of Lanczos.
  using RowSum = std::conditional_t<std::is_same_v<Value, std::uint8_t>, std::int32_t, std::int64_t>;
  const int shift = 2 * kWeightBits + surface.extra_bits;
  const std::int64_t half = std::int64_t{1} << (shift - 1);
  Patch<Value, kChannels, kTaps> patch;
  std::uint16_t* out = row.value.data();
  for (int i = 0; i < block.count; ++i, out += kChannels == 3 ? 4 : kChannels) {
    const auto x_weight = weights_at<kTaps>(block.x_fraction[i]);
    const auto y_weight = weights_at<kTaps>(block.y_fraction[i]);
    const auto around = neighbourhood<Value, kChannels, kTaps>(surface, block.x[i] - (kTaps / 2 - 1),
                                                               block.y[i] - (kTaps / 2 - 1), patch);
    for (int channel = 0; channel < kChannels; ++channel) {
      const Value* in = around.first + channel;
      std::int64_t sum = half;
      for (int v = 0; v < kTaps; ++v, in += around.step) {
        RowSum row_sum = 0;
        for (int u = 0; u < kTaps; ++u) row_sum += RowSum{x_weight[u]} * in[u * kChannels];
        sum += y_weight[v] * std::int64_t{row_sum};
      }
      const std::int64_t value = sum >> shift;
      out[channel] = static_cast<std::uint16_t>(std::clamp<std::int64_t>(value, 0, surface.full_scale));
    }
    if (kChannels == 3) out[3] = 0;
  }
}

template <typename Value, int kChannels>
void sample_nearest(const Surface& surface, const CoordinateBlock& block, WorkingRow& row) {
  const int up = std::max(-surface.extra_bits, 0), down = std::max(surface.extra_bits, 0);
  const int half = (1 << down) >> 1;
  Patch<Value, kChannels, 1> patch;
  std::uint16_t* out = row.value.data();
  for (int i = 0; i < block.count; ++i, out += kChannels == 3 ? 4 : kChannels) {
    const int x = block.x[i] + (block.x_fraction[i] >= kCoordinateOne / 2);
    const int y = block.y[i] + (block.y_fraction[i] >= kCoordinateOne / 2);
    const Value* in = neighbourhood<Value, kChannels, 1>(surface, x, y, patch).first;
    for (int channel = 0; channel < kChannels; ++channel)
      out[channel] = static_cast<std::uint16_t>(((in[channel] << up) + half) >> down);
    if (kChannels == 3) out[3] = 0;
  }
}

template <typename Value, int kChannels>
Sampler choose(Interpolation interpolation) {
  switch (interpolation) {
    case Interpolation::kNearest:
      return sample_nearest<Value, kChannels>;
    case Interpolation::kLinear:
      return sample_block<Value, kChannels, 2>;
    case Interpolation::kCubic:
      return sample_block<Value, kChannels, 4>;
    case Interpolation::kLanczos:
      return sample_block<Value, kChannels, 8>;
  }
  return nullptr;
}

template <typename Value>
Sampler choose(int channels, Interpolation interpolation) {
  switch (channels) {
    case 1:
      return choose<Value, 1>(interpolation);
    case 2:
      return choose<Value, 2>(interpolation);
    case 3:
      return choose<Value, 3>(interpolation);
    default:
      return choose<Value, 4>(interpolation);
  }
}

}  // namespace

Sampler choose_sampler(const cv::Mat& pixels, Interpolation interpolation) {
  if (pixels.type() == CV_8UC4 && interpolation != Interpolation::kNearest) {
    if (interpolation == Interpolation::kCubic) return sample_cubic_padded;
    return interpolation == Interpolation::kLanczos ? sample_lanczos_padded : sample_linear_padded;
  }
  return pixels.depth() == CV_8U ? choose<std::uint8_t>(pixels.channels(), interpolation)
                                 : choose<std::uint16_t>(pixels.channels(), interpolation);
}

}  // namespace tenfold
