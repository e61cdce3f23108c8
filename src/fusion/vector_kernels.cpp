#include "fusion/vector_kernels.h"

#include <algorithm>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "fusion/vector_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace tenfold::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

const hn::ScalableTag<std::int32_t> kInts;
using Ints = hn::Vec<decltype(kInts)>;
const hn::Rebind<std::uint16_t, decltype(kInts)> kShorts;
const hn::Rebind<std::uint8_t, decltype(kInts)> kBytes;

Ints all(std::int32_t value) { return hn::Set(kInts, value); }

// Positions are whole pixels and 2^-32ths; the carry goes from these to those.
void walk_axis(std::int64_t start, std::int64_t step, int count, std::int32_t* whole,
               std::int32_t* fraction) {
  const hn::RebindToUnsigned<decltype(kInts)> unsigned_ints;
  const int lanes = static_cast<int>(hn::Lanes(kInts));
  HWY_ALIGN std::int32_t high[HWY_MAX_BYTES / 4];
  HWY_ALIGN std::uint32_t low[HWY_MAX_BYTES / 4];
  for (int i = 0; i < lanes; ++i) {
    const std::int64_t position = start + i * step;
    high[i] = static_cast<std::int32_t>(position >> 32);
    low[i] = static_cast<std::uint32_t>(position);
  }
  auto pixel = hn::Load(kInts, high);
  auto rest = hn::Load(unsigned_ints, low);
  const std::int64_t stride = step * lanes;
  const auto pixel_stride = all(static_cast<std::int32_t>(stride >> 32));
  const auto rest_stride = hn::Set(unsigned_ints, static_cast<std::uint32_t>(stride));
  for (int i = 0; i < count; i += lanes) {
    hn::Store(pixel, kInts, whole + i);
    hn::Store(hn::BitCast(kInts, hn::ShiftRight<32 - kCoordinateBits>(rest)), kInts, fraction + i);
    rest = hn::Add(rest, rest_stride);
    const auto carry = hn::VecFromMask(unsigned_ints, hn::Lt(rest, rest_stride));  // all ones: -1
    pixel = hn::Sub(hn::Add(pixel, pixel_stride), hn::BitCast(kInts, carry));
  }
}

void walk(const Walk& walk, int count, CoordinateBlock& block) {
  walk_axis(walk.start_x, walk.step_x, count, block.x.data(), block.x_fraction.data());
  walk_axis(walk.start_y, walk.step_y, count, block.y.data(), block.y_fraction.data());
}

// Negative lanes where it does not lie in [first, last].
Ints outside(const Ints& place, int first, int last) {
  return hn::Or(hn::Sub(place, all(first)), hn::Sub(all(last), place));
}

bool all_within(const CoordinateBlock& block, cv::Size size, cv::Size beyond) {
  Ints signs = hn::Zero(kInts);
  for (int i = 0; i < block.count; i += static_cast<int>(hn::Lanes(kInts))) {
    signs =
        hn::Or(signs, outside(hn::Load(kInts, &block.x[i]), -beyond.width, size.width - 2 + beyond.width));
    signs =
        hn::Or(signs, outside(hn::Load(kInts, &block.y[i]), -beyond.height, size.height - 2 + beyond.height));
  }
  return hn::AllFalse(kInts, hn::Lt(signs, hn::Zero(kInts)));
}

// A place along one axis.
struct Place {
  Ints pixel, fraction;
};

// What lies before the first pixel's centre or behind the last one's is there.
Place clamped(const Place& place, int size) {
  const Ints last = all(size - 1);
  const auto beyond = hn::Or(hn::Lt(place.pixel, hn::Zero(kInts)), hn::Gt(place.pixel, all(size - 2)));
  return {hn::Min(hn::Max(place.pixel, hn::Zero(kInts)), last), hn::IfThenZeroElse(beyond, place.fraction)};
}

// Seen from the mirror at `edge`, the neighbours change sides.
Place mirrored(const Place& place, const hn::Mask<decltype(kInts)>& where, int edge) {
  return {hn::IfThenElse(where, hn::Sub(all(edge), place.pixel), place.pixel),
          hn::IfThenElse(where, hn::Sub(all(kCoordinateOne), place.fraction), place.fraction)};
}

// Mirrors before `first` and behind `last`, again and again: each time a place comes nearer.
Place reflected(Place place, int first, int first_edge, int last, int last_edge) {
  for (;;) {
    const auto before = hn::Lt(place.pixel, all(first)), behind = hn::Gt(place.pixel, all(last));
    if (hn::AllFalse(kInts, hn::Or(before, behind))) return place;
    place = mirrored(mirrored(place, before, first_edge), behind, last_edge);
  }
}

Place folded(const Place& place, int size, Border border) {
  if (border == Border::kReflect) return clamped(reflected(place, -1, -2, size - 1, 2 * size - 2), size);
  if (border == Border::kReflect101 && size > 1) return reflected(place, 0, -1, size - 2, 2 * size - 3);
  return clamped(place, size);
}

// Along one axis, in 2^-20.
Ints covered(const Place& place, int size) {
  const Ints one = all(kCoordinateOne);
  Ints cover = hn::IfThenElse(hn::Eq(place.pixel, all(-1)), place.fraction, one);
  const Ints at_end = hn::Sub(one, place.fraction);
  cover = hn::IfThenElse(hn::Eq(place.pixel, all(size - 1)), hn::Min(cover, at_end), cover);
  const auto away = hn::Or(hn::Lt(place.pixel, all(-1)), hn::Gt(place.pixel, all(size - 1)));
  return hn::IfThenZeroElse(away, cover);
}

void fold(const CoordinateBlock& block, cv::Size size, Border border, CoordinateBlock& folded_block,
          Coverage& coverage) {
  constexpr int kDropped = kCoordinateBits - kCoverageBits;
  for (int i = 0; i < block.count; i += static_cast<int>(hn::Lanes(kInts))) {
    const Place x{hn::Load(kInts, &block.x[i]), hn::Load(kInts, &block.x_fraction[i])};
    const Place y{hn::Load(kInts, &block.y[i]), hn::Load(kInts, &block.y_fraction[i])};
    if (border == Border::kConstant) {
      const Ints across = hn::ShiftRight<kDropped>(covered(x, size.width));
      const Ints down = hn::ShiftRight<kDropped>(covered(y, size.height));
      hn::Store(hn::ShiftRight<kCoverageBits>(hn::Mul(across, down)), kInts, &coverage.part[i]);
    }
    const Place new_x = folded(x, size.width, border), new_y = folded(y, size.height, border);
    hn::Store(new_x.pixel, kInts, &folded_block.x[i]);
    hn::Store(new_x.fraction, kInts, &folded_block.x_fraction[i]);
    hn::Store(new_y.pixel, kInts, &folded_block.y[i]);
    hn::Store(new_y.fraction, kInts, &folded_block.y_fraction[i]);
  }
}

void sample(const cv::Mat& pairs, const CoordinateBlock& block, WorkingRow& row) {
  constexpr int kBits = 13;       // of a fraction
  constexpr int kColumnBits = 9;  // behind the point of columns, which are blended first
  constexpr int kDropped = kCoordinateBits - kBits, kDown = kColumnBits + kBits - kFractionBits;
  const auto* base = reinterpret_cast<const std::int32_t*>(pairs.data);
  const Ints step = all(static_cast<std::int32_t>(pairs.step)), byte = all(0xFF);
  const Ints half_fraction = all(1 << (kDropped - 1)), half = all(1 << (kDown - 1));
  for (int i = 0; i < block.count; i += static_cast<int>(hn::Lanes(kInts))) {
    const Ints x = hn::Load(kInts, &block.x[i]), y = hn::Load(kInts, &block.y[i]);
    const Ints x_weight =
        hn::ShiftRight<kDropped>(hn::Add(hn::Load(kInts, &block.x_fraction[i]), half_fraction));
    const Ints y_weight =
        hn::ShiftRight<kDropped>(hn::Add(hn::Load(kInts, &block.y_fraction[i]), half_fraction));
    const Ints four = hn::GatherOffset(kInts, base, hn::Add(hn::Mul(y, step), hn::Add(x, x)));
    const Ints above_left = hn::And(four, byte), below_left = hn::And(hn::ShiftRight<8>(four), byte);
    const Ints above_right = hn::And(hn::ShiftRight<16>(four), byte);
    const Ints below_right = hn::And(hn::ShiftRight<24>(four), byte);
    const Ints left = hn::ShiftRight<kBits - kColumnBits>(
        hn::Add(hn::ShiftLeft<kBits>(above_left), hn::Mul(hn::Sub(below_left, above_left), y_weight)));
    const Ints right = hn::ShiftRight<kBits - kColumnBits>(
        hn::Add(hn::ShiftLeft<kBits>(above_right), hn::Mul(hn::Sub(below_right, above_right), y_weight)));
    const Ints value = hn::Add(hn::ShiftLeft<kBits>(left), hn::Mul(hn::Sub(right, left), x_weight));
    hn::Store(hn::DemoteTo(kShorts, hn::ShiftRight<kDown>(hn::Add(value, half))), kShorts, &row.value[i]);
  }
}

void mix_fill(const Coverage& coverage, int count, std::uint16_t fill, WorkingRow& row) {
  const Ints outside = all(fill), half = all(1 << (kCoverageBits - 1));
  for (int i = 0; i < count; i += static_cast<int>(hn::Lanes(kInts))) {
    const Ints weight = hn::Load(kInts, &coverage.part[i]);
    const Ints value = hn::PromoteTo(kInts, hn::Load(kShorts, &row.value[i]));
    const Ints change = hn::Add(hn::Mul(hn::Sub(value, outside), weight), half);
    hn::Store(hn::DemoteTo(kShorts, hn::Add(outside, hn::ShiftRight<kCoverageBits>(change))), kShorts,
              &row.value[i]);
  }
}

void scale(std::int32_t gain, std::int32_t offset, int shift, int count, WorkingRow& row) {
  const Ints factor = all(gain), summand = all(offset), most = all(255);
  for (int i = 0; i < count; i += static_cast<int>(hn::Lanes(kInts))) {
    const Ints value = hn::PromoteTo(kInts, hn::Load(kShorts, &row.value[i]));
    const Ints codes = hn::ShiftRightSame(hn::Add(hn::Mul(value, factor), summand), shift);
    const Ints kept = hn::Min(hn::Max(codes, hn::Zero(kInts)), most);
    hn::Store(hn::DemoteTo(kShorts, hn::ShiftLeft<kFractionBits>(kept)), kShorts, &row.value[i]);
  }
}

void store(const WorkingRow& row, int count, std::uint8_t* codes) {
  const Ints half = all((1 << kFractionBits) >> 1);
  const int lanes = static_cast<int>(hn::Lanes(kInts));
  for (int i = 0; i < count; i += lanes) {
    const Ints value = hn::PromoteTo(kInts, hn::Load(kShorts, &row.value[i]));
    const auto bytes = hn::DemoteTo(kBytes, hn::ShiftRight<kFractionBits>(hn::Add(value, half)));
    if (i + lanes <= count) {
      hn::StoreU(bytes, kBytes, codes + i);
    } else {
      HWY_ALIGN std::uint8_t last[HWY_MAX_BYTES];
      hn::Store(bytes, kBytes, last);
      std::memcpy(codes + i, last, static_cast<std::size_t>(count - i));
    }
  }
}

}  // namespace
}  // namespace tenfold::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tenfold {

HWY_EXPORT(walk);
HWY_EXPORT(all_within);
HWY_EXPORT(fold);
HWY_EXPORT(sample);
HWY_EXPORT(mix_fill);
HWY_EXPORT(scale);
HWY_EXPORT(store);

bool can_be_paired(cv::Size plane) { return 2 * (std::int64_t{plane.width} + 1) * plane.height < INT32_MAX; }

void pair_rows(const cv::Mat& plane, cv::Mat& pairs) {
  for (int y = 0; y < plane.rows; ++y) {
    const auto* above = plane.ptr<std::uint8_t>(y);
    const auto* below = plane.ptr<std::uint8_t>(std::min(y + 1, plane.rows - 1));
    auto* pair = pairs.ptr<std::uint8_t>(y);
    for (int x = 0; x < plane.cols; ++x) {
      pair[2 * x] = above[x];
      pair[2 * x + 1] = below[x];
    }
    std::memcpy(pair + 2 * plane.cols, pair + 2 * (plane.cols - 1), 2);
  }
}

void walk_coordinates(const Walk& walk, int count, CoordinateBlock& block) {
  HWY_DYNAMIC_DISPATCH(walk)(walk, count, block);
}

bool lies_within(const CoordinateBlock& block, cv::Size size, cv::Size beyond) {
  return HWY_DYNAMIC_DISPATCH(all_within)(block, size, beyond);
}

void fold_coordinates(const CoordinateBlock& block, cv::Size size, Border border, CoordinateBlock& folded,
                      Coverage& coverage) {
  folded.count = block.count;
  HWY_DYNAMIC_DISPATCH(fold)(block, size, border, folded, coverage);
}

void sample_pairs(const cv::Mat& pairs, const CoordinateBlock& block, WorkingRow& row) {
  HWY_DYNAMIC_DISPATCH(sample)(pairs, block, row);
}

void cover(const Coverage& coverage, int count, std::uint16_t fill, WorkingRow& row) {
  HWY_DYNAMIC_DISPATCH(mix_fill)(coverage, count, fill, row);
}

void scale_row(std::int32_t gain, std::int32_t offset, int shift, int count, WorkingRow& row) {
  HWY_DYNAMIC_DISPATCH(scale)(gain, offset, shift, count, row);
}

void store_codes(const WorkingRow& row, int count, std::uint8_t* codes) {
  HWY_DYNAMIC_DISPATCH(store)(row, count, codes);
}

}  // namespace tenfold
#endif  // HWY_ONCE
