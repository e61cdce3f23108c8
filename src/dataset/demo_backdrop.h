// What lies behind the signs of the demo dataset: a road in the country, in a town or in the woods, out of
// focus, at some hour of the day.

#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

#include "tenfold/rng/rng.h"

namespace tenfold::demo {

double between(Rng& rng, double low, double high);

// Smooth noise in [0, 1], CV_32FC1: `cells` bumps along the longer side, and finer ones on top of them.
cv::Mat1f cloudy_noise(cv::Size size, double cells, Rng& rng);

// Independent noise of mean 0 and standard deviation 1, CV_32FC1.
cv::Mat1f white_noise(cv::Size size, Rng& rng);

// The light of the hour, as factors of blue, green and red.
struct Backdrop {
  cv::Mat3f color;  // 0 to 255
  cv::Vec3f light;
};

Backdrop draw_backdrop(cv::Size size, Rng& rng);

}  // namespace tenfold::demo
