// Pictures made of flat regions, for pixelate and superpixels.

#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace tenfold {

// The region of each pixel: 0, 1, 2, …
using RegionMap = cv::Mat_<int>;

// Gives all pixels of each replaced region their mean color, where a pixel counts as much as its alpha says,
// rounded half up. Alpha stays, and so does the color of a region of which nothing is visible.
// `replaced` has one entry for each region.
void flatten_regions(cv::Mat& image, const RegionMap& regions, const std::vector<bool>& replaced);

}  // namespace tenfold
