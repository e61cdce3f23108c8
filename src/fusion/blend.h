// Runs a BlendStep: the weighted mean of what its branches make of one image.
//
// Colors count as much as they are opaque: color = sum(w·a·c) / sum(w·a), alpha = sum(w·a). So a picture that
// a branch has moved leaves no dark fringe where it was transparent. Where the result's alpha is 0 its color
// is 0. Sums are taken in double precision, in the order of the branches, and rounded once, half to even.

#pragma once

#include <functional>
#include <opencv2/core.hpp>

#include "tenfold/steps/sampling.h"
#include "tenfold/steps/step.h"

namespace tenfold {

// The step on images of size `frame`, in place; a pure function that may run in several threads at once.
std::function<void(cv::Mat&)> blend_fence(const BlendStep& step, cv::Size frame,
                                          const SamplingPolicy& policy);

}  // namespace tenfold
