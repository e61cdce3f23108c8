// Samplers: coordinates in, a working row out.

#pragma once

#include <array>
#include <cstdint>
#include <opencv2/core.hpp>

#include "fusion/coordinates.h"
#include "fusion/working_row.h"
#include "tenfold/steps/sampling.h"

namespace tenfold {

// An image to sample from. Its channels are 1, 2, 3 or 4; its values are code values, with eight more bits
// behind the point where an 8-bit image is kept in 16 bits.
struct Surface {
  cv::Mat pixels;
  Border border = Border::kReflect;
  std::array<std::uint16_t, 4> fill{};  // what lies beyond a constant border, in the values of `pixels`
  int extra_bits = 0;                   // how many more bits a value has than one of the working row
  int full_scale = 0;                   // of the working row
};

// Samples a block of coordinates; overshoot of the kernels is clamped to [0, full scale].
using Sampler = void (*)(const Surface& surface, const CoordinateBlock& block, WorkingRow& row);

// The right one for the surface.
Sampler choose_sampler(const cv::Mat& pixels, Interpolation interpolation);

// 8-bit images of four channels. The linear one does nearly all of the work of nearly all runs.
void sample_linear_padded(const Surface& surface, const CoordinateBlock& block, WorkingRow& row);
void sample_cubic_padded(const Surface& surface, const CoordinateBlock& block, WorkingRow& row);
void sample_lanczos_padded(const Surface& surface, const CoordinateBlock& block, WorkingRow& row);

}  // namespace tenfold
