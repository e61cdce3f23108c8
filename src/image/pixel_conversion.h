// Fitting pixels to what a format can hold. What already fits is passed on without a copy.

#pragma once

#include <opencv2/core.hpp>

namespace tenfold {

// CV_16U to CV_8U: 65535 becomes 255, rounded to the nearest.
cv::Mat to_8_bit(const cv::Mat& pixels);

// Grey + alpha to grey, BGRA to BGR, over a white ground.
cv::Mat flattened_on_white(const cv::Mat& pixels);

// Grey to BGR, grey + alpha to BGRA.
cv::Mat to_color(const cv::Mat& pixels);

}  // namespace tenfold
