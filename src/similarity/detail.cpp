#include "similarity/detail.h"

#include <algorithm>

namespace tenfold {
namespace {

constexpr int kNeighbourhood = 8;  // the mean is over a square of side / 8 pixels on each side of its middle
constexpr double kLeastDetail = 1.0;  // root of the mean square, in code values

std::vector<int> averaged(const Thumbnail& thumbnail, int side) {
  const int cells = kThumbnailSide / side;
  std::vector<int> means(static_cast<std::size_t>(side) * side);
  for (int y = 0; y < kThumbnailSide; ++y)
    for (int x = 0; x < kThumbnailSide; ++x)
      means[static_cast<std::size_t>(y / cells) * side + x / cells] += thumbnail.luma[y * kThumbnailSide + x];
  for (int& mean : means) mean /= cells * cells;
  return means;
}

// Weights 1, 2, 1 in both directions: a shift by half a pixel must not cost the finest detail.
std::vector<int> smoothed(const std::vector<int>& image, int side) {
  std::vector<int> across(image.size()), both(image.size());
  const auto index = [side](int x, int y) { return static_cast<std::size_t>(y) * side + x; };
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x)
      across[index(x, y)] = image[index(std::max(x - 1, 0), y)] + 2 * image[index(x, y)] +
                            image[index(std::min(x + 1, side - 1), y)];
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x)
      both[index(x, y)] = across[index(x, std::max(y - 1, 0))] + 2 * across[index(x, y)] +
                          across[index(x, std::min(y + 1, side - 1))];
  return both;
}

// Sums over the rectangles from the top left corner, of (side + 1)² entries.
std::vector<std::int64_t> integral(const std::vector<int>& image, int side) {
  const std::size_t stride = side + 1;
  std::vector<std::int64_t> sums(stride * stride);
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x)
      sums[(y + 1) * stride + x + 1] = image[static_cast<std::size_t>(y) * side + x] +
                                       sums[y * stride + x + 1] + sums[(y + 1) * stride + x] -
                                       sums[y * stride + x];
  return sums;
}

}  // namespace

Detail detail_of(const Thumbnail& thumbnail, int side) {
  const std::vector<int> image = smoothed(averaged(thumbnail, side), side);
  const std::vector<std::int64_t> sums = integral(image, side);
  const std::size_t stride = side + 1;
  const int radius = side / kNeighbourhood;
  Detail detail{side, std::vector<float>(image.size())};
  for (int y = 0; y < side; ++y) {
    const int top = std::max(y - radius, 0), bottom = std::min(y + radius + 1, side);
    for (int x = 0; x < side; ++x) {
      const int left = std::max(x - radius, 0), right = std::min(x + radius + 1, side);
      const std::int64_t sum = sums[bottom * stride + right] - sums[top * stride + right] -
                               sums[bottom * stride + left] + sums[top * stride + left];
      const std::size_t i = static_cast<std::size_t>(y) * side + x;
      detail.values[i] = static_cast<float>(image[i]) -
                         static_cast<float>(sum) / static_cast<float>((bottom - top) * (right - left));
    }
  }
  return detail;
}

bool has_detail(const Thumbnail& thumbnail) {
  const Detail detail = detail_of(thumbnail, kThumbnailSide);
  double squares = 0;
  for (const float value : detail.values) squares += static_cast<double>(value) * value;
  constexpr double kUnit = 256 * 16;  // of the thumbnail, and of smoothing's weights
  return squares >= kLeastDetail * kLeastDetail * kUnit * kUnit * static_cast<double>(detail.values.size());
}

}  // namespace tenfold
