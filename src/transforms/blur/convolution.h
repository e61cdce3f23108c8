// Weighted means over a neighbourhood of any shape, in whole numbers.

#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <vector>

namespace tenfold {

// What a pixel gives to the one at its left and above: out(x, y) takes `weight` / 65,536 of in(x + dx, y +
// dy).
struct Tap {
  int dx = 0;
  int dy = 0;
  std::uint32_t weight = 0;  // all of a kernel's add up to 65,536
};

using Kernel = std::vector<Tap>;

inline constexpr std::uint32_t kWholeWeight = 65'536;

// The kernel of these weights, of any sum > 0, over dx and dy from -reach to reach; row-major and square, of
// odd side. It is their running sum that is rounded, so no weight is off by 1 and a flat image stays as it
// is.
Kernel kernel_of(const cv::Mat_<double>& weights);

// Whether the kernel is but its middle.
bool is_identity(const Kernel& kernel);

// `out` may have any size before. Edges are mirrored (reflect_101); the window's surroundings do not matter.
void convolve(const cv::Mat& in, cv::Mat& out, const Kernel& kernel);

}  // namespace tenfold
