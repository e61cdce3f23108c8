// The layouts that samplers read.

#pragma once

#include <opencv2/core.hpp>

namespace tenfold {

// Whether samplers read pixels of this type as they are.
bool is_sampled_as_it_is(int type);

// Writes the samplers' layout of `pixels` into `padded`, which has the size of `pixels` and sampled_type():
// 8-bit BGR gets a fourth byte of 0. Images with alpha are premultiplied; 8-bit ones get eight bits behind
// the point, so that color under a low alpha survives.
int sampled_type(int type);
void pad(const cv::Mat& pixels, cv::Mat& padded);

}  // namespace tenfold
