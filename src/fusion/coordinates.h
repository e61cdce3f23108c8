// Input coordinates of the pixels of an output row, rounded to 2^-20 pixel: the last floating-point numbers
// on the way to the output. What follows is integer arithmetic, so it is alike on every machine.

#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "fusion/map.h"
#include "fusion/working_row.h"

namespace tenfold {

inline constexpr int kCoordinateBits = 20;
inline constexpr int kCoordinateOne = 1 << kCoordinateBits;

// Coordinate i is x[i] + x_fraction[i] / 2^20, where x[i] is the floor; y likewise. Behind the count the last
// group of sixteen is filled up, so that kernels need no remainder loop.
struct CoordinateBlock {
  int count = 0;
  alignas(64) std::array<std::int32_t, kBlock> x, y, x_fraction, y_fraction;
};

// A walk along a row, in 2^-32 pixel: it strays from the exact line by at most half of that a step.
struct Walk {
  std::int64_t start_x, start_y, step_x, step_y;
};

class CoordinateRows {
 public:
  CoordinateRows(const Map& map, cv::Size output);

  bool is_affine() const { return affine_.has_value(); }

  // The same as read(). REQUIRES is_affine().
  Walk walk(int x_begin, int y) const;

  // The pixels x_begin … of row y, up to kBlock of them. REQUIRES x_begin to be a multiple of kBlock.
  void read(int x_begin, int y, CoordinateBlock& block) const;

 private:
  const Map& map_;
  cv::Size output_;
  std::optional<cv::Matx33d> affine_;  // empty: every pixel is mapped on its own
};

}  // namespace tenfold
