#include "transforms/blur/gaussian.h"

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace tenfold {
namespace {

constexpr double kReach = 3;  // in sigmas

}  // namespace

void gaussian_filter(const cv::Mat& in, cv::Mat& out, double sigma) {
  const int size = 2 * static_cast<int>(std::ceil(kReach * sigma)) + 1;
  // Isolated: the image may be a window of a larger one, whose pixels are none of ours.
  cv::GaussianBlur(in, out, {size, size}, sigma, sigma, cv::BORDER_REFLECT_101 | cv::BORDER_ISOLATED);
}

}  // namespace tenfold
