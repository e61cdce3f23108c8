#include "transforms/color/color_matrix.h"

#include <cmath>

#include "tenfold/steps/step.h"
#include "transforms/geometry/affine_map.h"

namespace tenfold {
namespace {

constexpr double kMiddle = 128;

}  // namespace

cv::Matx34d line_matrix(double gain, double offset) {
  return diagonal_matrix({gain, gain, gain}, {offset, offset, offset});
}

cv::Matx34d diagonal_matrix(const cv::Vec3d& gain, const cv::Vec3d& offset) {
  return {gain[0], 0, 0, offset[0], 0, gain[1], 0, offset[1], 0, 0, gain[2], offset[2]};
}

cv::Matx34d contrast_matrix(double factor) { return line_matrix(factor, kMiddle * (1 - factor)); }

cv::Matx34d saturation_matrix(double factor) {
  const double b = (1 - factor) * kLumaBlue;
  const double g = (1 - factor) * kLumaGreen;
  const double r = (1 - factor) * kLumaRed;
  return {b + factor, g, r, 0, b, g + factor, r, 0, b, g, r + factor, 0};
}

cv::Matx34d hue_matrix(double degrees) {
  const double spread = (1 - cos_degrees(degrees)) / 3;
  const double turn = sin_degrees(degrees) / std::sqrt(3.0);
  const double next = spread + turn;      // what a channel gives to the next in the order r, g, b
  const double previous = spread - turn;  // and to the one before
  const double own = 1 - next - previous;
  return {own,      next,     previous, 0,  // b takes from g as the one before it, from r as the one after
          previous, own,      next,     0,  //
          next,     previous, own,      0};
}

cv::Matx34d composed(const cv::Matx34d& second, const cv::Matx34d& first) {
  cv::Matx34d result = second.get_minor<3, 3>(0, 0) * first;
  for (int row = 0; row < 3; ++row) result(row, 3) += second(row, 3);
  return result;
}

}  // namespace tenfold
