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

// Copies `input` into `output`, which has its type. `fill` is a pixel of that type.
void copy_lattice(const cv::Mat& input, const LatticeMap& map, Border border, const void* fill,
                  LatticeIndices& indices, cv::Mat& output);

}  // namespace tenfold
