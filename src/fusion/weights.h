// Interpolation weights in fixed point.
//
//   cubic    Keys' kernel with a = -0.75 (Keys, "Cubic convolution interpolation", 1981), as OpenCV has it
//   lanczos  sinc(d) · sinc(d / 4) over 8 taps, normalised to sum 1: OpenCV's INTER_LANCZOS4
//
// Weights of one place sum to exactly one, so a flat image stays flat.

#pragma once

#include <array>
#include <cstdint>

#include "fusion/coordinates.h"

namespace tenfold {

inline constexpr int kWeightBits = kCoordinateBits;

// Weights at all fractions n / 1024; those between are linear between them, which is right to 2 · 10^-6.
template <int kTaps>
class WeightTable {
 public:
  static constexpr int kBetweenBits = 10;
  using Weights = std::array<std::int32_t, kTaps>;

  static const WeightTable& instance();

  Weights at(std::int32_t fraction) const {
    const std::int32_t between = fraction & ((1 << kBetweenBits) - 1);
    const Weights& low = knots_[fraction >> kBetweenBits];
    const Weights& high = knots_[(fraction >> kBetweenBits) + 1];
    Weights result;
    std::int32_t rest = 1 << kWeightBits;
    for (int tap = 0; tap < kTaps; ++tap) {
      const std::int64_t change = std::int64_t{high[tap] - low[tap]} * between;
      result[tap] =
          low[tap] + static_cast<std::int32_t>((change + (1 << (kBetweenBits - 1))) >> kBetweenBits);
      rest -= result[tap];
    }
    result[fraction < kCoordinateOne / 2 ? kTaps / 2 - 1 : kTaps / 2] += rest;
    return result;
  }

 private:
  WeightTable();

  std::array<Weights, (1 << (kCoordinateBits - kBetweenBits)) + 1> knots_;
};

extern template class WeightTable<4>;
extern template class WeightTable<8>;

// The weights at a fraction for `kTaps` neighbours, the first of which is kTaps / 2 - 1 before the floor.
template <int kTaps>
std::array<std::int32_t, kTaps> weights_at(std::int32_t fraction) {
  if constexpr (kTaps == 2) {
    return {kCoordinateOne - fraction, fraction};
  } else {
    return WeightTable<kTaps>::instance().at(fraction);
  }
}

// The same in 16 bits, which v_dotprod takes: 14 behind the point, at all fractions n / 4096.
template <int kTaps>
class ShortWeightTable {
 public:
  static constexpr int kShortBits = 14;
  using Weights = std::array<std::int16_t, kTaps>;

  static const ShortWeightTable& instance();

  // At the nearest fraction of the table.
  const Weights& at(std::int32_t fraction) const {
    return weights_[(fraction + (1 << (kDropped - 1))) >> kDropped];
  }

 private:
  static constexpr int kPlaceBits = 12;
  static constexpr int kDropped = kCoordinateBits - kPlaceBits;

  ShortWeightTable();

  std::array<Weights, (1 << kPlaceBits) + 1> weights_;
};

extern template class ShortWeightTable<4>;
extern template class ShortWeightTable<8>;

}  // namespace tenfold
