// Pictures for tests of similarity, and what people do to pictures.

#pragma once

#include <cstdint>
#include <functional>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace tenfold::test {

// Picture `number`: shapes with texture on a ground with light from one side, which is alike in all of them.
// BGR.
cv::Mat scene(std::uint64_t number, cv::Size size = {192, 144});

// Decoded again after being encoded as a JPEG.
cv::Mat reencoded(const cv::Mat& image, int quality);

// Without these fractions of the sides.
cv::Mat cropped(const cv::Mat& image, double left, double top, double right, double bottom);

cv::Mat resized(const cv::Mat& image, double factor);
cv::Mat brightened(const cv::Mat& image, double factor);

struct Change {
  std::string name;
  std::function<cv::Mat(const cv::Mat&)> apply;
};

// Those that a near duplicate may have gone through, one by one and together.
std::vector<Change> changes();

}  // namespace tenfold::test
