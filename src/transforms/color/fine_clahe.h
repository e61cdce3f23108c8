// Contrast-limited adaptive histogram equalisation of 16 bit.
//
// OpenCV counts 16-bit images in 65,536 bins. A tile has fewer pixels than that, so every bin holds one pixel
// or none, the limit cuts off nearly all of them, and nearly nothing happens. Here there are 256 bins, as in
// 8 bit, and the curve of a tile is a straight line within each: from the share of the tile's pixels below
// the bin to that of those up to its end, with what exceeds the limit spread evenly over all bins.

#pragma once

#include <opencv2/core.hpp>

namespace tenfold {

// Replaces the values of a plane of CV_16UC1 by those of the curves of the tiles around them, bilinear
// between the tiles' centres. `clip_limit` ≥ 1 is how many times the even share of pixels a bin may have.
// Plain double arithmetic, rounded once.
void equalize_tiles(cv::Mat& plane, double clip_limit, int tiles);

}  // namespace tenfold
