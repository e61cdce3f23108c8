// The layouts that samplers read.

#pragma once

#include <opencv2/core.hpp>

#include "tenfold/fusion/program.h"

namespace tenfold {

// Whether samplers read pixels of this type as they are.
bool is_sampled_as_it_is(int type);

// Writes the samplers' layout of `pixels` into `padded`, which has padded_size() and padded_type(); see
// Source::padded().
int padded_type(int type);
cv::Size padded_size(const cv::Mat& pixels);
void pad(const cv::Mat& pixels, cv::Mat& padded);

// What blocks are averaged of: packed pixels where they have no alpha, for they are fewer bytes.
const cv::Mat& averaged_from(const Source& source);

}  // namespace tenfold
