#include "similarity/detail.h"

#include <algorithm>
#include <cmath>

namespace tenfold {
namespace {

constexpr int kNeighbourhood = 8;        // it reaches side / 8 pixels on each side of its middle
constexpr double kCodeValue = 256 * 16;  // of the thumbnail, and of the weights that smooth it
constexpr double kLeastDetail = 1 * kCodeValue;
constexpr double kFaint = 4 * kCodeValue;  // deviations well below this are left faint, for they may be noise

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
template <typename Value>
std::vector<std::int64_t> integral(const std::vector<Value>& image, int side) {
  const std::size_t stride = side + 1;
  std::vector<std::int64_t> sums(stride * stride);
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x)
      sums[(y + 1) * stride + x + 1] = image[static_cast<std::size_t>(y) * side + x] +
                                       sums[y * stride + x + 1] + sums[(y + 1) * stride + x] -
                                       sums[y * stride + x];
  return sums;
}

// Each pixel minus the mean of its neighbourhood, which is smaller at the edges but has the pixel in its
// middle, so that nothing is left of an even slope; with `evened`, divided by its deviation.
Detail high_pass(const Thumbnail& thumbnail, int side, bool evened) {
  const std::vector<int> image = smoothed(averaged(thumbnail, side), side);
  std::vector<std::int64_t> squares(image.size());
  std::transform(image.begin(), image.end(), squares.begin(),
                 [](int value) { return std::int64_t{value} * value; });
  const std::vector<std::int64_t> sums = integral(image, side), square_sums = integral(squares, side);
  const std::size_t stride = side + 1;
  const int radius = side / kNeighbourhood;
  Detail detail{side, std::vector<float>(image.size())};
  const auto reach = [&](int at) { return std::min({radius, at, side - 1 - at}); };
  for (int y = 0; y < side; ++y) {
    const std::size_t top = (y - reach(y)) * stride, bottom = (y + reach(y) + 1) * stride;
    for (int x = 0; x < side; ++x) {
      const int left = x - reach(x), right = x + reach(x) + 1;
      const auto mean = [&](const std::vector<std::int64_t>& of) {
        const auto count = static_cast<double>((bottom - top) / stride * (right - left));
        return static_cast<double>(of[bottom + right] - of[top + right] - of[bottom + left] +
                                   of[top + left]) /
               count;
      };
      const std::size_t i = static_cast<std::size_t>(y) * side + x;
      const double middle = mean(sums);
      const auto deviation = [&] {
        const double variance = mean(square_sums) - middle * middle;
        return std::sqrt(std::max(variance, 0.0) + kFaint * kFaint);
      };
      detail.values[i] = static_cast<float>((image[i] - middle) / (evened ? deviation() : 1));
    }
  }
  return detail;
}

}  // namespace

Detail detail_of(const Thumbnail& thumbnail, int side) { return high_pass(thumbnail, side, true); }

bool has_detail(const Thumbnail& thumbnail) {
  const Detail detail = high_pass(thumbnail, kThumbnailSide, false);
  double squares = 0;
  for (const float value : detail.values) squares += static_cast<double>(value) * value;
  return squares >= kLeastDetail * kLeastDetail * static_cast<double>(detail.values.size());
}

}  // namespace tenfold
