// The operations of the policies that look at more than one pixel. All work in place on 8 or 16 bit, grey or
// BGR, and leave alpha alone; pixels of alpha 0 count neither in means nor in lowest and highest values. Code
// values are rounded once, half up.

#pragma once

#include <opencv2/core.hpp>

namespace tenfold::policies {

// out = mean + factor·(in - mean), mean the rounded mean of the pixels' rounded luma (Pillow
// ImageEnhance.Contrast).
void spread_about_mean(cv::Mat& image, double factor);

// out = smooth + factor·(in - smooth), smooth the mean of 3×3 pixels in which the middle one counts five
// times, rounded; the outermost pixels stay (Pillow ImageEnhance.Sharpness). With alpha a pixel counts as
// much as it is opaque.
void sharpen(cv::Mat& image, double factor);

// Stretches each channel so that its lowest value becomes 0 and its highest the full one; the fraction is cut
// off. In 8 bit Pillow's ImageOps.autocontrast to the code value.
void stretch_contrast(cv::Mat& image);

}  // namespace tenfold::policies
