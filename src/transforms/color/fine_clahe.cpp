#include "transforms/color/fine_clahe.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

namespace tenfold {
namespace {

constexpr int kBins = 256;
constexpr double kWhite = 65'535;
constexpr double kBinsPerCode = kBins / kWhite;

// The share of pixels below each bin, and 1.
using Curve = std::array<double, kBins + 1>;

// The bin of a value that lies so many bins above black.
std::size_t bin_of(double position) {
  return std::min(static_cast<std::size_t>(position), std::size_t{kBins - 1});
}

Curve equalizing_curve(const cv::Mat& tile, double clip_limit) {
  std::array<double, kBins> counts{};
  for (int y = 0; y < tile.rows; ++y)
    for (int x = 0; x < tile.cols; ++x) ++counts[bin_of(tile.at<std::uint16_t>(y, x) * kBinsPerCode)];

  const auto pixels = static_cast<double>(tile.total());
  const double limit = clip_limit * pixels / kBins;
  double excess = 0;
  for (double& count : counts) {
    excess += std::max(0.0, count - limit);
    count = std::min(count, limit);
  }
  Curve curve{};
  for (std::size_t bin = 0; bin < kBins; ++bin)
    curve[bin + 1] = curve[bin] + (counts[bin] + excess / kBins) / pixels;
  return curve;
}

double level(const Curve& curve, double position) {
  const std::size_t bin = bin_of(position);
  return curve[bin] + (position - static_cast<double>(bin)) * (curve[bin + 1] - curve[bin]);
}

// Where the tiles of an axis begin and end: tile i covers [edge(i), edge(i + 1)), none is empty.
struct Axis {
  int length;
  int tiles;

  int edge(int i) const { return static_cast<int>(std::int64_t{length} * i / tiles); }
};

// The two tiles about a pixel, and the weight of the second.
struct Between {
  int first;
  int second;
  double weight;
};

std::vector<Between> neighbours(const Axis& axis) {
  std::vector<Between> result;
  for (int i = 0; i < axis.length; ++i) {
    const double place = (i + 0.5) * axis.tiles / axis.length - 0.5;
    const int first = static_cast<int>(std::floor(place));
    result.push_back({std::max(first, 0), std::min(first + 1, axis.tiles - 1), place - first});
  }
  return result;
}

}  // namespace

void equalize_tiles(cv::Mat& plane, double clip_limit, int tiles) {
  const Axis columns{plane.cols, std::min(tiles, plane.cols)};
  const Axis rows{plane.rows, std::min(tiles, plane.rows)};
  std::vector<Curve> curves;
  for (int j = 0; j < rows.tiles; ++j)
    for (int i = 0; i < columns.tiles; ++i)
      curves.push_back(equalizing_curve(
          plane(cv::Range(rows.edge(j), rows.edge(j + 1)), cv::Range(columns.edge(i), columns.edge(i + 1))),
          clip_limit));

  const std::vector<Between> across = neighbours(columns);
  const std::vector<Between> down = neighbours(rows);
  for (int y = 0; y < plane.rows; ++y) {
    const Between& v = down[static_cast<std::size_t>(y)];
    const Curve* upper = &curves[static_cast<std::size_t>(v.first * columns.tiles)];
    const Curve* lower = &curves[static_cast<std::size_t>(v.second * columns.tiles)];
    auto* row = plane.ptr<std::uint16_t>(y);
    for (int x = 0; x < plane.cols; ++x) {
      const Between& h = across[static_cast<std::size_t>(x)];
      const double position = row[x] * kBinsPerCode;
      const double above =
          (1 - h.weight) * level(upper[h.first], position) + h.weight * level(upper[h.second], position);
      const double below =
          (1 - h.weight) * level(lower[h.first], position) + h.weight * level(lower[h.second], position);
      const double mixed = (1 - v.weight) * above + v.weight * below;
      row[x] = static_cast<std::uint16_t>(std::min(mixed, 1.0) * kWhite + 0.5);
    }
  }
}

}  // namespace tenfold
