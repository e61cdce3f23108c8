#include "transforms/weather/smooth_noise.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "transforms/pixel_noise.h"

namespace tenfold {
namespace {

// The uniform cubic B-spline at t in [0, 1) from a knot.
struct Spline {
  int first = 0;  // of four knots
  std::array<double, 4> weights{};
};

std::vector<Spline> splines(int length, double size) {
  std::vector<Spline> all(static_cast<std::size_t>(length));
  for (int i = 0; i < length; ++i) {
    const double place = (i + 0.5) / size;
    const double t = place - std::floor(place), s = 1 - t;
    all[static_cast<std::size_t>(i)] = {static_cast<int>(std::floor(place)),
                                        {s * s * s / 6, (4 - 6 * t * t + 3 * t * t * t) / 6,
                                         (4 - 6 * s * s + 3 * s * s * s) / 6, t * t * t / 6}};
  }
  return all;
}

cv::Mat_<double> lattice(int rows, int columns, std::uint64_t key) {
  const auto& table = positive_normals();
  cv::Mat_<double> knots(rows, columns);
  for (int y = 0; y < rows; ++y) {
    RowNoise noise(key, y);
    for (double& knot : cv::Mat_<double>(knots.row(y)))
      knot = std::ldexp(normal(table, noise.next() & 0xffff), -kNormalBits);
  }
  return knots;
}

void add_octave(cv::Mat_<float>& field, double size, double height, std::uint64_t key) {
  const std::vector<Spline> across = splines(field.cols, size), down = splines(field.rows, size);
  const cv::Mat_<double> knots = lattice(down.back().first + 4, across.back().first + 4, key);
  std::vector<double> row(static_cast<std::size_t>(knots.cols));
  for (int y = 0; y < field.rows; ++y) {
    const Spline& vertical = down[static_cast<std::size_t>(y)];
    for (int x = 0; x < knots.cols; ++x) {
      double sum = 0;
      for (int k = 0; k < 4; ++k)
        sum += vertical.weights[static_cast<std::size_t>(k)] * knots(vertical.first + k, x);
      row[static_cast<std::size_t>(x)] = height * sum;
    }
    for (int x = 0; x < field.cols; ++x) {
      const Spline& horizontal = across[static_cast<std::size_t>(x)];
      const double* knot = row.data() + horizontal.first;
      double sum = 0;
      for (std::size_t k = 0; k < 4; ++k) sum += horizontal.weights[k] * knot[k];
      field(y, x) += static_cast<float>(sum);
    }
  }
}

}  // namespace

cv::Mat_<float> smooth_noise(cv::Size frame, double size, int octaves, std::uint64_t key) {
  // The mean over a cell of the sum of the squared weights, in one direction.
  constexpr double kSplineVariance = 151.0 / 315;
  while (octaves > 1 && std::ldexp(size, 1 - octaves) < 1) --octaves;
  double variance = 0;
  for (int octave = 0; octave < octaves; ++octave) variance += std::ldexp(1.0, -2 * octave);
  const double height = 1 / (kSplineVariance * std::sqrt(variance));
  cv::Mat_<float> field(frame, 0.0F);
  for (int octave = 0; octave < octaves; ++octave)
    add_octave(field, std::max(1.0, std::ldexp(size, -octave)), std::ldexp(height, -octave),
               key + static_cast<std::uint64_t>(octave));
  return field;
}

}  // namespace tenfold
