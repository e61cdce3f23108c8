// How an annotation lies on its image.

#pragma once

#include "tenfold/fusion/movement.h"
#include "tenfold/image/header.h"

namespace tenfold {

// The orientation that turns an annotation of this size upright, 1 where it is already; fails where the size
// is neither that of the upright nor that of the stored image.
Outcome<int> orientation_of(cv::Size annotation, const ImageHeader& image);

// The outline on an image of size `stored`, on the upright one.
Outline turned_upright(const Outline& outline, cv::Size stored, int orientation);

// The four corners of a rectangle.
Outline corners_of(const cv::Rect2d& box);

// What is left of an outline; empty where less than `min_visibility` is.
Outline surviving(const Outline& outline, const Movement& movement, double min_visibility);

}  // namespace tenfold
