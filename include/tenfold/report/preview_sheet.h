// The contact sheet of a preview, and what people and machines are told of it.

#pragma once

#include <opencv2/core.hpp>
#include <string>

#include "tenfold/run/preview.h"

namespace tenfold {

// What a sheet shows of an image's pixels, for PreviewOptions::keep: CV_8UC3, at most `side` pixels a side,
// with a checkerboard where it is transparent.
cv::Mat sheet_pixels(const cv::Mat& pixels);

// CV_8UC3. `recipe` names the recipe in the title. Not thread-safe.
cv::Mat preview_sheet(const Preview& preview, const std::string& recipe);

// "rotate 12.3°", "translate x 3.1%, y −0.4%": what a transform drew, short enough for a caption.
std::string drawn_text(const DrawnTransform& transform);

// What could not be shown, a line for each; empty where there is nothing.
std::string findings_text(const Preview& preview);

// One sentence with a newline. `file` is the sheet's.
std::string result_text(const Preview& preview, const std::string& file);

// One JSON object with a newline.
std::string result_json(const Preview& preview, const std::string& file);

}  // namespace tenfold
