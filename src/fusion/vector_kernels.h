// The inner loops of nearly all work on planes and grey images, compiled for several instruction sets, of
// which the best that the CPU has is taken at run time. All of it is integer arithmetic: the same bytes on
// every set.

#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

#include "fusion/coordinates.h"
#include "fusion/fixed_matrix.h"
#include "tenfold/steps/sampling.h"

namespace tenfold {

// The coordinates of `count` pixels of a walk into `block`.
void walk_coordinates(const Walk& walk, int count, CoordinateBlock& block);

// Linear interpolation between the pixels of a plane, followed by a line.
struct PlaneWarp {
  cv::Mat pairs;
  Border border = Border::kReflect;
  std::uint16_t fill = 0;  // a code value
  FixedLine line;
};
// Into `result`, rows of the output from `first` on: CV_8UC1, or CV_16SC1 for values of the working row
// without the line.
void warp_plane(const PlaneWarp& warp, const CoordinateRows& rows, int first, CoordinateBlock& block,
                cv::Mat& result);

// The line alone, in place.
void apply_line(const FixedLine& line, cv::Mat& plane);

}  // namespace tenfold
