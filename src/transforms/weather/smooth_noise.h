// Smooth random fields for clouds and blots.

#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

namespace tenfold {

// A field over the frame with mean 0 and variance 1, about normally distributed: the sum of octaves, each of
// half the size and half the height of the one before, scaled to variance 1. An octave interpolates
// independent normal numbers on a square lattice with cubic B-splines; `size` is the distance in pixels
// between the knots of the first one. Octaves whose knots lie closer than a pixel are left out, but not the
// first.
cv::Mat_<float> smooth_noise(cv::Size frame, double size, int octaves, std::uint64_t key);

}  // namespace tenfold
