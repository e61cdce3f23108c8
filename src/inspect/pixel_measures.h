// A picture in a few numbers, by which those that nobody can learn from stand out.

#pragma once

#include <opencv2/core.hpp>

namespace tenfold {

// Of the luma in code values, where the image is reduced to at most 256 pixels a side: so none of them
// depends on the resolution, and noise of single pixels hardly shows.
struct PixelMeasures {
  float dark_end = 0;    // 1 % of the pixels are at most this bright
  float bright_end = 0;  // 99 % of the pixels are at most this bright
  float contrast = 0;    // standard deviation
  float detail = 0;      // standard deviation of the Laplacian, in percent of the contrast
};

// `pixels` as decode() returns them; alpha is laid on white. Smaller images are not enlarged.
PixelMeasures measure_pixels(const cv::Mat& pixels);

}  // namespace tenfold
