// Maps that move whole pixels copy them, whatever the interpolation: exact, and fast.

#pragma once

#include <opencv2/core.hpp>
#include <span>
#include <vector>

#include "fusion/map.h"
#include "tenfold/steps/sampling.h"

namespace tenfold {

// Input column or row of each output place along one axis, kept between runs for its memory.
struct LatticeIndices {
  std::vector<int> x, y;
};

// Finds them for outputs of this size.
void find_lattice(cv::Size input, const LatticeMap& map, Border border, cv::Size output,
                  LatticeIndices& indices);

// Copies into `rows`, which are rows of the output from `first` on. `fill` is a pixel of their type.
void copy_lattice(const cv::Mat& input, const LatticeMap& map, const LatticeIndices& indices,
                  const void* fill, int first, cv::Mat& rows);

}  // namespace tenfold
