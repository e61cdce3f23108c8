#include "transforms/geometry/affine_map.h"

#include <cmath>
#include <numbers>

namespace tenfold {
namespace {

constexpr double kRadians = std::numbers::pi / 180.0;  // per degree

}  // namespace

double sin_degrees(double degrees) {
  int quarters = 0;
  const double rest = std::remquo(degrees, 90.0, &quarters) * kRadians;
  switch (quarters & 3) {  // two's complement: right for turns to either side
    case 0:
      return std::sin(rest);
    case 1:
      return std::cos(rest);
    case 2:
      return -std::sin(rest);
    default:
      return -std::cos(rest);
  }
}

double cos_degrees(double degrees) {
  int quarters = 0;
  const double rest = std::remquo(degrees, 90.0, &quarters) * kRadians;
  switch (quarters & 3) {
    case 0:
      return std::cos(rest);
    case 1:
      return -std::sin(rest);
    case 2:
      return -std::cos(rest);
    default:
      return std::sin(rest);
  }
}

GeometryStep affine_step(const AffineMotion& motion, cv::Size frame) {
  const cv::Matx22d& m = motion.inverse;
  const cv::Vec2d centre((frame.width - 1) / 2.0, (frame.height - 1) / 2.0);
  // Not m·(centre + shift): a pure shift, and no motion at all, must come out exact.
  const cv::Vec2d offset = (centre - m * centre) - m * motion.shift;
  GeometryStep step{frame, {}};
  step.map.matrix = cv::Matx33d(m(0, 0), m(0, 1), offset[0],  //
                                m(1, 0), m(1, 1), offset[1],  //
                                0, 0, 1);
  return step;
}

cv::Matx22d inverse_rotation(double degrees) {
  const double c = cos_degrees(degrees);
  const double s = sin_degrees(degrees);
  return {c, -s, s, c};  // with y down this turns clockwise, hence the picture counter-clockwise
}

cv::Matx22d inverse_scale(double x, double y) { return {1 / x, 0, 0, 1 / y}; }

cv::Matx22d inverse_shear(double x_degrees, double y_degrees) {
  const double x = std::tan(x_degrees * kRadians);
  const double y = std::tan(y_degrees * kRadians);
  return {1 + x * y, -x, -y, 1};
}

GeometryStep exact_step(cv::Size output, const cv::Matx33d& matrix) {
  GeometryStep step{output, {}};
  step.map.matrix = matrix;
  return step;
}

GeometryStep window_step(const cv::Rect& window, cv::Size output) {
  const double x = static_cast<double>(window.width) / output.width;
  const double y = static_cast<double>(window.height) / output.height;
  // An output of width n covers [-0.5, n - 0.5], the window [window.x - 0.5, …].
  return exact_step(output, cv::Matx33d(x, 0, window.x + (0.5 * x - 0.5),  //
                                        0, y, window.y + (0.5 * y - 0.5),  //
                                        0, 0, 1));
}

}  // namespace tenfold
