// What a segment of a program is, said in the plainest way: pixel by pixel, in double precision, with nothing
// composed, tabled or skipped. It shares no code with the executor.

#pragma once

#include <opencv2/core.hpp>
#include <span>
#include <string>

#include "tenfold/steps/sampling.h"
#include "tenfold/steps/step.h"

namespace tenfold::test {

// Compares `actual` with the exact result of `steps` (no pixel step among them) on `image`. Returns an empty
// text, or the first pixel that is too far off.
//
//   * The bound is 1 code value in 8 bit and 16 in 16 bit, at the first rounding. What follows must lie
//   within
//     the values that the later steps give for inputs within that bound.
//   * Color is compared as it shows: its difference counts times the alpha. Dividing by a low alpha magnifies
//     any error, and the same alpha hides it again. Where alpha is 0, color must be 0.
//   * A nearest neighbour may be either one, where the place is within 2^-19 pixel of the middle: coordinates
//     are rounded to 2^-20.
std::string difference(std::span<const Step> steps, const cv::Mat& image, const SamplingPolicy& policy,
                       const cv::Mat& actual);

// Whether the steps are affine and no pixel of the output lies outside the input.
bool never_looks_outside(std::span<const Step> steps, cv::Size input, cv::Size output);

}  // namespace tenfold::test
