// The gallery: what every transform does to one picture, to look at.

#pragma once

#include <opencv2/core.hpp>
#include <span>

#include "tenfold/transforms/transform.h"

namespace tenfold {

// A contact sheet (CV_8UC3): the transforms by groups, each with its name and three pictures at low, middle
// and high strength. Strength goes through the ranges of the transform's example, away from what changes
// nothing; a transform without ranges shows three draws. The picture is one of the demo's, and so are
// partners, references and statistics. Not thread-safe.
cv::Mat gallery(std::span<const TransformSpec> specs);

}  // namespace tenfold
