// Standard deviations times normal numbers in whole numbers: the deviation has 16 bits after the point, the
// normal number 20, and what they are added to 36; the sum is rounded once, half to even.

#pragma once

#include <cmath>
#include <cstdint>

#include "transforms/pixel_noise.h"

namespace tenfold {

inline constexpr int kDeviationBits = 16;
inline constexpr int kPointBits = kDeviationBits + kNormalBits;

inline std::int64_t fixed_deviation(double deviation) {
  return std::llround(std::ldexp(deviation, kDeviationBits));
}

inline std::int64_t rounded(std::int64_t fixed) {
  constexpr std::int64_t kBelowHalf = (std::int64_t{1} << (kPointBits - 1)) - 1;
  return (fixed + kBelowHalf + ((fixed >> kPointBits) & 1)) >> kPointBits;
}

}  // namespace tenfold
