// The principal components of a dataset's colors.

#pragma once

#include <opencv2/core.hpp>

#include "tenfold/transforms/draw_context.h"

namespace tenfold {

struct PrincipalComponents {
  cv::Vec3d variances;  // in code values of 0-255, squared; the largest first
  cv::Matx33d axes;     // a unit vector in each row, in the order b, g, r; its largest entry is positive
};

// REQUIRES statistics.pixels > 0. By Jacobi's rotations in double precision: additions, products, quotients
// and square roots only, so the result is the same to the last bit on every CPU.
PrincipalComponents principal_components(const Statistics& statistics);

}  // namespace tenfold
