// What `equalize` does to pixels, for the policies too.

#pragma once

#include <opencv2/core.hpp>

namespace tenfold {

// Spreads the values of each color channel so that its histogram becomes even; in place, alpha stays.
// Formula: equalize.cpp.
void equalize_channels(cv::Mat& image);

}  // namespace tenfold
