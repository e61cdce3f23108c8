// The pixels around a place: straight from the image, or gathered where the border has a part in them.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "fusion/border.h"
#include "fusion/sampler.h"

namespace tenfold {

// kTaps × kTaps pixels; rows lie `step` values apart.
template <typename Value>
struct Neighbourhood {
  const Value* first;
  std::ptrdiff_t step;
};

template <typename Value, int kChannels, int kTaps>
using Patch = std::array<Value, kTaps * kTaps * kChannels>;

template <typename Value, int kChannels, int kTaps>
void gather(const Surface& surface, std::int64_t x, std::int64_t y, Patch<Value, kChannels, kTaps>& patch) {
  Value* out = patch.data();
  for (int v = 0; v < kTaps; ++v) {
    const int row = border_index(y + v, surface.pixels.rows, surface.border);
    const Value* in = row == kFillPixel ? nullptr : surface.pixels.ptr<Value>(row);
    for (int u = 0; u < kTaps; ++u, out += kChannels) {
      const int column = border_index(x + u, surface.pixels.cols, surface.border);
      if (in == nullptr || column == kFillPixel)
        std::transform(surface.fill.begin(), surface.fill.begin() + kChannels, out,
                       [](std::uint16_t value) { return static_cast<Value>(value); });
      else
        std::copy_n(in + std::ptrdiff_t{column} * kChannels, kChannels, out);
    }
  }
}

// The neighbourhood whose upper left pixel is (x, y). `patch` lends its memory.
template <typename Value, int kChannels, int kTaps>
Neighbourhood<Value> neighbourhood(const Surface& surface, int x, int y,
                                   Patch<Value, kChannels, kTaps>& patch) {
  const cv::Mat& pixels = surface.pixels;
  if (x >= 0 && y >= 0 && x <= pixels.cols - kTaps && y <= pixels.rows - kTaps)
    return {pixels.ptr<Value>(y) + std::ptrdiff_t{x} * kChannels,
            static_cast<std::ptrdiff_t>(pixels.step / sizeof(Value))};
  gather<Value, kChannels, kTaps>(surface, x, y, patch);
  return {patch.data(), std::ptrdiff_t{kTaps} * kChannels};
}

}  // namespace tenfold
