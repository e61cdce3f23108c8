// Whether two thumbnails show one picture.

#pragma once

#include "tenfold/similarity/look.h"

namespace tenfold {

// How much of the detail of two thumbnails agrees, where the second is laid on the first as well as it can
// be: moved and scaled, each axis for itself, by up to `kMostCropped` of a side on either side of either
// image. 1 for the same, about 0 for different ones. What agrees is the correlation over their common part,
// so neither gain nor offset matters; and of their detail only, for the light on a table is alike in all its
// photographs. 0 where either has no detail. The same on every machine.
double aligned_correlation(const Thumbnail& first, const Thumbnail& second);

inline constexpr double kMostCropped = 0.1;

}  // namespace tenfold
