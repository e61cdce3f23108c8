#include "fusion/coordinates.h"

#include <algorithm>
#include <cmath>

#include "fusion/vector_kernels.h"

namespace tenfold {
namespace {

constexpr int kWalkBits = 32;
constexpr double kWalkOne = 4294967296.0;
constexpr std::int64_t kToNearest = std::int64_t{1} << (kWalkBits - kCoordinateBits - 1);
constexpr double kFarAway = 1 << 29;  // pixels; beyond it, a pixel counts as being there

// To the nearest, halves up. Not by std::floor, which is a function call on a CPU as old as our baseline.
std::int64_t walk_position(double coordinate) {
  const double position = coordinate * kWalkOne + 0.5;
  const auto whole = static_cast<std::int64_t>(position);
  return static_cast<double>(whole) > position ? whole - 1 : whole;
}

void split(std::int64_t position, std::int32_t& whole, std::int32_t& fraction) {
  whole = static_cast<std::int32_t>(position >> kWalkBits);
  fraction = static_cast<std::int32_t>(static_cast<std::uint32_t>(position) >> (kWalkBits - kCoordinateBits));
}

double within_reach(double coordinate) {
  if (!(coordinate > -kFarAway)) return -kFarAway;  // no number, too
  return std::min(coordinate, kFarAway);
}

bool stays_within_reach(const cv::Matx33d& m, cv::Size output) {
  const double x = output.width + kBlock, y = output.height;
  for (int row = 0; row < 2; ++row)
    if (!(std::abs(m(row, 0)) * x + std::abs(m(row, 1)) * y + std::abs(m(row, 2)) < kFarAway)) return false;
  return true;
}

}  // namespace

CoordinateRows::CoordinateRows(const Map& map, cv::Size output)
    : map_(map), output_(output), affine_(map.affine()) {
  if (affine_ && !stays_within_reach(*affine_, output)) affine_.reset();
}

Walk CoordinateRows::walk(int x_begin, int y) const {
  const cv::Matx33d& matrix = *affine_;
  const auto start = [&](int row) {
    return walk_position(matrix(row, 0) * x_begin + matrix(row, 1) * y + matrix(row, 2)) + kToNearest;
  };
  return {start(0), start(1), walk_position(matrix(0, 0)), walk_position(matrix(1, 0))};
}

void CoordinateRows::read(int x_begin, int y, CoordinateBlock& block) const {
  block.count = std::min(kBlock, output_.width - x_begin);
  // Kernels take up to sixteen pixels at a time, so whatever the count, full sixteens are made.
  const int padded_count = (block.count + 15) & ~15;
  if (affine_) return walk_coordinates(walk(x_begin, y), padded_count, block);
  std::array<cv::Point2d, kBlock> places;
  for (int i = 0; i < padded_count; ++i) places[i] = cv::Point2d(x_begin + i, y);
  map_.move({places.data(), static_cast<std::size_t>(padded_count)});
  for (int i = 0; i < padded_count; ++i) {
    const cv::Point2d& p = places[i];
    split(walk_position(within_reach(p.x)) + kToNearest, block.x[i], block.x_fraction[i]);
    split(walk_position(within_reach(p.y)) + kToNearest, block.y[i], block.y_fraction[i]);
  }
}

}  // namespace tenfold
