// Samplers for any depth, number of channels and kernel.

#include "fusion/sampler.h"

#include <algorithm>
#include <type_traits>

#include "fusion/border.h"
#include "fusion/weights.h"

namespace tenfold {
namespace {

// Where the taps of one pixel are found: row pointers, and offsets within a row; kFillPixel and null beyond a
// constant border.
template <typename Value, int kTaps>
struct TapPlaces {
  std::array<const Value*, kTaps> row;
  std::array<int, kTaps> offset;
  bool shows_fill = false;
};

template <typename Value, int kChannels, int kTaps>
void place_taps(const Surface& surface, int x, int y, TapPlaces<Value, kTaps>& places) {
  const cv::Mat& pixels = surface.pixels;
  const bool inside = x >= 0 && y >= 0 && x <= pixels.cols - kTaps && y <= pixels.rows - kTaps;
  places.shows_fill = false;
  for (int tap = 0; tap < kTaps; ++tap) {
    const int column = inside ? x + tap : border_index(x + tap, pixels.cols, surface.border);
    const int row = inside ? y + tap : border_index(y + tap, pixels.rows, surface.border);
    places.offset[tap] = column == kFillPixel ? kFillPixel : column * kChannels;
    places.row[tap] = row == kFillPixel ? nullptr : pixels.ptr<Value>(row);
    places.shows_fill |= column == kFillPixel || row == kFillPixel;
  }
}

template <typename Value, int kTaps>
int tap_value(const Surface& surface, const TapPlaces<Value, kTaps>& places, int row, int column,
              int channel) {
  if (places.shows_fill && (places.row[row] == nullptr || places.offset[column] == kFillPixel))
    return surface.fill[channel];
  return places.row[row][places.offset[column] + channel];
}

template <typename Value, int kChannels, int kTaps>
void sample_block(const Surface& surface, const CoordinateBlock& block, WorkingRow& row) {
  // A row's sum of 8-bit values and 20-bit weights fits 32 bits, even with the overshoot of Lanczos.
  using RowSum = std::conditional_t<std::is_same_v<Value, std::uint8_t>, std::int32_t, std::int64_t>;
  const int shift = 2 * kWeightBits + surface.extra_bits;
  const std::int64_t half = std::int64_t{1} << (shift - 1);
  TapPlaces<Value, kTaps> places;
  std::uint16_t* out = row.value.data();
  for (int i = 0; i < block.count; ++i, out += kChannels == 3 ? 4 : kChannels) {
    const auto x_weight = weights_at<kTaps>(block.x_fraction[i]);
    const auto y_weight = weights_at<kTaps>(block.y_fraction[i]);
    place_taps<Value, kChannels>(surface, block.x[i] - (kTaps / 2 - 1), block.y[i] - (kTaps / 2 - 1), places);
    for (int channel = 0; channel < kChannels; ++channel) {
      std::int64_t sum = half;
      for (int v = 0; v < kTaps; ++v) {
        RowSum row_sum = 0;
        for (int u = 0; u < kTaps; ++u)
          row_sum += RowSum{x_weight[u]} * tap_value(surface, places, v, u, channel);
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
  TapPlaces<Value, 1> places;
  std::uint16_t* out = row.value.data();
  for (int i = 0; i < block.count; ++i, out += kChannels == 3 ? 4 : kChannels) {
    const int x = block.x[i] + (block.x_fraction[i] >= kCoordinateOne / 2);
    const int y = block.y[i] + (block.y_fraction[i] >= kCoordinateOne / 2);
    place_taps<Value, kChannels>(surface, x, y, places);
    for (int channel = 0; channel < kChannels; ++channel) {
      const int value = tap_value(surface, places, 0, 0, channel);
      out[channel] = static_cast<std::uint16_t>(((value << up) + half) >> down);
    }
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
  if (pixels.type() == CV_8UC4 && interpolation == Interpolation::kLinear) return sample_linear_padded;
  return pixels.depth() == CV_8U ? choose<std::uint8_t>(pixels.channels(), interpolation)
                                 : choose<std::uint16_t>(pixels.channels(), interpolation);
}

}  // namespace tenfold
