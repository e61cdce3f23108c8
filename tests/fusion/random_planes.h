// Random planes, and what a chain of steps is on one of them.

#pragma once

#include <array>
#include <span>
#include <vector>

#include "fusion/random_steps.h"
#include "tenfold/image/planes.h"
#include "tenfold/steps/sampling.h"
#include "tenfold/steps/step.h"

namespace tenfold::test {

// Noise. `sampling` {0, 0} stands for a grey image.
Planes random_planes(RandomSteps& random, cv::Size size, cv::Size sampling);

// The steps that turn what is stored with this EXIF orientation upright.
std::vector<Step> upright_steps(cv::Size stored, int orientation);

// The exact values of Y, Cb and Cr, row by row, where the step changes colors: each luma sample and its
// chroma become blue, green and red, which are clamped; chroma is that of their mean.
std::array<std::vector<double>, 3> recolored_planes(const ColorStep& step, const Planes& planes);

// The steps from the stored plane to the copy's: to luma's pixels, upright, `steps` of geometry, and back to
// the plane.
std::vector<Step> steps_on_plane(std::span<const Step> steps, const Planes& stored, int orientation,
                                 int plane);

// The policy with the fill's Y, Cb or Cr.
SamplingPolicy policy_on_plane(const SamplingPolicy& policy, int plane);

}  // namespace tenfold::test
