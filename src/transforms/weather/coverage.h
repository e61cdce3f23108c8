// How much of each pixel is covered by many small things, such as drops and flakes: two that cover the shares
// a and b of a pixel cover 1 - (1 - a)(1 - b) together.

#pragma once

#include <cmath>
#include <opencv2/core.hpp>

#include "transforms/pixel_noise.h"

namespace tenfold {

class Coverage {
 public:
  explicit Coverage(cv::Size frame) : covered_(frame, 0.0F) {}

  double at(int x, int y) const { return covered_(y, x); }

  // cover_at(x, y) gives the share of one thing that lies within the box, which may reach beyond the image.
  template <typename Function>
  void add(cv::Point2d corner, cv::Point2d opposite, Function&& cover_at) {
    const int right = std::min(covered_.cols - 1, static_cast<int>(std::floor(opposite.x)));
    const int bottom = std::min(covered_.rows - 1, static_cast<int>(std::floor(opposite.y)));
    for (int y = std::max(0, static_cast<int>(std::ceil(corner.y))); y <= bottom; ++y) {
      for (int x = std::max(0, static_cast<int>(std::ceil(corner.x))); x <= right; ++x) {
        float& covered = covered_(y, x);
        covered = static_cast<float>(1 - (1 - covered) * (1 - cover_at(x, y)));
      }
    }
  }

 private:
  cv::Mat_<float> covered_;
};

// The next number in [0, 1).
inline double next_unit(RowNoise& noise) { return noise.next() * (1 / 4294967296.0); }

// How many things there are in a frame if there are `per_square` in a square of the shorter side.
inline int count_in(cv::Size frame, double per_square) {
  const double longer = std::max(frame.width, frame.height);
  return cvRound(per_square * longer / std::min(frame.width, frame.height));
}

}  // namespace tenfold
