#include "fusion/outline.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace tenfold {
namespace {

constexpr double kPiece = 2;               // pixels: no side is longer where it is bent
constexpr std::size_t kMostPieces = 2048;  // of an outline
constexpr double kHorizon = 1e-3;          // the least w that is seen: a thousand times as large as at w = 1
constexpr int kNewtonSteps = 30, kHalvings = 6;
constexpr double kClose = 1e-4;      // pixels, at which it is good enough
constexpr double kHopeless = 0.5;    // pixels, at which a place counts as not found
constexpr double kDifference = 0.5;  // pixels, of the derivative

using Corners = std::vector<cv::Vec3d>;  // homogeneous

// The half plane dot(plane, corner) >= 0 of it (Sutherland and Hodgman, "Reentrant polygon clipping", 1974).
Corners cut(const Corners& corners, const cv::Vec3d& plane) {
  Corners result;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const cv::Vec3d &from = corners[i], &to = corners[(i + 1) % corners.size()];
    const double before = plane.dot(from), after = plane.dot(to);
    if (before >= 0) result.push_back(from);
    if ((before >= 0) != (after >= 0)) result.push_back(from + before / (before - after) * (to - from));
  }
  return result;
}

Corners homogeneous(const Outline& outline) {
  Corners corners;
  corners.reserve(outline.size());
  for (const cv::Point2d& point : outline) corners.emplace_back(point.x, point.y, 1);
  return corners;
}

Outline flat(const Corners& corners) {
  Outline outline;
  outline.reserve(corners.size());
  for (const cv::Vec3d& corner : corners) outline.emplace_back(corner[0] / corner[2], corner[1] / corner[2]);
  return outline;
}

Outline projected(const Outline& outline, const cv::Matx33d& matrix) {
  Corners corners = homogeneous(outline);
  bool flat_already = true;
  for (cv::Vec3d& corner : corners) {
    corner = matrix * corner;
    flat_already = flat_already && corner[2] == 1;
  }
  if (flat_already) return flat(corners);
  // w >= kHorizon, as a plane: the corners are homogeneous, so all of them are shifted by it.
  for (cv::Vec3d& corner : corners) corner[2] -= kHorizon;
  corners = cut(corners, {0, 0, 1});
  for (cv::Vec3d& corner : corners) corner[2] += kHorizon;
  return flat(corners);
}

Outline in_short_pieces(const Outline& outline) {
  double length = 0;
  for (std::size_t i = 0; i < outline.size(); ++i)
    length += cv::norm(outline[(i + 1) % outline.size()] - outline[i]);
  const double piece = std::max(kPiece, length / kMostPieces);
  Outline result;
  for (std::size_t i = 0; i < outline.size(); ++i) {
    const cv::Point2d from = outline[i], way = outline[(i + 1) % outline.size()] - from;
    const int pieces = std::max(1, static_cast<int>(std::ceil(cv::norm(way) / piece)));
    for (int k = 0; k < pieces; ++k) result.push_back(from + way * (1.0 * k / pieces));
  }
  return result;
}

// The place that the field takes to `wanted`.
class Undoing {
 public:
  Undoing(const DisplacementGrid& grid, cv::Point2d wanted) : grid_(grid), wanted_(wanted) {}

  // Nothing where the field leads nowhere near.
  std::optional<cv::Point2d> place() const {
    cv::Point2d place = wanted_, miss = miss_at(place);
    for (int i = 0; i < kNewtonSteps && cv::norm(miss) > kClose; ++i) {
      cv::Point2d step = newton_step(place, miss);
      for (int halving = 0; halving < kHalvings; ++halving, step *= 0.5)
        if (cv::norm(miss_at(place + step)) < cv::norm(miss)) break;
      place += step;
      miss = miss_at(place);
    }
    return cv::norm(miss) <= kHopeless ? std::optional(place) : std::nullopt;
  }

 private:
  cv::Point2d miss_at(cv::Point2d place) const {
    displace(grid_, {&place, 1});
    return place - wanted_;
  }

  cv::Point2d newton_step(const cv::Point2d& place, const cv::Point2d& miss) const {
    const cv::Point2d x = (miss_at({place.x + kDifference, place.y}) - miss) / kDifference;
    const cv::Point2d y = (miss_at({place.x, place.y + kDifference}) - miss) / kDifference;
    const double determinant = x.x * y.y - x.y * y.x;
    if (std::abs(determinant) < 1e-3) return -miss;
    return {-(y.y * miss.x - y.x * miss.y) / determinant, -(x.x * miss.y - x.y * miss.x) / determinant};
  }

  const DisplacementGrid& grid_;
  const cv::Point2d wanted_;
};

Outline undone(const Outline& outline, const DisplacementGrid& grid) {
  Outline result;
  for (const cv::Point2d& point : in_short_pieces(outline))
    if (const auto place = Undoing(grid, point).place()) result.push_back(*place);
  return result;
}

// Of a matrix that looks forward where the frame is: w is positive at its centre.
cv::Matx33d inverse_of(cv::Matx33d matrix, const cv::Point2d& centre) {
  if (matrix(2, 0) * centre.x + matrix(2, 1) * centre.y + matrix(2, 2) < 0) matrix *= -1;
  const bool affine = matrix(2, 0) == 0 && matrix(2, 1) == 0;
  cv::Matx33d inverse = matrix.inv();
  if (affine && inverse(2, 2) != 0) inverse *= 1 / inverse(2, 2);
  if (affine) inverse(2, 0) = inverse(2, 1) = 0;
  return inverse;
}

}  // namespace

Outline moved_forwards(const Outline& outline, const Map& map, cv::Size frame) {
  const cv::Point2d centre((frame.width - 1) / 2.0, (frame.height - 1) / 2.0);
  const std::span<const MapStage> stages = map.stages();
  // Where the frame's centre lies before each stage.
  std::vector<cv::Point2d> centres{centre};
  for (const MapStage& stage : stages) {
    cv::Point2d next = centres.back();
    const cv::Vec3d moved = stage.matrix * cv::Vec3d(next.x, next.y, 1);
    next = {moved[0] / moved[2], moved[1] / moved[2]};
    if (stage.grid) displace(*stage.grid, {&next, 1});
    centres.push_back(next);
  }
  Outline result = outline;
  for (std::size_t i = stages.size(); i-- > 0;) {
    if (stages[i].grid) result = undone(result, *stages[i].grid);
    result = projected(result, inverse_of(stages[i].matrix, centres[i]));
  }
  return result;
}

Outline clipped(const Outline& outline, const cv::Rect2d& rectangle) {
  Corners corners = homogeneous(outline);
  const double right = rectangle.x + rectangle.width, bottom = rectangle.y + rectangle.height;
  for (const cv::Vec3d& plane : {cv::Vec3d(1, 0, -rectangle.x), cv::Vec3d(-1, 0, right),
                                 cv::Vec3d(0, 1, -rectangle.y), cv::Vec3d(0, -1, bottom)})
    corners = cut(corners, plane);
  return flat(corners);
}

Outline clipped(const Outline& outline, cv::Size frame) {
  return clipped(outline, cv::Rect2d(-0.5, -0.5, frame.width, frame.height));
}

double area_of(const Outline& outline) {
  double twice = 0;
  for (std::size_t i = 0; i < outline.size(); ++i) {
    const cv::Point2d &from = outline[i], &to = outline[(i + 1) % outline.size()];
    twice += from.x * to.y - to.x * from.y;
  }
  return std::abs(twice) / 2;
}

cv::Rect2d bound_of(const Outline& outline) {
  const auto [left, right] = std::ranges::minmax(outline, {}, &cv::Point2d::x);
  const auto [top, bottom] = std::ranges::minmax(outline, {}, &cv::Point2d::y);
  return {left.x, top.y, right.x - left.x, bottom.y - top.y};
}

}  // namespace tenfold
