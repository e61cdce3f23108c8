// Places in vectors: walking along a row, and folding what lies beyond the edges. Included once for each
// instruction set, by Highway's convention.

// clang-format off: the guard toggles with the instruction set
#if defined(TENFOLD_VECTOR_PLACES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef TENFOLD_VECTOR_PLACES_INL_H_
#undef TENFOLD_VECTOR_PLACES_INL_H_
#else
#define TENFOLD_VECTOR_PLACES_INL_H_
#endif
// clang-format on

#include <hwy/highway.h>

#include <cstdint>

#include "fusion/coordinates.h"
#include "tenfold/steps/sampling.h"

HWY_BEFORE_NAMESPACE();
namespace tenfold::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

const hn::ScalableTag<std::int32_t> kInts;
const hn::ScalableTag<std::int16_t> kShorts;
const hn::Rebind<std::int16_t, decltype(kInts)> kHalfShorts;  // as many as there are ints
using Ints = hn::Vec<decltype(kInts)>;
using Shorts = hn::Vec<decltype(kShorts)>;

constexpr int kIntLanes = HWY_MAX_BYTES / 4;

// What is done here and there must not depend on the length of vectors: a group is a multiple of all of them.
constexpr int kGroup = 16;
static_assert(kGroup % kIntLanes == 0);

Ints all(std::int32_t value) { return hn::Set(kInts, value); }

int lanes() { return static_cast<int>(hn::Lanes(kInts)); }

// A place along one axis; the fraction has kCoordinateBits.
struct Place {
  Ints pixel, fraction;
};

// Places along one axis, a vector of them at a time, counted from the first one, which leaves 20 bits for
// fractions. What positions have behind those bits is added up apart, so that no place strays from the exact
// one: a row that ends on the edge of the image must not leave it.
class AxisWalk {
 public:
  AxisWalk(std::int64_t start, std::int64_t step) : first_pixel_(static_cast<std::int32_t>(start >> 32)) {
    const auto fraction = static_cast<std::uint32_t>(start);
    const Ints lane = hn::Iota(kInts, 0);
    position_ = hn::Add(all(static_cast<std::int32_t>(fraction >> kLowBits)), hn::Mul(lane, all(high(step))));
    low_ = hn::Add(all(low(fraction)), hn::Mul(lane, all(low(step))));
    carry();
    stride_ = all(high(step * lanes()));
    low_stride_ = all(low(step * lanes()));
  }

  Place next() {
    const Place place{hn::Add(hn::ShiftRight<kCoordinateBits>(position_), all(first_pixel_)),
                      hn::And(position_, all(kCoordinateOne - 1))};
    position_ = hn::Add(position_, stride_);
    low_ = hn::Add(low_, low_stride_);
    carry();
    return place;
  }

 private:
  static constexpr int kLowBits = 32 - kCoordinateBits;
  static constexpr std::int32_t kLowMask = (1 << kLowBits) - 1;

  static std::int32_t high(std::int64_t step) { return static_cast<std::int32_t>(step >> kLowBits); }
  static std::int32_t low(std::int64_t value) { return static_cast<std::int32_t>(value & kLowMask); }

  void carry() {
    position_ = hn::Add(position_, hn::ShiftRight<kLowBits>(low_));
    low_ = hn::And(low_, all(kLowMask));
  }

  std::int32_t first_pixel_;
  Ints position_, low_, stride_, low_stride_;
};

// The same with pixels counted from the first one, and without what lies behind 20 bits: after kBlock steps a
// place has strayed by less than kStrayed, in 2^-32 pixel. For places that are that far from the edges.
class ShortWalk {
 public:
  static constexpr std::int64_t kStrayed = std::int64_t{1} << 20;

  ShortWalk(std::int64_t start, std::int64_t step) : first_pixel_(start >> 32) {
    constexpr int kDropped = 32 - kCoordinateBits;
    const auto rest = static_cast<std::int32_t>(static_cast<std::uint32_t>(start) >> kDropped);
    const auto short_step = static_cast<std::int32_t>((step + (1 << (kDropped - 1))) >> kDropped);
    position_ = hn::Add(all(rest), hn::Mul(hn::Iota(kInts, 0), all(short_step)));
    stride_ = all(short_step * lanes());
  }

  std::ptrdiff_t first_pixel() const { return first_pixel_; }

  Place next() {
    const Place place{hn::ShiftRight<kCoordinateBits>(position_),
                      hn::And(position_, all(kCoordinateOne - 1))};
    position_ = hn::Add(position_, stride_);
    return place;
  }

 private:
  std::ptrdiff_t first_pixel_;
  Ints position_, stride_;
};

// Places along one axis that have been worked out before.
struct BlockPlaces {
  const std::int32_t* pixel;
  const std::int32_t* fraction;

  Place next() {
    const Place place{hn::Load(kInts, pixel), hn::Load(kInts, fraction)};
    pixel += lanes();
    fraction += lanes();
    return place;
  }
};

// What lies before the first pixel's centre or behind the last one's is there.
Place clamped(const Place& place, int size) {
  const Ints last = all(size - 1);
  const auto beyond = hn::Or(hn::Lt(place.pixel, hn::Zero(kInts)), hn::Gt(place.pixel, all(size - 2)));
  return {hn::Min(hn::Max(place.pixel, hn::Zero(kInts)), last), hn::IfThenZeroElse(beyond, place.fraction)};
}

// By whole periods to about where the image is, so that folding has few steps to go. Where they end does not
// depend on how the floats are rounded.
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
template <Border kBorder>
HWY_INLINE Place folded(const Place& place, int size) {
  if constexpr (kBorder == Border::kReflect)
    return clamped(reflected(place, -1, -2, size - 1, 2 * size - 2), size);
  else if constexpr (kBorder == Border::kReflect101)
    return size > 1 ? reflected(place, 0, -1, size - 2, 2 * size - 3) : clamped(place, size);
  else if constexpr (kBorder == Border::kWrap)
    return wrapped(place, size);
  else
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

}  // namespace
}  // namespace tenfold::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once for each instruction set
