#include "transforms/blur/magnification.h"

#include <cmath>
#include <opencv2/core.hpp>

namespace tenfold {

std::vector<AxisLookup> magnified_axis(int length, double factor) {
  const double center = (length - 1) / 2.0;
  std::vector<AxisLookup> axis(static_cast<std::size_t>(length));
  for (int i = 0; i < length; ++i) {
    const auto position = static_cast<std::int64_t>(std::floor((center + (i - center) / factor) * 256 + 0.5));
    const auto whole = static_cast<int>(position >> 8);
    axis[static_cast<std::size_t>(i)] = {cv::borderInterpolate(whole, length, cv::BORDER_REFLECT_101),
                                         cv::borderInterpolate(whole + 1, length, cv::BORDER_REFLECT_101),
                                         static_cast<std::uint32_t>(position & 255)};
  }
  return axis;
}

}  // namespace tenfold
