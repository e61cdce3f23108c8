#include "tenfold/image/planes.h"

#include <opencv2/core.hpp>

namespace tenfold {

cv::Size Planes::plane_size(int index) const {
  if (index == 0) return size;
  return {(size.width + sampling.width - 1) / sampling.width,
          (size.height + sampling.height - 1) / sampling.height};
}

cv::Mat plane_rows(cv::Size size, cv::Mat& memory) {
  constexpr int kLine = 64;  // bytes; `memory` has one in each of its rows, whatever the plane's shape
  const int lines_a_row = (size.width + kLine - 1) / kLine + 1, lines = lines_a_row * size.height;
  if (memory.rows < lines) memory.create(lines, kLine, CV_8UC1);
  return memory.rowRange(0, lines).reshape(1, size.height).colRange(0, size.width);
}

}  // namespace tenfold
