#include "fusion/vector_kernels.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "fusion/vector_targets.h"
#include "fusion/working_row.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "fusion/vector_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "fusion/vector_places-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tenfold::HWY_NAMESPACE {
namespace {

void walk(const Walk& walk, int count, CoordinateBlock& block) {
  AxisWalk x(walk.start_x, walk.step_x), y(walk.start_y, walk.step_y);
  for (int i = 0; i < count; i += lanes()) {
    const Place across = x.next(), down = y.next();
    hn::Store(across.pixel, kInts, &block.x[i]);
    hn::Store(across.fraction, kInts, &block.x_fraction[i]);
    hn::Store(down.pixel, kInts, &block.y[i]);
    hn::Store(down.fraction, kInts, &block.y_fraction[i]);
  }
}

// The four neighbours of a place as bytes of 32 bits: above and below on the left, above and below on the
// right. Fractions have 15 bits; so columns and their blend are worked out in pairs of 16 bits, each rounded
// to the scale of the working row.
#if HWY_TARGET == HWY_SCALAR
std::int32_t part_way(std::int32_t from, std::int32_t to, std::int32_t fraction) {
  return from + ((2 * (to - from) * fraction + (1 << 15)) >> 16);
}

Ints blended(const Ints& four, const Ints& x_fraction, const Ints& y_fraction) {
  const std::int32_t bytes = hn::GetLane(four), y = hn::GetLane(y_fraction);
  const auto value = [bytes](int byte) { return (bytes >> 8 * byte & 0xFF) << kFractionBits; };
  return all(
      part_way(part_way(value(0), value(1), y), part_way(value(2), value(3), y), hn::GetLane(x_fraction)));
}
#else
Ints blended(const Ints& four, const Ints& x_fraction, const Ints& y_fraction) {
  const Ints bytes = all(0x00FF00FF);
  const Ints both_fractions = hn::Or(y_fraction, hn::ShiftLeft<16>(y_fraction));
  const Shorts above = hn::ShiftLeft<kFractionBits>(hn::BitCast(kShorts, hn::And(four, bytes)));
  const Shorts below =
      hn::ShiftLeft<kFractionBits>(hn::BitCast(kShorts, hn::And(hn::ShiftRight<8>(four), bytes)));
  const Shorts down = hn::MulFixedPoint15(hn::Sub(below, above), hn::BitCast(kShorts, both_fractions));
  const Shorts left = hn::Add(above, down);
  const Shorts right = hn::BitCast(kShorts, hn::ShiftRight<16>(hn::BitCast(kInts, left)));
  const Shorts across = hn::MulFixedPoint15(hn::Sub(right, left), hn::BitCast(kShorts, x_fraction));
  return hn::And(hn::BitCast(kInts, hn::Add(left, across)), all(0xFFFF));
}
#endif

// The same between pairs of pixels, above and below, in the scale of the working row.
#if HWY_TARGET == HWY_SCALAR
Ints blended_pairs(const Ints& left, const Ints& right, const Ints& x_fraction, const Ints& y_fraction) {
  const auto value = [](const Ints& pair, int place) {
    return static_cast<std::int32_t>(static_cast<std::int16_t>(hn::GetLane(pair) >> 16 * place));
  };
  const std::int32_t x = hn::GetLane(x_fraction), y = hn::GetLane(y_fraction);
  return all(part_way(part_way(value(left, 0), value(right, 0), x),
                      part_way(value(left, 1), value(right, 1), x), y));
}
#else
Ints blended_pairs(const Ints& left, const Ints& right, const Ints& x_fraction, const Ints& y_fraction) {
  const Ints both_fractions = hn::Or(x_fraction, hn::ShiftLeft<16>(x_fraction));
  const Shorts from = hn::BitCast(kShorts, left);
  const Shorts across =
      hn::MulFixedPoint15(hn::Sub(hn::BitCast(kShorts, right), from), hn::BitCast(kShorts, both_fractions));
  const Shorts above = hn::Add(from, across);
  const Shorts below = hn::BitCast(kShorts, hn::ShiftRight<16>(hn::BitCast(kInts, above)));
  const Shorts down = hn::MulFixedPoint15(hn::Sub(below, above), hn::BitCast(kShorts, y_fraction));
  return hn::And(hn::BitCast(kInts, hn::Add(above, down)), all(0xFFFF));
}
#endif

// A line on values of the working row, in 16 bits: gain · value in as many bits behind the point as fit. The
// offset must fit, too: a negative gain brings it back from far above the code values.
class ShortLine {
 public:
  explicit ShortLine(const FixedLine& line) {
    constexpr int kUnitBits = 12, kMaxWholeBits = 4;  // of a gain of 1; of an offset that fits FixedLine
    int whole_bits = 0;
    while (whole_bits < kMaxWholeBits && (std::abs(line.gain) >= 1 << (kUnitBits + whole_bits) ||
                                          std::abs(line.offset) >= 1 << (FixedLine::kShift + 8 + whole_bits)))
      ++whole_bits;
    bits_ = kFractionBits - whole_bits;
    gain_ = static_cast<std::int16_t>(line.gain * (1 << (15 - kUnitBits)) / (1 << whole_bits));
    offset_ = static_cast<std::int16_t>(std::clamp(line.offset >> (FixedLine::kShift - bits_),
                                                   std::int32_t{INT16_MIN}, std::int32_t{INT16_MAX}));
  }

  // Code values of `count` values, which lie on an aligned place with room for whole vectors.
  void store(const std::int16_t* values, int count, std::uint8_t* out) const {
    const hn::Rebind<std::uint8_t, decltype(kShorts)> bytes;
    const int step = static_cast<int>(hn::Lanes(kShorts));
    const Shorts gain = hn::Set(kShorts, gain_), offset = hn::Set(kShorts, offset_);
    for (int i = 0; i < count; i += step) {
      const Shorts product = hn::MulFixedPoint15(hn::Load(kShorts, values + i), gain);
      const Shorts codes = hn::ShiftRightSame(hn::SaturatedAdd(product, offset), bits_);
      if (i + step <= count) {
        hn::StoreU(hn::DemoteTo(bytes, codes), bytes, out + i);
      } else {
        HWY_ALIGN std::uint8_t last[HWY_MAX_BYTES];
        hn::Store(hn::DemoteTo(bytes, codes), bytes, last);
        std::memcpy(out + i, last, static_cast<std::size_t>(count - i));
      }
    }
  }

 private:
  int bits_;
  std::int16_t gain_, offset_;
};

struct Range {
  int begin, end;
};

// Warps a part of a row into values of the working row. `kWide`: pairs of 16 bits.
template <bool kWide>
class Warper {
 public:
  explicit Warper(const PlaneWarp& warp)
      : step_(static_cast<std::int32_t>(warp.pairs.step)),
        base_(warp.pairs.data),
        size_(warp.pairs.cols - 1, warp.pairs.rows),
        border_(warp.border),
        fill_(warp.fill << kFractionBits) {}

  // The pixels of a row whose neighbours lie in the image, as many whole groups of them as there are.
  Range inside(const Walk& row, int width) const {
    const Range across = inside(row.start_x, row.step_x, size_.width, width);
    const Range down = inside(row.start_y, row.step_y, size_.height, width);
    const int begin = std::max(across.begin, down.begin), end = std::min(across.end, down.end);
    return {begin, begin + std::max(end - begin, 0) / kGroup * kGroup};
  }

  // Whole groups inside the image.
  void warp_inside(ShortWalk x, ShortWalk y, int count, std::int16_t* values) const {
    const std::uint8_t* base = base_ + y.first_pixel() * step_ + x.first_pixel() * kPairBytes;
    for (int i = 0; i < count; i += lanes()) {
      const Place column = x.next(), row = y.next();
      const Ints value =
          value_at(base, column.pixel, row.pixel, step_, short_fraction(column), short_fraction(row));
      hn::Store(hn::DemoteTo(kHalfShorts, value), kHalfShorts, values + i);
    }
  }

  template <typename Places>
  void warp_anywhere(const Places& x, const Places& y, int count, std::int16_t* values) const {
    switch (border_) {
      case Border::kConstant:
        return warp_bordered<Border::kConstant>(x, y, count, values);
      case Border::kReplicate:
        return warp_bordered<Border::kReplicate>(x, y, count, values);
      case Border::kReflect:
        return warp_bordered<Border::kReflect>(x, y, count, values);
      case Border::kReflect101:
        return warp_bordered<Border::kReflect101>(x, y, count, values);
      case Border::kWrap:
        return warp_bordered<Border::kWrap>(x, y, count, values);
    }
  }

 private:
  static constexpr int kShortDropped = kCoordinateBits - 15;
  static constexpr std::ptrdiff_t kPairBytes = kWide ? 4 : 2;

  template <Border kBorder, typename Places>
  void warp_bordered(Places x, Places y, int count, std::int16_t* values) const {
    for (int i = 0; i < count; i += lanes()) {
      const Place across = x.next(), down = y.next();
      const Place column = folded<kBorder>(across, size_.width), row = folded<kBorder>(down, size_.height);
      Ints value =
          value_at(base_, column.pixel, row.pixel, step_, mirrored_fraction(column), mirrored_fraction(row));
      if constexpr (kBorder == Border::kConstant) value = covered_by_fill(value, across, down);
      hn::Store(hn::DemoteTo(kHalfShorts, value), kHalfShorts, values + i);
    }
  }

  // Along one axis: the pixels i with 0 <= start + i · step < size - 1, but for what a short walk may stray.
  static Range inside(std::int64_t start, std::int64_t step, int size, int width) {
    const std::int64_t limit = (std::int64_t{size - 1} << 32) - 2 * ShortWalk::kStrayed;
    start -= ShortWalk::kStrayed;
    std::int64_t begin = 0, end = width;
    if (step > 0) {
      begin = start < 0 ? (step - 1 - start) / step : 0;
      end = start < limit ? (limit - 1 - start) / step + 1 : 0;
    } else if (step < 0) {
      begin = start < limit ? 0 : (start - limit) / -step + 1;
      end = start < 0 ? 0 : start / -step + 1;
    } else if (start < 0 || start >= limit) {
      end = 0;
    }
    return {static_cast<int>(std::min<std::int64_t>(begin, width)),
            static_cast<int>(std::min<std::int64_t>(end, width))};
  }

  static Ints short_fraction(const Place& place) { return hn::ShiftRight<kShortDropped>(place.fraction); }

  // May be one before.
  static Ints mirrored_fraction(const Place& place) { return hn::Min(short_fraction(place), all(INT16_MAX)); }

  static Ints value_at(const std::uint8_t* base, const Ints& x, const Ints& y, std::int32_t step,
                       const Ints& x_fraction, const Ints& y_fraction) {
    const auto* pairs = reinterpret_cast<const std::int32_t*>(base);
    const Ints offset = hn::Add(hn::Mul(y, all(step)), hn::ShiftLeft < kWide ? 2 : 1 > (x));
    if constexpr (kWide)
      return blended_pairs(hn::GatherOffset(kInts, pairs, offset), hn::GatherOffset(kInts, pairs + 1, offset),
                           x_fraction, y_fraction);
    else
      return blended(hn::GatherOffset(kInts, pairs, offset), x_fraction, y_fraction);
  }

  Ints covered_by_fill(const Ints& value, const Place& x, const Place& y) const {
    constexpr int kBits = 14;
    const Ints across = hn::ShiftRight<kCoordinateBits - kBits>(covered(x, size_.width));
    const Ints down = hn::ShiftRight<kCoordinateBits - kBits>(covered(y, size_.height));
    const Ints part = hn::ShiftRight<kBits>(hn::Mul(across, down));
    const Ints change = hn::Add(hn::Mul(hn::Sub(value, all(fill_)), part), all(1 << (kBits - 1)));
    return hn::Add(all(fill_), hn::ShiftRight<kBits>(change));
  }

  std::int32_t step_;
  const std::uint8_t* base_;
  cv::Size size_;
  Border border_;
  std::int32_t fill_;
};

// Makes a result row by row.
template <bool kWide>
class RowWarper {
 public:
  RowWarper(const PlaneWarp& warp, const CoordinateRows& rows, CoordinateBlock& block)
      : warper_(warp), line_(warp.line), rows_(rows), block_(block) {}

  // Row `y` of the output into a row of `result`.
  void operator()(int y, cv::Mat& result, int result_row) {
    codes_ = result.depth() == CV_8U ? result.ptr<std::uint8_t>(result_row) : nullptr;
    row_values_ = codes_ == nullptr ? result.ptr<std::int16_t>(result_row) : nullptr;
    const int width = result.cols;
    if (!rows_.is_affine()) {
      for (int x = 0; x < width; x += kBlock) {
        rows_.read(x, y, block_);
        warper_.warp_anywhere(BlockPlaces{block_.x.data(), block_.x_fraction.data()},
                              BlockPlaces{block_.y.data(), block_.y_fraction.data()}, block_.count, values_);
        store(x, block_.count);
      }
      return;
    }
    const Walk row = rows_.walk(0, y);
    const Range inside = warper_.inside(row, width);
    warp_anywhere({0, inside.begin}, row);
    for_blocks(inside, [&](int x, int count) {
      warper_.warp_inside(ShortWalk(row.start_x + x * row.step_x, row.step_x),
                          ShortWalk(row.start_y + x * row.step_y, row.step_y), count, values_);
    });
    warp_anywhere({inside.end, width}, row);
  }

 private:
  void warp_anywhere(const Range& range, const Walk& row) {
    for_blocks(range, [&](int x, int count) {
      warper_.warp_anywhere(AxisWalk(row.start_x + x * row.step_x, row.step_x),
                            AxisWalk(row.start_y + x * row.step_y, row.step_y), count, values_);
    });
  }

  template <typename Warp>
  void for_blocks(const Range& range, Warp warp) {
    for (int x = range.begin; x < range.end; x += kBlock) {
      const int count = std::min(kBlock, range.end - x);
      warp(x, count);
      store(x, count);
    }
  }

  void store(int x, int count) {
    if (codes_ != nullptr)
      line_.store(values_, count, codes_ + x);
    else
      std::copy_n(values_, count, row_values_ + x);
  }

  const Warper<kWide> warper_;
  const ShortLine line_;
  const CoordinateRows& rows_;
  CoordinateBlock& block_;
  std::uint8_t* codes_ = nullptr;       // the row that is made, either in codes
  std::int16_t* row_values_ = nullptr;  // or in values
  HWY_ALIGN std::int16_t values_[kBlock];
};

template <bool kWide>
void warp_rows(const PlaneWarp& plane_warp, const CoordinateRows& rows, int first, CoordinateBlock& block,
               cv::Mat& result) {
  RowWarper<kWide> warp_row(plane_warp, rows, block);
  for (int y = 0; y < result.rows; ++y) warp_row(first + y, result, y);
}

void warp(const PlaneWarp& plane_warp, const CoordinateRows& rows, int first, CoordinateBlock& block,
          cv::Mat& result) {
  if (plane_warp.pairs.depth() == CV_8U)
    warp_rows<false>(plane_warp, rows, first, block, result);
  else
    warp_rows<true>(plane_warp, rows, first, block, result);
}

void recolor(const FixedLine& fixed_line, cv::Mat& plane) {
  const ShortLine line(fixed_line);
  HWY_ALIGN std::int16_t values[kBlock] = {};
  for (int y = 0; y < plane.rows; ++y) {
    auto* row = plane.ptr<std::uint8_t>(y);
    for (int x = 0; x < plane.cols; x += kBlock) {
      const int count = std::min(kBlock, plane.cols - x);
      for (int i = 0; i < count; ++i) values[i] = static_cast<std::int16_t>(row[x + i] << kFractionBits);
      line.store(values, count, row + x);
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

void walk_coordinates(const Walk& walk, int count, CoordinateBlock& block) {
  HWY_DYNAMIC_DISPATCH(walk)(walk, count, block);
}

void warp_plane(const PlaneWarp& warp, const CoordinateRows& rows, int first, CoordinateBlock& block,
                cv::Mat& result) {
  HWY_DYNAMIC_DISPATCH(warp)(warp, rows, first, block, result);
}

void apply_line(const FixedLine& line, cv::Mat& plane) { HWY_DYNAMIC_DISPATCH(recolor)(line, plane); }

}  // namespace tenfold
#endif  // HWY_ONCE
