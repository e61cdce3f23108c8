#include "fusion/vector_kernels.h"

#include <algorithm>
#include <cstring>

#include "fusion/working_row.h"

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
const hn::Rebind<std::uint8_t, decltype(kInts)> kBytes;

Ints all(std::int32_t value) { return hn::Set(kInts, value); }

const hn::RebindToUnsigned<decltype(kInts)> kUnsigned;
using Unsigned = hn::Vec<decltype(kUnsigned)>;

// A place along one axis; the fraction has kCoordinateBits.
struct Place {
  Ints pixel, fraction;
};

// Places along one axis, a vector of them at a time. Positions are whole pixels and 2^-32ths; the carry goes
// from these to those.
class AxisWalk {
 public:
  AxisWalk(std::int64_t start, std::int64_t step) {
    const int lanes = static_cast<int>(hn::Lanes(kInts));
    HWY_ALIGN std::int32_t high[HWY_MAX_BYTES / 4];
    HWY_ALIGN std::uint32_t low[HWY_MAX_BYTES / 4];
    for (int i = 0; i < lanes; ++i) {
      const std::int64_t position = start + i * step;
      high[i] = static_cast<std::int32_t>(position >> 32);
      low[i] = static_cast<std::uint32_t>(position);
    }
    pixel_ = hn::Load(kInts, high);
    rest_ = hn::Load(kUnsigned, low);
    const std::int64_t stride = step * lanes;
    pixel_stride_ = all(static_cast<std::int32_t>(stride >> 32));
    rest_stride_ = hn::Set(kUnsigned, static_cast<std::uint32_t>(stride));
  }

  Place next() {
    const Place place{pixel_, hn::BitCast(kInts, hn::ShiftRight<32 - kCoordinateBits>(rest_))};
    rest_ = hn::Add(rest_, rest_stride_);
    const Unsigned carry = hn::VecFromMask(kUnsigned, hn::Lt(rest_, rest_stride_));  // all ones: -1
    pixel_ = hn::Sub(hn::Add(pixel_, pixel_stride_), hn::BitCast(kInts, carry));
    return place;
  }

 private:
  Ints pixel_, pixel_stride_;
  Unsigned rest_, rest_stride_;
};

void walk(const Walk& walk, int count, CoordinateBlock& block) {
  AxisWalk x(walk.start_x, walk.step_x), y(walk.start_y, walk.step_y);
  for (int i = 0; i < count; i += static_cast<int>(hn::Lanes(kInts))) {
    const Place across = x.next(), down = y.next();
    hn::Store(across.pixel, kInts, &block.x[i]);
    hn::Store(across.fraction, kInts, &block.x_fraction[i]);
    hn::Store(down.pixel, kInts, &block.y[i]);
    hn::Store(down.fraction, kInts, &block.y_fraction[i]);
  }
}

// What lies before the first pixel's centre or behind the last one's is there.
Place clamped(const Place& place, int size) {
  const Ints last = all(size - 1);
  const auto beyond = hn::Or(hn::Lt(place.pixel, hn::Zero(kInts)), hn::Gt(place.pixel, all(size - 2)));
  return {hn::Min(hn::Max(place.pixel, hn::Zero(kInts)), last), hn::IfThenZeroElse(beyond, place.fraction)};
}

// By whole periods to about where the image is, so that folding has few steps to go.
Ints brought_near(const Ints& pixel, int period) {
  const hn::RebindToFloat<decltype(kInts)> floats;
  const auto periods =
      hn::Mul(hn::ConvertTo(floats, pixel), hn::Set(floats, 1.0F / static_cast<float>(period)));
  return hn::Sub(pixel, hn::Mul(hn::ConvertTo(kInts, periods), all(period)));
}

// Seen from the mirror at `edge`, the neighbours change sides.
Place mirrored(const Place& place, const hn::Mask<decltype(kInts)>& where, int edge) {
  return {hn::IfThenElse(where, hn::Sub(all(edge), place.pixel), place.pixel),
          hn::IfThenElse(where, hn::Sub(all(kCoordinateOne), place.fraction), place.fraction)};
}

// Mirrors before `first` and behind `last`, again and again: each time a place comes nearer.
Place reflected(Place place, int first, int first_edge, int last, int last_edge) {
  place.pixel = brought_near(place.pixel, last_edge - first_edge);
  for (;;) {
    const auto before = hn::Lt(place.pixel, all(first)), behind = hn::Gt(place.pixel, all(last));
    if (hn::AllFalse(kInts, hn::Or(before, behind))) return place;
    place = mirrored(mirrored(place, before, first_edge), behind, last_edge);
  }
}

Place wrapped(Place place, int size) {
  place.pixel = brought_near(place.pixel, size);
  for (;;) {
    const auto before = hn::Lt(place.pixel, hn::Zero(kInts)), behind = hn::Gt(place.pixel, all(size - 1));
    if (hn::AllFalse(kInts, hn::Or(before, behind))) return place;
    place.pixel = hn::IfThenElse(before, hn::Add(place.pixel, all(size)), place.pixel);
    place.pixel = hn::IfThenElse(behind, hn::Sub(place.pixel, all(size)), place.pixel);
  }
}

// Where the pixel that stands for a place beyond the edges is, and the next one.
Place folded(const Place& place, int size, Border border) {
  switch (border) {
    case Border::kReflect:
      return clamped(reflected(place, -1, -2, size - 1, 2 * size - 2), size);
    case Border::kReflect101:
      if (size > 1) return reflected(place, 0, -1, size - 2, 2 * size - 3);
      break;
    case Border::kWrap:
      return wrapped(place, size);
    default:
      break;
  }
  return clamped(place, size);
}

// How much of a place comes from the image along one axis, and not from the fill around it, in 2^-20.
Ints covered(const Place& place, int size) {
  const Ints one = all(kCoordinateOne);
  Ints cover = hn::IfThenElse(hn::Eq(place.pixel, all(-1)), place.fraction, one);
  const Ints at_end = hn::Sub(one, place.fraction);
  cover = hn::IfThenElse(hn::Eq(place.pixel, all(size - 1)), hn::Min(cover, at_end), cover);
  const auto away = hn::Or(hn::Lt(place.pixel, all(-1)), hn::Gt(place.pixel, all(size - 1)));
  return hn::IfThenZeroElse(away, cover);
}

// Whole code values.
Ints on_line(const FixedLine& line, const Ints& value) {
  const Ints sum = hn::Add(hn::Mul(value, all(line.gain)), all(line.offset));
  return hn::Min(hn::Max(hn::ShiftRight<FixedLine::kShift>(sum), hn::Zero(kInts)), all(255));
}

// Negative lanes where it does not lie in [0, last].
Ints outside(const Ints& pixel, int last) { return hn::Or(pixel, hn::Sub(all(last), pixel)); }

// Warps vectors of pixels.
class Warper {
 public:
  explicit Warper(const PlaneWarp& warp)
      : base_(reinterpret_cast<const std::int32_t*>(warp.pairs.data)),
        step_(all(static_cast<std::int32_t>(warp.pairs.step))),
        size_(warp.pairs.cols - 1, warp.pairs.rows),
        border_(warp.border),
        fill_(all(warp.fill << kFractionBits)),
        line_(warp.line) {}

  // Code values.
  Ints operator()(const Place& x, const Place& y) const {
    const Ints signs = hn::Or(outside(x.pixel, size_.width - 2), outside(y.pixel, size_.height - 2));
    if (hn::AllFalse(kInts, hn::Lt(signs, hn::Zero(kInts)))) return on_line(line_, sampled(x, y));
    const Ints value = sampled(folded(x, size_.width, border_), folded(y, size_.height, border_));
    return on_line(line_, border_ == Border::kConstant ? covered_by_fill(value, x, y) : value);
  }

 private:
  // Columns are blended first. In the scale of the working row.
  Ints sampled(const Place& x, const Place& y) const {
    constexpr int kBits = 13;       // of a fraction
    constexpr int kColumnBits = 9;  // behind the point of columns
    constexpr int kDropped = kCoordinateBits - kBits, kDown = kColumnBits + kBits - kFractionBits;
    const Ints half_fraction = all(1 << (kDropped - 1)), byte = all(0xFF);
    const Ints x_weight = hn::ShiftRight<kDropped>(hn::Add(x.fraction, half_fraction));
    const Ints y_weight = hn::ShiftRight<kDropped>(hn::Add(y.fraction, half_fraction));
    const Ints offset = hn::Add(hn::Mul(y.pixel, step_), hn::Add(x.pixel, x.pixel));
    const Ints four = hn::GatherOffset(kInts, base_, offset);
    const auto blended = [&](const Ints& above, const Ints& below) {
      const Ints sum = hn::Add(hn::ShiftLeft<kBits>(above), hn::Mul(hn::Sub(below, above), y_weight));
      return hn::ShiftRight<kBits - kColumnBits>(sum);
    };
    const Ints left = blended(hn::And(four, byte), hn::And(hn::ShiftRight<8>(four), byte));
    const Ints right =
        blended(hn::And(hn::ShiftRight<16>(four), byte), hn::And(hn::ShiftRight<24>(four), byte));
    const Ints sum = hn::Add(hn::ShiftLeft<kBits>(left), hn::Mul(hn::Sub(right, left), x_weight));
    return hn::ShiftRight<kDown>(hn::Add(sum, all(1 << (kDown - 1))));
  }

  Ints covered_by_fill(const Ints& value, const Place& x, const Place& y) const {
    constexpr int kBits = 14;
    const Ints across = hn::ShiftRight<kCoordinateBits - kBits>(covered(x, size_.width));
    const Ints down = hn::ShiftRight<kCoordinateBits - kBits>(covered(y, size_.height));
    const Ints part = hn::ShiftRight<kBits>(hn::Mul(across, down));
    const Ints change = hn::Add(hn::Mul(hn::Sub(value, fill_), part), all(1 << (kBits - 1)));
    return hn::Add(fill_, hn::ShiftRight<kBits>(change));
  }

  const std::int32_t* base_;
  Ints step_;
  cv::Size size_;
  Border border_;
  Ints fill_;
  FixedLine line_;
};

void store_codes(const Ints& codes, int count, std::uint8_t* out) {
  const auto bytes = hn::DemoteTo(kBytes, codes);
  if (count >= static_cast<int>(hn::Lanes(kInts))) return hn::StoreU(bytes, kBytes, out);
  HWY_ALIGN std::uint8_t last[HWY_MAX_BYTES];
  hn::Store(bytes, kBytes, last);
  std::memcpy(out, last, static_cast<std::size_t>(count));
}

void warp(const PlaneWarp& plane_warp, const CoordinateRows& rows, CoordinateBlock& block, cv::Mat& result) {
  const Warper warper(plane_warp);
  const int lanes = static_cast<int>(hn::Lanes(kInts));
  for (int y = 0; y < result.rows; ++y) {
    for (int begin = 0; begin < result.cols; begin += kBlock) {
      std::uint8_t* out = result.ptr<std::uint8_t>(y) + begin;
      const int count = std::min(kBlock, result.cols - begin);
      if (rows.is_affine()) {
        const Walk walk = rows.walk(begin, y);
        AxisWalk across(walk.start_x, walk.step_x), down(walk.start_y, walk.step_y);
        for (int i = 0; i < count; i += lanes)
          store_codes(warper(across.next(), down.next()), count - i, out + i);
      } else {
        rows.read(begin, y, block);
        for (int i = 0; i < count; i += lanes) {
          const Place across{hn::Load(kInts, &block.x[i]), hn::Load(kInts, &block.x_fraction[i])};
          const Place down{hn::Load(kInts, &block.y[i]), hn::Load(kInts, &block.y_fraction[i])};
          store_codes(warper(across, down), count - i, out + i);
        }
      }
    }
  }
}

void recolor(const FixedLine& line, cv::Mat& plane) {
  const int lanes = static_cast<int>(hn::Lanes(kInts));
  for (int y = 0; y < plane.rows; ++y) {
    auto* row = plane.ptr<std::uint8_t>(y);
    for (int x = 0; x < plane.cols; x += lanes) {
      HWY_ALIGN std::uint8_t last[HWY_MAX_BYTES] = {};
      const int count = std::min(lanes, plane.cols - x);
      std::memcpy(last, row + x, static_cast<std::size_t>(count));
      const Ints value = hn::ShiftLeft<kFractionBits>(hn::PromoteTo(kInts, hn::Load(kBytes, last)));
      store_codes(on_line(line, value), count, row + x);
    }
  }
}

}  // namespace
}  // namespace tenfold::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tenfold {

HWY_EXPORT(walk);
HWY_EXPORT(warp);
HWY_EXPORT(recolor);

bool can_be_paired(cv::Size plane) { return 2 * (std::int64_t{plane.width} + 1) * plane.height < INT32_MAX; }

void pair_rows(const cv::Mat& plane, cv::Mat& pairs) {
  for (int y = 0; y < plane.rows; ++y) {
    const auto* above = plane.ptr<std::uint8_t>(y);
    const auto* below = plane.ptr<std::uint8_t>(y + 1 < plane.rows ? y + 1 : 0);
    auto* pair = pairs.ptr<std::uint8_t>(y);
    for (int x = 0; x < plane.cols; ++x) {
      pair[2 * x] = above[x];
      pair[2 * x + 1] = below[x];
    }
    std::memcpy(pair + 2 * plane.cols, pair, 2);
  }
}

void walk_coordinates(const Walk& walk, int count, CoordinateBlock& block) {
  HWY_DYNAMIC_DISPATCH(walk)(walk, count, block);
}

void warp_plane(const PlaneWarp& warp, const CoordinateRows& rows, CoordinateBlock& block, cv::Mat& result) {
  HWY_DYNAMIC_DISPATCH(warp)(warp, rows, block, result);
}

void apply_line(const FixedLine& line, cv::Mat& plane) { HWY_DYNAMIC_DISPATCH(recolor)(line, plane); }

}  // namespace tenfold
#endif  // HWY_ONCE
