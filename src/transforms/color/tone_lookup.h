// What `posterize` and `solarize` do to code values of 0-255, for the policies too.

#pragma once

#include <cmath>

#include "tenfold/steps/step.h"

namespace tenfold {

constexpr int kAllBits = 8;

// Keeps the highest bits and clears the others.
inline Step posterized(int bits) {
  if (bits >= kAllBits) return ColorStep{};
  const double width = std::ldexp(1.0, kAllBits - bits);
  return LookupStep{[width](double value) { return width * std::floor(value / width); }};
}

// Turns values around from the threshold on.
inline Step solarized(double threshold) {
  constexpr double kWhite = 255;
  return LookupStep{[threshold](double value) { return value < threshold ? value : kWhite - value; }};
}

}  // namespace tenfold
