// Gauss and Newton's method, from coarse to fine: at 16, 32 and 64 pixels a side a map of the first image's
// pixels to places of the second is improved a few times. A step solves for scale and shift of both axes
// together with gain and offset, so that the second image, seen through the map, comes nearest to the first.
// (B. Lucas and T. Kanade, "An iterative image registration technique", IJCAI 1981.)

#include "tenfold/similarity/alignment.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "similarity/detail.h"

namespace tenfold {
namespace {

constexpr std::array kSides{16, 32, 64};
constexpr int kMostSteps = 6;
constexpr double kStill = 0.02;  // pixels that an edge moves in a step behind which no other is worth it

// Places along one axis, from -1 at the first edge of an image to 1 at its last: scale · place + shift.
struct AxisMap {
  double scale = 1, shift = 0;

  // As far as crops can bring it.
  AxisMap clamped() const {
    const auto edge = [](double place, double at) {
      return std::clamp(place, at - 2 * kMostCropped, at + 2 * kMostCropped);
    };
    const double first = edge(shift - scale, -1), last = edge(shift + scale, 1);
    return {(last - first) / 2, (last + first) / 2};
  }
};

struct Map {
  AxisMap x{}, y{};
};

// For each pixel of an axis of the first image: the pixel of the second before its place, and how far behind.
struct Places {
  int begin = 0, end = 0;  // those whose places lie inside
  std::vector<int> before{};
  std::vector<float> behind{};
};

Places places_of(const AxisMap& map, int side) {
  Places places{.before = std::vector<int>(side), .behind = std::vector<float>(side)};
  places.begin = side;
  for (int i = 0; i < side; ++i) {
    const double place = map.scale * ((2 * i + 1.0) / side - 1) + map.shift;
    const double at = ((place + 1) * side - 1) / 2;
    if (at < 0 || at > side - 1) continue;
    places.begin = std::min(places.begin, i);
    places.end = i + 1;
    places.before[i] = std::min(static_cast<int>(at), side - 2);
    places.behind[i] = static_cast<float>(at - places.before[i]);
  }
  return places;
}

// The second image through the map, where both are seen.
struct Seen {
  int left = 0, right = 0, top = 0, bottom = 0;
  Detail detail{};
};

Seen seen_through(const Map& map, const Detail& image) {
  const Places x = places_of(map.x, image.side), y = places_of(map.y, image.side);
  Seen seen{x.begin, x.end, y.begin, y.end, {image.side, std::vector<float>(image.values.size())}};
  for (int row = y.begin; row < y.end; ++row) {
    const float* upper = &image.values[static_cast<std::size_t>(y.before[row]) * image.side];
    const float* lower = upper + image.side;
    float* to = &seen.detail.values[static_cast<std::size_t>(row) * image.side];
    const float down = y.behind[row];
    for (int i = x.begin; i < x.end; ++i) {
      const int at = x.before[i];
      const float left = upper[at] + down * (lower[at] - upper[at]);
      const float right = upper[at + 1] + down * (lower[at + 1] - upper[at + 1]);
      to[i] = left + x.behind[i] * (right - left);
    }
  }
  return seen;
}

// The sums of products of shift and scale of both axes, the image itself, one, and the image to be met.
constexpr int kUnknowns = 6;
struct Equations {
  std::array<std::array<double, kUnknowns + 1>, kUnknowns> rows{};

  void add(const std::array<float, kUnknowns>& terms, float goal) {
    for (int i = 0; i < kUnknowns; ++i) {
      for (int j = i; j < kUnknowns; ++j) rows[i][j] += static_cast<double>(terms[i]) * terms[j];
      rows[i][kUnknowns] += static_cast<double>(terms[i]) * goal;
    }
  }

  // By Gauss and Jordan; a little is added to the diagonal, which is what keeps it from being singular.
  std::array<double, kUnknowns> solve() {
    constexpr double kDamping = 1e-3;
    for (int i = 0; i < kUnknowns; ++i) {
      for (int j = 0; j < i; ++j) rows[i][j] = rows[j][i];
      rows[i][i] += kDamping * rows[i][i] + 1e-9;
    }
    for (int i = 0; i < kUnknowns; ++i)
      for (int other = 0; other < kUnknowns; ++other) {
        const double factor = other == i ? 0 : rows[other][i] / rows[i][i];
        for (int j = i; j <= kUnknowns; ++j) rows[other][j] -= factor * rows[i][j];
      }
    std::array<double, kUnknowns> solution;
    for (int i = 0; i < kUnknowns; ++i) solution[i] = rows[i][kUnknowns] / rows[i][i];
    return solution;
  }
};

double correlation(const Detail& first, const Seen& seen) {
  double sum_a = 0, sum_b = 0, aa = 0, bb = 0, ab = 0;
  for (int y = seen.top; y < seen.bottom; ++y)
    for (int x = seen.left; x < seen.right; ++x) {
      const double a = first.at(x, y), b = seen.detail.at(x, y);
      sum_a += a, sum_b += b, aa += a * a, bb += b * b, ab += a * b;
    }
  const double count = static_cast<double>(seen.right - seen.left) * (seen.bottom - seen.top);
  const double deviations = std::sqrt((aa - sum_a * sum_a / count) * (bb - sum_b * sum_b / count));
  return deviations > 0 ? (ab - sum_a * sum_b / count) / deviations : 0;
}

// A better map, by one step.
Map improved(const Map& map, const Detail& first, const Seen& seen) {
  Equations equations;
  const auto place = [&](int i) {
    return static_cast<float>(2 * i + 1) / static_cast<float>(first.side) - 1;
  };
  for (int y = seen.top + 1; y < seen.bottom - 1; ++y)
    for (int x = seen.left + 1; x < seen.right - 1; ++x) {
      const float across = (seen.detail.at(x + 1, y) - seen.detail.at(x - 1, y)) / 2;
      const float down = (seen.detail.at(x, y + 1) - seen.detail.at(x, y - 1)) / 2;
      equations.add({across, across * place(x), down, down * place(y), seen.detail.at(x, y), 1},
                    first.at(x, y));
    }
  const auto found = equations.solve();
  const double gain = found[4];
  if (!(gain > 0.1)) return map;  // no likeness to follow
  const double unit = 2.0 / first.side / gain;
  return {AxisMap{map.x.scale + unit * found[1], map.x.shift + unit * found[0]}.clamped(),
          AxisMap{map.y.scale + unit * found[3], map.y.shift + unit * found[2]}.clamped()};
}

double moved(const AxisMap& from, const AxisMap& to, int side) {
  return (std::abs(to.scale - from.scale) + std::abs(to.shift - from.shift)) * side / 2;
}

}  // namespace

double aligned_correlation(const Thumbnail& first, const Thumbnail& second) {
  if (!has_detail(first) || !has_detail(second)) return 0;
  Map best;
  double highest = 0;
  for (const int side : kSides) {
    const Detail a = detail_of(first, side), b = detail_of(second, side);
    Map map = best;
    highest = -1;
    for (int step = 0; step <= kMostSteps; ++step) {
      const Seen seen = seen_through(map, b);
      if (const double now = correlation(a, seen); now > highest) highest = now, best = map;
      const Map next = improved(map, a, seen);
      const bool still = moved(map.x, next.x, side) < kStill && moved(map.y, next.y, side) < kStill;
      map = next;
      if (still) break;
    }
  }
  return std::max(highest, 0.0);
}

}  // namespace tenfold
