// One picture of the demo dataset: a sign on its pole before a backdrop, as a cheap camera saw it.

#pragma once

#include <opencv2/core.hpp>

#include "dataset/demo_sign.h"
#include "tenfold/rng/rng.h"

namespace tenfold::demo {

// CV_8UC3 of 96 to 192 pixels a side.
cv::Mat draw_scene(const Sign& sign, Rng& rng);

}  // namespace tenfold::demo
