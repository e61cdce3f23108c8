// A picture laid into a frame of another size, and the color of what lies around it.

#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <vector>

#include "tenfold/steps/step.h"
#include "tenfold/transforms/parameter.h"

namespace tenfold {

struct Layout {
  cv::Size frame;    // of the output
  cv::Rect picture;  // where the whole input comes to lie in it; may reach beyond
};

// The steps that lay an image of size `input` out so. What lies around the picture is the border policy's, or
// painted in the fill, opaque, which makes it a pixel step. Grey images take the fill's BT.601 luma.
std::vector<Step> lay_out(cv::Size input, const Layout& layout, const std::optional<Color>& fill);

}  // namespace tenfold
