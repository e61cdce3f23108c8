// The road signs of the demo dataset, drawn flat and large: the scene tilts, lights and shrinks them.

#pragma once

#include <opencv2/core.hpp>
#include <string_view>

namespace tenfold::demo {

inline constexpr int kSignSide = 768;  // of the square canvas, pixels
// Half the canvas in the sign's own units: signs reach from -1 to 1.
inline constexpr double kSignMargin = 1.06;

struct Sign {
  cv::Mat color;  // CV_8UC3
  cv::Mat mask;   // CV_8UC1, 255 where the sign is
};

// Knows "stop", "yield", "priority" and "turn_left".
Sign draw_sign(std::string_view class_name);

}  // namespace tenfold::demo
