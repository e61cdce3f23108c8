#include "tenfold/image/planes.h"

#include <opencv2/core.hpp>

namespace tenfold {

cv::Size PlaneLayout::plane_size(int index) const {
  if (index == 0) return size;
  return {(size.width + sampling.width - 1) / sampling.width,
          (size.height + sampling.height - 1) / sampling.height};
}

}  // namespace tenfold
