// How long a side of a frame may become.

#pragma once

#include <algorithm>

namespace tenfold {

// Frames grow along a chain, and each transform sees only the one before it. Sides are held here, far beyond
// what any image has, so that they stay within an int; a frame of more pixels than the recipe's `max_pixels`
// is refused when the image is made.
constexpr int kLongestSide = 1'000'000;

// The side of a frame that grows from `side` to `wanted`; never less than `side`.
inline int grown_side(int side, double wanted) {
  return static_cast<int>(std::clamp<double>(wanted, side, std::max(side, kLongestSide)));
}

}  // namespace tenfold
