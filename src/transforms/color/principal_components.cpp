#include "transforms/color/principal_components.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tenfold {
namespace {

constexpr int kSweeps = 12;  // convergence is quadratic: 3×3 needs about five

cv::Matx33d covariance(const Statistics& statistics) {
  const auto pixels = static_cast<double>(statistics.pixels);
  cv::Vec3d mean;
  for (int c = 0; c < 3; ++c) {
    double sum = 0;
    for (std::size_t value = 0; value < 256; ++value)
      sum += static_cast<double>(value * statistics.histogram[static_cast<std::size_t>(c)][value]);
    mean[c] = sum / pixels;
  }
  cv::Matx33d result;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j)
      result(i, j) =
          static_cast<double>(statistics.products[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)]) /
              pixels -
          mean[i] * mean[j];
  return result;
}

// The rotation of axes p and q after which m(p, q) is 0.
cv::Matx33d annihilating_rotation(const cv::Matx33d& m, int p, int q) {
  cv::Matx33d rotation = cv::Matx33d::eye();
  if (m(p, q) == 0) return rotation;
  const double theta = (m(q, q) - m(p, p)) / (2 * m(p, q));
  const double tangent = (theta < 0 ? -1 : 1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
  const double cosine = 1 / std::sqrt(tangent * tangent + 1);
  rotation(p, p) = rotation(q, q) = cosine;
  rotation(p, q) = tangent * cosine;
  rotation(q, p) = -tangent * cosine;
  return rotation;
}

}  // namespace

PrincipalComponents principal_components(const Statistics& statistics) {
  cv::Matx33d m = covariance(statistics);
  cv::Matx33d vectors = cv::Matx33d::eye();  // in columns
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    for (const auto& [p, q] : {std::pair{0, 1}, {0, 2}, {1, 2}}) {
      const cv::Matx33d rotation = annihilating_rotation(m, p, q);
      m = rotation.t() * m * rotation;
      vectors = vectors * rotation;
    }
  }

  std::array<int, 3> order{0, 1, 2};
  std::ranges::stable_sort(order, [&](int a, int b) { return m(a, a) > m(b, b); });
  PrincipalComponents result;
  for (int i = 0; i < 3; ++i) {
    const int column = order[static_cast<std::size_t>(i)];
    result.variances[i] = std::max(0.0, m(column, column));
    int largest = 0;
    for (int c = 1; c < 3; ++c)
      if (std::abs(vectors(c, column)) > std::abs(vectors(largest, column))) largest = c;
    const double sign = vectors(largest, column) < 0 ? -1 : 1;
    for (int c = 0; c < 3; ++c) result.axes(i, c) = sign * vectors(c, column);
  }
  return result;
}

}  // namespace tenfold
