// Text in OpenCV's strokes, for machines without a font: ASCII, with the likes of "+-" for "±".

#pragma once

#include <opencv2/core.hpp>
#include <string_view>

#include "lettering.h"

namespace tenfold {

int strokes_width(std::string_view text, const Type& type);

// `pen` is on the base line.
void write_strokes(std::string_view text, cv::Point pen, const Type& type, const cv::Scalar& ink,
                   cv::Mat& sheet);

}  // namespace tenfold
