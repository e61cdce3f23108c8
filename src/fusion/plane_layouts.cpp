#include "fusion/plane_layouts.h"

#include <algorithm>

#include "fusion/area_average.h"
#include "fusion/vector_targets.h"
#include "fusion/working_row.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "fusion/plane_layouts.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace tenfold::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// `Both` holds two of `Value`.
template <typename Value, typename Both>
void pair_values(const cv::Mat& plane, cv::Mat& pairs, int dropped_bits) {
  const hn::ScalableTag<Both> both;
  const hn::Rebind<Value, decltype(both)> values;
  const int step = static_cast<int>(hn::Lanes(both));
  constexpr int kBits = 8 * sizeof(Value);
  for (int y = 0; y < plane.rows; ++y) {
    const auto* above = plane.ptr<Value>(y);
    const auto* below = plane.ptr<Value>(y + 1 < plane.rows ? y + 1 : 0);
    auto* out = pairs.ptr<Both>(y);
    int x = 0;
    for (; x + step <= plane.cols; x += step) {
      const auto upper = hn::ShiftRightSame(hn::PromoteTo(both, hn::LoadU(values, above + x)), dropped_bits);
      const auto lower = hn::ShiftRightSame(hn::PromoteTo(both, hn::LoadU(values, below + x)), dropped_bits);
      hn::StoreU(hn::Or(upper, hn::ShiftLeft<kBits>(lower)), both, out + x);
    }
    for (; x < plane.cols; ++x)
      out[x] = static_cast<Both>((above[x] >> dropped_bits) | (below[x] >> dropped_bits) << kBits);
    out[plane.cols] = out[0];
  }
}

void pair(const cv::Mat& plane, cv::Mat& pairs) {
  if (plane.depth() == CV_8U)
    pair_values<std::uint8_t, std::uint16_t>(plane, pairs, 0);
  else
    pair_values<std::uint16_t, std::uint32_t>(plane, pairs, kAverageBits - kFractionBits);
}

// Averages of two by two values with `bits` behind the point; `Both` holds two values.
template <typename Value, typename Both, int kBits>
void halve_values(const cv::Mat& plane, cv::Mat& halves) {
  for (int y = 0; y < halves.rows; ++y) {
    const auto* above = plane.ptr<Value>(2 * y);
    const auto* below = plane.ptr<Value>(std::min(2 * y + 1, plane.rows - 1));
    auto* out = halves.ptr<std::uint16_t>(y);
    int x = 0;
#if HWY_TARGET != HWY_SCALAR
    constexpr int kValueBits = 8 * sizeof(Value);
    const hn::ScalableTag<Both> both;
    const hn::Rebind<std::uint16_t, decltype(both)> shorts;
    const int step = static_cast<int>(hn::Lanes(both));
    const auto sum_of = [&](const Value* values) {
      const auto pair = hn::BitCast(both, hn::LoadU(hn::Repartition<Value, decltype(both)>(), values));
      return hn::Add(hn::And(pair, hn::Set(both, (1 << kValueBits) - 1)), hn::ShiftRight<kValueBits>(pair));
    };
    for (; x + step <= plane.cols / 2; x += step) {
      const auto sum = hn::Add(sum_of(above + 2 * x), sum_of(below + 2 * x));
      if constexpr (kBits > 0)
        hn::StoreU(hn::ShiftLeft<kBits - 2>(sum), shorts, out + x);
      else
        hn::StoreU(hn::DemoteTo(shorts, hn::BitCast(hn::RebindToSigned<decltype(both)>(),
                                                    hn::ShiftRight<2>(hn::Add(sum, hn::Set(both, 2))))),
                   shorts, out + x);
    }
#endif
    for (; x < halves.cols; ++x) {
      const int left = 2 * x, right = std::min(2 * x + 1, plane.cols - 1);
      const std::uint32_t sum = std::uint32_t{above[left]} + above[right] + below[left] + below[right];
      out[x] = static_cast<std::uint16_t>(((sum << kBits) + 2) >> 2);
    }
  }
}

void halve(const cv::Mat& plane, cv::Mat& halves) {
  if (plane.depth() == CV_8U)
    halve_values<std::uint8_t, std::uint16_t, kAverageBits>(plane, halves);
  else
    halve_values<std::uint16_t, std::uint32_t, 0>(plane, halves);
}

}  // namespace
}  // namespace tenfold::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tenfold {

HWY_EXPORT(pair);
HWY_EXPORT(halve);

bool can_be_paired(cv::Size plane) { return 4 * (std::int64_t{plane.width} + 1) * plane.height < INT32_MAX; }

void pair_rows(const cv::Mat& plane, cv::Mat& pairs) { HWY_DYNAMIC_DISPATCH(pair)(plane, pairs); }

void halve_plane(const cv::Mat& plane, cv::Mat& halves) { HWY_DYNAMIC_DISPATCH(halve)(plane, halves); }

}  // namespace tenfold
#endif  // HWY_ONCE
