// Composed maps from output to input coordinates, and what the executor asks of them.

#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <optional>
#include <span>
#include <vector>

#include "tenfold/steps/step.h"

namespace tenfold {

// q = matrix · p, then q + grid(q) if there is a grid.
struct MapStage {
  cv::Matx33d matrix = cv::Matx33d::eye();
  std::shared_ptr<const DisplacementGrid> grid;
};

// Adds to each place what the field has there.
void displace(const DisplacementGrid& grid, std::span<cv::Point2d> places);

// A chain of stages, the first applied first. Only the last has no grid, so neighbouring matrices are one.
class Map {
 public:
  Map() : stages_(1) {}

  // The map of a chain to which `later` is added: the output of `later` is the new output, so its map is
  // applied to a point before the others.
  void append(const GeometryMap& later);

  // The map, followed by `matrix`.
  Map then(const cv::Matx33d& matrix) const;

  // Where the output's pixel (x, y) lies in the input; may be infinite or no number.
  cv::Point2d operator()(double x, double y) const;

  // Takes places of the output, many at a time because that is faster, to where they lie in the input.
  void move(std::span<cv::Point2d> places) const;

  std::span<const MapStage> stages() const { return stages_; }

  // The matrix, if the map is affine: then its last row is exactly (0, 0, 1).
  std::optional<cv::Matx33d> affine() const;

 private:
  std::vector<MapStage> stages_;
};

// A map that moves whole pixels: quarter turns, flips, shifts. Input x = x_sign · (swaps ? y : x) + x_shift,
// and y likewise with the other one.
struct LatticeMap {
  bool swaps = false;
  int x_sign = 1, y_sign = 1;
  int x_shift = 0, y_shift = 0;

  bool is_identity() const { return !swaps && x_sign == 1 && y_sign == 1 && x_shift == 0 && y_shift == 0; }
};

// The map as a LatticeMap, if all coordinates of an output of this size round to whole pixels.
std::optional<LatticeMap> as_lattice(const Map& map, cv::Size output);

// How many input columns and rows are averaged into one before sampling: floor of the shrink s per axis.
cv::Size shrink_blocks(const Map& map, cv::Size output);

// The map into the image that is left after averaging blocks of this size.
Map into_averaged(const Map& map, cv::Size blocks);

// Whether an affine map takes every pixel of the output to a place in the picture, whose pixels reach half a
// pixel beyond their centres: a resize, a crop, a magnification. Corners are enough, for the picture is
// convex.
bool stays_inside(const Map& map, cv::Size input, cv::Size output);

}  // namespace tenfold
