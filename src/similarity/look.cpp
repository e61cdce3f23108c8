#include "tenfold/similarity/look.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <vector>

#include "similarity/detail.h"

namespace tenfold {
namespace {

constexpr int kSide = kThumbnailSide;
constexpr int kFrequencies = 8;
constexpr int kCosineBits = 12;

struct Wave {
  int u = 0, v = 0;  // half periods across and down
  int weight = 0;    // 16 times its frequency
};

struct Tables {
  std::array<std::array<std::int32_t, kSide>, kFrequencies> cosines{};
  std::array<Wave, Look::kWaves> waves{};  // the lowest frequencies first
};

// Rounded so coarsely that the last bit of a cosine does not matter.
const Tables& tables() {
  static const Tables made = [] {
    Tables tables;
    for (int u = 0; u < kFrequencies; ++u)
      for (int x = 0; x < kSide; ++x)
        tables.cosines[u][x] = static_cast<std::int32_t>(
            std::lround((1 << kCosineBits) * (u == 0 ? std::numbers::sqrt2 / 2 : 1) *
                        std::cos(std::numbers::pi * (2 * x + 1) * u / (2 * kSide))));
    int i = 0;
    for (int v = 0; v < kFrequencies; ++v)
      for (int u = v == 0 ? 1 : 0; u < kFrequencies; ++u)
        tables.waves[i++] = {u, v, static_cast<int>(std::lround(16 * std::sqrt(u * u + v * v)))};
    std::stable_sort(tables.waves.begin(), tables.waves.end(),
                     [](const Wave& a, const Wave& b) { return a.weight < b.weight; });
    return tables;
  }();
  return made;
}

std::int64_t square_root(std::int64_t value) {
  auto root = static_cast<std::int64_t>(std::sqrt(static_cast<double>(value)));
  while (root * root > value) --root;
  while ((root + 1) * (root + 1) <= value) ++root;
  return root;
}

std::int64_t rounded_quotient(std::int64_t value, std::int64_t divisor) {
  return (value < 0 ? value - divisor / 2 : value + divisor / 2) / divisor;
}

std::array<std::int64_t, Look::kWaves> waves_of(const Thumbnail& thumbnail) {
  const Tables& t = tables();
  std::array<std::array<std::int64_t, kSide>, kFrequencies> rows{};  // by u, then y
  for (int y = 0; y < kSide; ++y)
    for (int u = 0; u < kFrequencies; ++u) {
      std::int32_t sum = 0;  // 64 numbers under 2^23
      for (int x = 0; x < kSide; ++x) sum += (t.cosines[u][x] * (thumbnail.luma[y * kSide + x] - 32768)) >> 4;
      rows[u][y] = sum;
    }
  std::array<std::int64_t, Look::kWaves> waves{};
  for (int i = 0; i < Look::kWaves; ++i) {
    std::int64_t sum = 0;
    for (int y = 0; y < kSide; ++y) sum += rows[t.waves[i].u][y] * t.cosines[t.waves[i].v][y];
    waves[i] = (sum >> 26) * t.waves[i].weight;
  }
  return waves;
}

std::uint16_t proportion_of(cv::Size size) {
  const std::int64_t proportion = rounded_quotient(std::int64_t{Look::kSquare} * size.width, size.height);
  return static_cast<std::uint16_t>(std::clamp<std::int64_t>(proportion, 1, 65535));
}

}  // namespace

std::optional<Look> look_of(const cv::Mat& pixels) {
  if (std::min(pixels.rows, pixels.cols) < kThumbnailSide) return std::nullopt;
  return look_of(thumbnail_of(pixels), pixels.size());
}

std::optional<Look> look_of(const Thumbnail& thumbnail, cv::Size size) {
  if (std::min(size.width, size.height) < kThumbnailSide || !has_detail(thumbnail)) return std::nullopt;
  const auto waves = waves_of(thumbnail);
  std::int64_t squares = 0;
  for (const std::int64_t wave : waves) squares += wave * wave;
  const std::int64_t length = std::max<std::int64_t>(1, square_root(squares));
  Look look{.proportion = proportion_of(size)};
  for (int i = 0; i < Look::kWaves; ++i)
    look.waves[i] = static_cast<std::int8_t>(
        std::clamp<std::int64_t>(rounded_quotient(waves[i] * Look::kLength, length), -127, 127));
  return look;
}

}  // namespace tenfold
