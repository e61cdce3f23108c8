#include "fusion/weights.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <numeric>

namespace tenfold {
namespace {

double cubic(double distance) {
  constexpr double a = -0.75;
  const double d = std::abs(distance);
  if (d < 1.0) return ((a + 2.0) * d - (a + 3.0)) * d * d + 1.0;
  if (d < 2.0) return ((a * d - 5.0 * a) * d + 8.0 * a) * d - 4.0 * a;
  return 0.0;
}

double sinc(double x) {
  const double angle = std::numbers::pi * x;
  return angle == 0.0 ? 1.0 : std::sin(angle) / angle;
}

double lanczos(double distance) {
  return std::abs(distance) < 4.0 ? sinc(distance) * sinc(distance / 4.0) : 0.0;
}

}  // namespace

template <int kTaps>
WeightTable<kTaps>::WeightTable() {
  const int last = static_cast<int>(knots_.size()) - 1;
  for (int knot = 0; knot <= last; ++knot) {
    std::array<double, kTaps> weights;
    for (int tap = 0; tap < kTaps; ++tap) {
      const double distance = tap - (kTaps / 2 - 1) - static_cast<double>(knot) / last;
      weights[tap] = kTaps == 4 ? cubic(distance) : lanczos(distance);
    }
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (int tap = 0; tap < kTaps; ++tap)
      knots_[knot][tap] = static_cast<std::int32_t>(std::lround(weights[tap] / sum * (1 << kWeightBits)));
  }
}

template <int kTaps>
const WeightTable<kTaps>& WeightTable<kTaps>::instance() {
  static const WeightTable table;
  return table;
}

template class WeightTable<4>;
template class WeightTable<8>;

template <int kTaps>
ShortWeightTable<kTaps>::ShortWeightTable() {
  constexpr int kWeightsDropped = kWeightBits - kShortBits;
  for (std::size_t place = 0; place < weights_.size(); ++place) {
    // The last place is a whole pixel on, which is as near to the fraction before it as makes no difference.
    const int fraction = std::min(static_cast<int>(place) << kDropped, kCoordinateOne - 1);
    const auto exact = weights_at<kTaps>(fraction);
    int rest = 1 << kShortBits;
    for (int tap = 0; tap < kTaps; ++tap) {
      const int weight = (exact[tap] + (1 << (kWeightsDropped - 1))) >> kWeightsDropped;
      weights_[place][tap] = static_cast<std::int16_t>(weight);
      rest -= weight;
    }
    std::int16_t& largest = weights_[place][fraction < kCoordinateOne / 2 ? kTaps / 2 - 1 : kTaps / 2];
    largest = static_cast<std::int16_t>(largest + rest);
  }
}

template <int kTaps>
const ShortWeightTable<kTaps>& ShortWeightTable<kTaps>::instance() {
  static const ShortWeightTable table;
  return table;
}

template class ShortWeightTable<4>;
template class ShortWeightTable<8>;

}  // namespace tenfold
