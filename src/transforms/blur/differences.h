// Sharpening and embossing: adding weighted differences to the eight neighbours.

#pragma once

#include <array>
#include <opencv2/core.hpp>

namespace tenfold {

// For the neighbours at (-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1).
using NeighbourWeights = std::array<double, 8>;

// out = in + Σ weight · (neighbour - in), rounded once and saturated; mirrored at the edges (reflect_101). A
// neighbour counts by the share of its alpha, so that what is invisible is not seen; alpha stays. The image
// may be a window of a larger one, whose pixels are none of its own.
void add_differences(cv::Mat& image, const NeighbourWeights& weights);

}  // namespace tenfold
