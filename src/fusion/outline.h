// Polygons under maps, forwards.

#pragma once

#include <opencv2/core.hpp>

#include "fusion/map.h"
#include "tenfold/fusion/movement.h"

namespace tenfold {

// The outline, which lies in the map's input, in its output of size `frame`; not cut off at the frame, but at
// the horizon of a perspective.
Outline moved_forwards(const Outline& outline, const Map& map, cv::Size frame);

// What of it lies in the rectangle.
Outline clipped(const Outline& outline, const cv::Rect2d& rectangle);

}  // namespace tenfold
