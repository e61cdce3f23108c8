// The memory that programs run in.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <opencv2/core.hpp>
#include <vector>

#include "fusion/coordinates.h"
#include "fusion/lattice.h"
#include "fusion/pointwise.h"
#include "fusion/working_row.h"
#include "tenfold/fusion/program.h"

namespace tenfold {

// An image whose memory only grows: cv::Mat::create would allocate at every change of size.
class GrowingImage {
 public:
  cv::Mat& take(cv::Size size, int type) {
    const std::size_t bytes = static_cast<std::size_t>(size.width) * size.height * CV_ELEM_SIZE(type);
    if (bytes > capacity_) {
      memory_.reset();
      capacity_ = 0;
      memory_ = std::make_unique_for_overwrite<uchar[]>(bytes);
      capacity_ = bytes;
    }
    image_ = cv::Mat(size, type, memory_.get());
    return image_;
  }

 private:
  std::unique_ptr<uchar[]> memory_;
  std::size_t capacity_ = 0;
  cv::Mat image_;
};

struct Workspace {
  std::array<GrowingImage, 2> results;  // a segment reads the one and writes the other
  GrowingImage padded, averaged;
  std::vector<std::uint64_t> sums;
  LatticeIndices indices;
  PointwiseStages stages;
  CoordinateBlock coordinates;
  WorkingRow row{};
};

}  // namespace tenfold
