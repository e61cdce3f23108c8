// How the blurs treat alpha. An image with alpha is filtered premultiplied and its alpha is filtered with it:
// laid over a flat background it then looks as if the picture as a whole had been blurred, and what is
// invisible does not bleed into what is not. Premultiplied values have 16 bits, so the fainter a pixel of a
// 16-bit image, the coarser its color becomes.

#pragma once

#include <functional>
#include <opencv2/core.hpp>

namespace tenfold {

// Makes `out`, of the size and type of `in`, out of `in`, which may be a window of a larger image: pixels
// beyond it are none of its own. All channels alike; it must not make a color larger than its alpha where
// none is.
using Filter = std::function<void(const cv::Mat& in, cv::Mat& out)>;

// Filters the image in place.
void filter_in_place(cv::Mat& image, const Filter& filter);

// The filtered colors of the image, not premultiplied, with the image's channels; 16 bit (65,535 for white)
// whatever the image's depth, so that differences to it are finer than a code value of 8 bit.
cv::Mat filtered_16_bit(const cv::Mat& image, const Filter& filter);

}  // namespace tenfold
