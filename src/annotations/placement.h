// How an annotation lies on its image.

#pragma once

#include <span>
#include <vector>

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

// What is left of the outlines of one object; nothing where less than `min_visibility` of all their area is.
std::vector<Outline> surviving(std::span<const Outline> outlines, const Movement& movement,
                               double min_visibility);

// The same for one outline; empty where less is.
Outline surviving(const Outline& outline, const Movement& movement, double min_visibility);

}  // namespace tenfold
