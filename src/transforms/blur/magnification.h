// Pictures magnified about their centre, looked up bilinearly in whole numbers.

#pragma once

#include <cstdint>
#include <vector>

namespace tenfold {

// Where a pixel of one axis comes from: the mean of two neighbours, of which the second has `weight` / 256.
struct AxisLookup {
  int first = 0;
  int second = 0;
  std::uint32_t weight = 0;
};

// For each of `length` pixels; source = c + (i - c) / factor, c the middle, rounded to 1/256 of a pixel;
// mirrored at the ends (reflect_101). REQUIRES factor > 0 and length > 0.
std::vector<AxisLookup> magnified_axis(int length, double factor);

}  // namespace tenfold
