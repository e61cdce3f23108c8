// What is left of a thumbnail without its large areas of light and shade: what two images are compared by.

#pragma once

#include <vector>

#include "tenfold/similarity/look.h"

namespace tenfold {

// Square images, row by row. Sums of floats in a fixed order, so the same on every machine.
struct Detail {
  int side = 0;
  std::vector<float> values{};

  float at(int x, int y) const { return values[static_cast<std::size_t>(y) * side + x]; }
};

// Of the thumbnail averaged to `side` (16, 32 or 64) cells: a little smoothed, minus its neighbourhood's
// mean.
Detail detail_of(const Thumbnail& thumbnail, int side);

// Whether there is enough of it to tell pictures apart.
bool has_detail(const Thumbnail& thumbnail);

}  // namespace tenfold
