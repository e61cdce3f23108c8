#include "fusion/map.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace tenfold {
namespace {

constexpr double kShrinkSlack = 1e-9;  // a factor of 2 that arrives as 1.9999999999 still is 2
constexpr double kMaxBlock = 1 << 20;
constexpr double kLatticeSlack = 1.0 / (1 << 22);  // pixels; coordinates are rounded to 2^-20
constexpr double kMaxShift = 1 << 30;

cv::Point2d project(const cv::Matx33d& m, const cv::Point2d& p) {
  const double x = m(0, 0) * p.x + m(0, 1) * p.y + m(0, 2);
  const double y = m(1, 0) * p.x + m(1, 1) * p.y + m(1, 2);
  const double w = m(2, 0) * p.x + m(2, 1) * p.y + m(2, 2);
  return w == 1.0 ? cv::Point2d(x, y) : cv::Point2d(x / w, y / w);
}

void project(const cv::Matx33d& m, std::span<cv::Point2d> places) {
  if (m == cv::Matx33d::eye()) return;
  for (cv::Point2d& place : places) place = project(m, place);
}

// Places between the knots along one axis of a grid.
class KnotAxis {
 public:
  KnotAxis(double frame, int knots) : per_pixel_((knots - 1) / frame), last_(knots - 1), knots_(knots) {}

  // The knot at or before a coordinate, and how far behind it that lies, in [0, 1].
  struct Place {
    int knot;
    double fraction;
  };

  Place operator()(double coordinate) const {
    const double place = (coordinate + 0.5) * per_pixel_;
    const double clamped = std::min(place > 0.0 ? place : 0.0, last_);  // 0 for no number, too
    const int knot = std::min(static_cast<int>(clamped), knots_ - 2);
    return {knot, clamped - knot};
  }

 private:
  double per_pixel_, last_;
  int knots_;
};

std::vector<MapStage> stages_of(const GeometryMap& map) {
  if (map.grid) return {{map.matrix, map.grid}, {map.then, nullptr}};
  return {{map.then * map.matrix, nullptr}};
}

// Two or three times a power of two: what halves of the source serve, and leaves a factor below 1.5 to
// interpolation.
int block_of(double shrink) {
  if (!(shrink + kShrinkSlack >= 2.0)) return 1;
  const double whole = std::min(shrink, kMaxBlock) + kShrinkSlack;
  const int power = static_cast<int>(std::bit_floor(static_cast<unsigned>(whole)));
  return whole >= 1.5 * power ? power / 2 * 3 : power;
}

bool near_whole(double value, double slack) {
  return std::abs(value) < kMaxShift && std::abs(value - std::round(value)) < slack;
}

}  // namespace

void displace(const DisplacementGrid& grid, std::span<cv::Point2d> places) {
  const KnotAxis columns(grid.frame.width, grid.offset.cols), rows(grid.frame.height, grid.offset.rows);
  for (cv::Point2d& p : places) {
    const KnotAxis::Place x = columns(p.x), y = rows(p.y);
    const cv::Vec2f* above = grid.offset[y.knot] + x.knot;
    const cv::Vec2f* below = grid.offset[y.knot + 1] + x.knot;
    const auto offset = [&](int axis) {
      const double top = above[0][axis] * (1.0 - x.fraction) + above[1][axis] * x.fraction;
      const double bottom = below[0][axis] * (1.0 - x.fraction) + below[1][axis] * x.fraction;
      return top * (1.0 - y.fraction) + bottom * y.fraction;
    };
    p = {p.x + offset(0), p.y + offset(1)};
  }
}

void Map::append(const GeometryMap& later) {
  std::vector<MapStage> stages = stages_of(later);
  stages_.front().matrix = stages_.front().matrix * stages.back().matrix;
  stages.pop_back();
  stages_.insert(stages_.begin(), stages.begin(), stages.end());
}

Map Map::then(const cv::Matx33d& matrix) const {
  Map result = *this;
  result.stages_.back().matrix = matrix * result.stages_.back().matrix;
  return result;
}

cv::Point2d Map::operator()(double x, double y) const {
  cv::Point2d p(x, y);
  move({&p, 1});
  return p;
}

void Map::move(std::span<cv::Point2d> places) const {
  for (const MapStage& stage : stages_) {
    project(stage.matrix, places);
    if (stage.grid) displace(*stage.grid, places);
  }
}

std::optional<cv::Matx33d> Map::affine() const {
  if (stages_.size() > 1) return std::nullopt;
  cv::Matx33d m = stages_.front().matrix;
  if (m(2, 0) != 0.0 || m(2, 1) != 0.0 || m(2, 2) == 0.0) return std::nullopt;
  if (m(2, 2) != 1.0) m = m * (1.0 / m(2, 2));
  m(2, 2) = 1.0;
  return m;
}

std::optional<LatticeMap> as_lattice(const Map& map, cv::Size output) {
  const auto matrix = map.affine();
  if (!matrix) return std::nullopt;
  const cv::Matx33d& m = *matrix;
  const double slack = kLatticeSlack / std::max({output.width, output.height, 1});
  for (int row = 0; row < 2; ++row) {
    for (int column = 0; column < 2; ++column)
      if (!near_whole(m(row, column), slack)) return std::nullopt;
    if (!near_whole(m(row, 2), kLatticeSlack)) return std::nullopt;
  }
  const auto whole = [&m](int row, int column) { return static_cast<int>(std::lround(m(row, column))); };
  const bool straight = std::abs(whole(0, 0)) == 1 && whole(0, 1) == 0 &&  //
                        std::abs(whole(1, 1)) == 1 && whole(1, 0) == 0;
  const bool swapped = std::abs(whole(0, 1)) == 1 && whole(0, 0) == 0 &&  //
                       std::abs(whole(1, 0)) == 1 && whole(1, 1) == 0;
  if (!straight && !swapped) return std::nullopt;
  return LatticeMap{swapped, whole(0, swapped ? 1 : 0), whole(1, swapped ? 0 : 1), whole(0, 2), whole(1, 2)};
}

cv::Size shrink_blocks(const Map& map, cv::Size output) {
  cv::Matx22d linear;
  if (const auto matrix = map.affine()) {
    linear = matrix->get_minor<2, 2>(0, 0);
  } else {
    const cv::Point2d centre((output.width - 1) / 2.0, (output.height - 1) / 2.0);
    const cv::Point2d along = map(centre.x + 0.5, centre.y) - map(centre.x - 0.5, centre.y);
    const cv::Point2d down = map(centre.x, centre.y + 0.5) - map(centre.x, centre.y - 0.5);
    linear = {along.x, down.x, along.y, down.y};
  }
  const auto length = [&linear](int row) {
    return std::sqrt(linear(row, 0) * linear(row, 0) + linear(row, 1) * linear(row, 1));
  };
  return {block_of(length(0)), block_of(length(1))};
}

bool stays_inside(const Map& map, cv::Size input, cv::Size output) {
  constexpr double kTolerance = 1e-6;
  if (!map.affine()) return false;
  const auto is_inside = [&](int x, int y) {
    const cv::Point2d p = map(x, y);
    return p.x >= -0.5 - kTolerance && p.y >= -0.5 - kTolerance && p.x <= input.width - 0.5 + kTolerance &&
           p.y <= input.height - 0.5 + kTolerance;
  };
  const int right = output.width - 1, bottom = output.height - 1;
  return is_inside(0, 0) && is_inside(right, 0) && is_inside(0, bottom) && is_inside(right, bottom);
}

Map into_averaged(const Map& map, cv::Size blocks) {
  if (blocks == cv::Size(1, 1)) return map;
  const double x = 1.0 / blocks.width, y = 1.0 / blocks.height;
  return map.then({x, 0, 0.5 * x - 0.5, 0, y, 0.5 * y - 0.5, 0, 0, 1});
}

}  // namespace tenfold
