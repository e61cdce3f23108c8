// Planes as the kernels want them; compiled for several instruction sets, see vector_kernels.h.

#pragma once

#include <opencv2/core.hpp>

namespace tenfold {

// A plane with each pixel beside the one below it, so that few loads fetch the four neighbours that linear
// interpolation wants: `pairs` is H×(W+1) of CV_8UC2 for a plane of 8 bits, of CV_16SC2 for averages, which
// have eight bits behind the point; there they keep seven. Behind the last row and column come the first ones
// again.
void pair_rows(const cv::Mat& plane, cv::Mat& pairs);
bool can_be_paired(cv::Size plane);  // with offsets of 32 bits

// Halves a plane of 8 bits, or averages: `halves` is of CV_16UC1. Behind an odd side, what is there is
// averaged.
void halve_plane(const cv::Mat& plane, cv::Mat& halves);

}  // namespace tenfold
