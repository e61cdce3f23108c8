#include "transforms/geometry/displacement.h"

#include <memory>

#include "transforms/pixel_noise.h"

namespace tenfold {

GeometryStep displaced_step(cv::Size frame, cv::Size2d covered, const cv::Mat_<cv::Vec2f>& offset) {
  GeometryStep step{frame, {}};
  step.map.grid = std::make_shared<const DisplacementGrid>(DisplacementGrid{covered, offset});
  return step;
}

GeometryStep displaced_step(cv::Size frame, const cv::Mat_<cv::Vec2f>& offset) {
  return displaced_step(frame, frame, offset);
}

cv::Mat_<cv::Vec2d> normal_knots(std::uint64_t noise_key, cv::Size knots) {
  const auto& table = positive_normals();
  constexpr double kUnit = 1.0 / (1 << kNormalBits);
  cv::Mat_<cv::Vec2d> numbers(knots);
  for (int row = 0; row < knots.height; ++row) {
    RowNoise noise(noise_key, row);
    for (int column = 0; column < knots.width; ++column) {
      const std::uint32_t bits = noise.next();
      numbers(row, column) = {normal(table, bits) * kUnit, normal(table, bits >> 16) * kUnit};
    }
  }
  return numbers;
}

}  // namespace tenfold
