// Turning pixels of one layout into those of another, for images that are mixed or compared.

#pragma once

#include <opencv2/core.hpp>

namespace tenfold {

// `pixels` (H×W×{1,2,3,4}, CV_8U or CV_16U) as an image of `type`. Color becomes grey by the BT.601 luma,
// depth is scaled by 257; alpha that `type` has none of is laid on white, as for JPEG, alpha that `pixels`
// lacks is opaque. Shares memory with `pixels` where nothing is to be done.
cv::Mat in_layout(const cv::Mat& pixels, int type);

}  // namespace tenfold
