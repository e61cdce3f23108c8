#include "fusion/plane_colors.h"

#include <algorithm>
#include <cstdint>

#include "fusion/vector_targets.h"
#include "fusion/working_row.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "fusion/plane_colors.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace tenfold::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

const hn::ScalableTag<float> kFloats;
const hn::ScalableTag<std::int32_t> kInts;
using Floats = hn::Vec<decltype(kFloats)>;
using Ints = hn::Vec<decltype(kInts)>;

constexpr float kUnit = 1.0F / (1 << kFractionBits);

Floats all(float value) { return hn::Set(kFloats, value); }

// Of blue, green and red, added up.
struct Sums {
  Floats red, green, blue;
};

Sums nothing() { return {hn::Zero(kFloats), hn::Zero(kFloats), hn::Zero(kFloats)}; }

// A row's part of the samples that one row of chroma stands for.
class Recolorer {
 public:
  explicit Recolorer(const PlaneColors& colors) : colors_(colors) {}

  // What chroma contributes to blue, green and red.
  Sums of_chroma(const Floats& cb, const Floats& cr) const {
    return {part(0, cb, cr), part(1, cb, cr), part(2, cb, cr)};
  }

  // The luma code of samples; their colors are added to `sums`.
  Ints operator()(const Floats& luma, const Sums& chroma, Sums& sums) const {
    const Floats red = clamped(hn::Add(hn::Mul(all(colors_(0, 0)), luma), chroma.red));
    const Floats green = clamped(hn::Add(hn::Mul(all(colors_(1, 0)), luma), chroma.green));
    const Floats blue = clamped(hn::Add(hn::Mul(all(colors_(2, 0)), luma), chroma.blue));
    sums = {hn::Add(sums.red, red), hn::Add(sums.green, green), hn::Add(sums.blue, blue)};
    return rounded(luma_of({red, green, blue}));
  }

  static Ints cb_of(const Sums& mean) { return chroma_of(mean.blue, luma_of(mean), 1 / 1.772F); }
  static Ints cr_of(const Sums& mean) { return chroma_of(mean.red, luma_of(mean), 1 / 1.402F); }

 private:
  Floats part(int row, const Floats& cb, const Floats& cr) const {
    const Floats sum = hn::Add(hn::Mul(all(colors_(row, 1)), cb), hn::Mul(all(colors_(row, 2)), cr));
    return hn::Add(sum, all(colors_(row, 3)));
  }

  static Floats clamped(const Floats& value) { return hn::Min(hn::Max(value, hn::Zero(kFloats)), all(255)); }

  static Ints rounded(const Floats& value) { return hn::ConvertTo(kInts, hn::Add(value, all(0.5F))); }

  static Floats luma_of(const Sums& color) {
    const Floats sum = hn::Add(hn::Mul(all(0.299F), color.red), hn::Mul(all(0.587F), color.green));
    return hn::Add(sum, hn::Mul(all(0.114F), color.blue));
  }

  static Ints chroma_of(const Floats& color, const Floats& luma, float scale) {
    return rounded(hn::Min(hn::Add(hn::Mul(hn::Sub(color, luma), all(scale)), all(128)), all(255)));
  }

  const PlaneColors colors_;
};

// Values of `kStride` places, from one on; a vector's worth of them is `kStride` vectors wide.
template <int kStride>
struct Group {
  Floats value[kStride];
};

template <int kStride>
Group<kStride> load(const std::int16_t* values) {
  const auto in_codes = [](const Ints& value) { return hn::Mul(hn::ConvertTo(kFloats, value), all(kUnit)); };
  if constexpr (kStride == 1) {
    return {{in_codes(hn::PromoteTo(kInts, hn::LoadU(hn::Rebind<std::int16_t, decltype(kInts)>(), values)))}};
  } else {
    const Ints both = hn::LoadU(kInts, reinterpret_cast<const std::int32_t*>(values));
    return {{in_codes(hn::ShiftRight<16>(hn::ShiftLeft<16>(both))), in_codes(hn::ShiftRight<16>(both))}};
  }
}

void store(const Ints& codes, std::uint8_t* out) {
  const hn::Rebind<std::uint8_t, decltype(kInts)> bytes;
  hn::StoreU(hn::DemoteTo(bytes, codes), bytes, out);
}

// The rows of one row of chroma, as far as whole vectors go; returns how many chroma samples are done.
template <int kStride>
int recolor_vectors(const Recolorer& recolor, const std::array<cv::Mat, 3>& values, int chroma_row, int first,
                    int rows, std::array<cv::Mat, 3>& codes) {
  const int lanes = static_cast<int>(hn::Lanes(kFloats));
  const auto* cb = values[1].ptr<std::int16_t>(chroma_row);
  const auto* cr = values[2].ptr<std::int16_t>(chroma_row);
  const Floats share = all(1.0F / static_cast<float>(kStride * rows));
  int x = 0;
  for (; (x + lanes) * kStride <= values[0].cols; x += lanes) {
    const Sums chroma = recolor.of_chroma(load<1>(cb + x).value[0], load<1>(cr + x).value[0]);
    Sums sums = nothing();
    for (int row = 0; row < rows; ++row) {
      const Group<kStride> luma = load<kStride>(values[0].ptr<std::int16_t>(first + row) + kStride * x);
      std::uint8_t* out = codes[0].ptr<std::uint8_t>(first + row) + kStride * x;
      const Ints left = recolor(luma.value[0], chroma, sums);
      if constexpr (kStride == 1) {
        store(left, out);
      } else {
        const Ints both = hn::Or(left, hn::ShiftLeft<8>(recolor(luma.value[1], chroma, sums)));
        const hn::Rebind<std::uint16_t, decltype(kInts)> shorts;
        hn::StoreU(hn::DemoteTo(shorts, both), shorts, reinterpret_cast<std::uint16_t*>(out));
      }
    }
    const Sums mean{hn::Mul(sums.red, share), hn::Mul(sums.green, share), hn::Mul(sums.blue, share)};
    store(Recolorer::cb_of(mean), codes[1].ptr<std::uint8_t>(chroma_row) + x);
    store(Recolorer::cr_of(mean), codes[2].ptr<std::uint8_t>(chroma_row) + x);
  }
  return x;
}

// One chroma sample at a time: at the right edge, and for rare samplings.
void recolor_singly(const Recolorer& recolor, cv::Size sampling, const std::array<cv::Mat, 3>& values,
                    int chroma_row, int first, int rows, int begin, std::array<cv::Mat, 3>& codes) {
  const auto value = [&](int plane, int y, int x) {
    return all(static_cast<float>(values[static_cast<std::size_t>(plane)].at<std::int16_t>(y, x)) * kUnit);
  };
  const auto code = [](const Ints& result) { return static_cast<std::uint8_t>(hn::GetLane(result)); };
  for (int x = begin; x < values[1].cols; ++x) {
    const Sums chroma = recolor.of_chroma(value(1, chroma_row, x), value(2, chroma_row, x));
    const int left = x * sampling.width, right = std::min(left + sampling.width, values[0].cols);
    Sums sums = nothing();
    for (int row = first; row < first + rows; ++row)
      for (int column = left; column < right; ++column)
        codes[0].at<std::uint8_t>(row, column) = code(recolor(value(0, row, column), chroma, sums));
    const Floats share = all(1.0F / static_cast<float>(rows * (right - left)));
    const Sums mean{hn::Mul(sums.red, share), hn::Mul(sums.green, share), hn::Mul(sums.blue, share)};
    codes[1].at<std::uint8_t>(chroma_row, x) = code(Recolorer::cb_of(mean));
    codes[2].at<std::uint8_t>(chroma_row, x) = code(Recolorer::cr_of(mean));
  }
}

void recolor(const PlaneColors& colors, cv::Size sampling, const std::array<cv::Mat, 3>& values,
             std::array<cv::Mat, 3>& codes) {
  const Recolorer recolorer(colors);
  for (int y = 0; y < values[1].rows; ++y) {
    const int first = y * sampling.height, rows = std::min(sampling.height, values[0].rows - first);
    int done = 0;
    if (sampling.width == 1) done = recolor_vectors<1>(recolorer, values, y, first, rows, codes);
    if (sampling.width == 2) done = recolor_vectors<2>(recolorer, values, y, first, rows, codes);
    recolor_singly(recolorer, sampling, values, y, first, rows, done, codes);
  }
}

}  // namespace
}  // namespace tenfold::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tenfold {

HWY_EXPORT(recolor);

void recolor_planes(const PlaneColors& colors, cv::Size sampling, const std::array<cv::Mat, 3>& values,
                    std::array<cv::Mat, 3>& codes) {
  HWY_DYNAMIC_DISPATCH(recolor)(colors, sampling, values, codes);
}

}  // namespace tenfold
#endif  // HWY_ONCE
