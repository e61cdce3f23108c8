// Statistics of the dataset, made in one pass over all of its images.

#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "tenfold/transforms/draw_context.h"

namespace tenfold {

// Sums up images, class by class. Whole numbers, so the order of images and threads does not matter. Not
// thread-safe: give each thread its own and add them up.
class StatisticsSums {
 public:
  explicit StatisticsSums(std::size_t classes) : by_class_(classes) {}

  // `pixels` of any layout; transparent pixels do not count.
  void add(const cv::Mat& pixels, std::uint32_t class_index);
  void add(const StatisticsSums& other);

  // With their hashes: of each class, and of all together.
  std::vector<Statistics> of_classes() const;
  Statistics of_all() const;

 private:
  std::vector<Statistics> by_class_;
};

}  // namespace tenfold
