#include "tenfold/fusion/pixel_sums.h"

#include <algorithm>
#include <cmath>

#include "fusion/vector_targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "fusion/pixel_sums.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// What chroma adds to luma in red, green and blue (ITU-T T.871), in sixteenths: the product of a factor and
// of 64 times the sample's distance from 128, by 2^15 and rounded.
#ifndef TENFOLD_TINT_FACTORS
#define TENFOLD_TINT_FACTORS
namespace tenfold {

constexpr int kTintBits = 4, kTintScale = 1 << (15 + kTintBits - 6);
constexpr int tint_factor(double of_code) { return static_cast<int>(of_code * kTintScale + 0.5); }
constexpr int kRedOfCr = tint_factor(1.402), kGreenOfCb = tint_factor(0.344136);
constexpr int kGreenOfCr = tint_factor(0.714136), kBlueOfCb = tint_factor(1.772);

}  // namespace tenfold
#endif

HWY_BEFORE_NAMESPACE();
namespace tenfold::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

const hn::ScalableTag<std::int16_t> kShorts;
const hn::RepartitionToWide<decltype(kShorts)> kInts;
const hn::Rebind<std::uint8_t, decltype(kShorts)> kBytes;
using Shorts = hn::Vec<decltype(kShorts)>;
using Ints = hn::Vec<decltype(kInts)>;

constexpr int kMostSamples = 32768;  // whose squares have room in 32 bits

Shorts all(int value) { return hn::Set(kShorts, static_cast<std::int16_t>(value)); }
Shorts load(const std::uint8_t* codes) { return hn::PromoteTo(kShorts, hn::LoadU(kBytes, codes)); }

// Of one channel, of up to kMostSamples.
class Sums {
 public:
  // Not by initialisers, for a constructor that nobody wrote is not compiled for the instruction set.
  Sums()
      : codes_(hn::Zero(kInts)),
        more_codes_(hn::Zero(kInts)),
        squares_(hn::Zero(kInts)),
        more_squares_(hn::Zero(kInts)) {}

  void add(const Shorts& codes) {
    codes_ = hn::ReorderWidenMulAccumulate(kInts, codes, all(1), codes_, more_codes_);
    squares_ = hn::ReorderWidenMulAccumulate(kInts, codes, codes, squares_, more_squares_);
  }

  void add_to(ChannelSums& sums) const {
    sums.codes += total(hn::Add(codes_, more_codes_));
    sums.squares += total(hn::Add(squares_, more_squares_));
  }

 private:
  static std::uint64_t total(const Ints& values) {
    return static_cast<std::uint64_t>(hn::GetLane(hn::SumOfLanes(kInts, values)));
  }

  Ints codes_, more_codes_, squares_, more_squares_;
};

// Of red, green and blue, in codes.
struct Tint {
  explicit Tint(const Shorts& cb, const Shorts& cr) {
    const Shorts blue = hn::ShiftLeft<6>(hn::Sub(cb, all(128))),
                 red = hn::ShiftLeft<6>(hn::Sub(cr, all(128)));
    of[0] = hn::MulFixedPoint15(red, all(kRedOfCr));
    of[1] = hn::Sub(hn::Zero(kShorts), hn::Add(hn::MulFixedPoint15(blue, all(kGreenOfCb)),
                                               hn::MulFixedPoint15(red, all(kGreenOfCr))));
    of[2] = hn::MulFixedPoint15(blue, all(kBlueOfCb));
    for (Shorts& tint : of) tint = hn::ShiftRight<kTintBits>(hn::Add(tint, all(1 << (kTintBits - 1))));
  }

  Shorts of[3];
};

void add_pixels(const Shorts& luma, const Tint& tint, Sums (&sums)[3]) {
  for (int i = 0; i < 3; ++i)
    sums[i].add(hn::Min(hn::Max(hn::Add(luma, tint.of[i]), hn::Zero(kShorts)), all(255)));
}

// The rows of luma that one row of chroma stands for, as far as whole vectors of chroma go from `begin` on
// and not beyond `end`; returns where they end. REQUIRES no more than kMostSamples there.
template <int kStride>
int add_chunk(const std::array<cv::Mat, 3>& planes, int chroma_row, int first, int rows, int begin, int end,
              ColorSums& result) {
  const int lanes = static_cast<int>(hn::Lanes(kShorts));
  const auto *cb = planes[1].ptr(chroma_row), *cr = planes[2].ptr(chroma_row);
  Sums sums[3];
  int x = begin;
  for (; x + lanes <= end && (x + lanes) * kStride <= planes[0].cols; x += lanes) {
    const Tint tint(load(cb + x), load(cr + x));
    for (int row = first; row < first + rows; ++row) {
      const std::uint8_t* luma = planes[0].ptr(row) + kStride * x;
      if constexpr (kStride == 1) {
        add_pixels(load(luma), tint, sums);
      } else {
        const Shorts both = hn::LoadU(kShorts, reinterpret_cast<const std::int16_t*>(luma));
        add_pixels(hn::And(both, all(0xFF)), tint, sums);
        add_pixels(hn::And(hn::ShiftRight<8>(both), all(0xFF)), tint, sums);
      }
    }
  }
  for (int i = 0; i < 3; ++i) sums[i].add_to(result[static_cast<std::size_t>(i)]);
  return x;
}

int add_planes(cv::Size sampling, const std::array<cv::Mat, 3>& planes, int chroma_row, int first, int rows,
               ColorSums& sums) {
  const int most = kMostSamples / (sampling.width * rows), columns = planes[1].cols;
  int x = 0;
  for (int begin = 0; begin < columns && x == begin; begin += most) {
    const int end = std::min(begin + most, columns);
    if (sampling.width == 1) x = add_chunk<1>(planes, chroma_row, first, rows, begin, end, sums);
    if (sampling.width == 2) x = add_chunk<2>(planes, chroma_row, first, rows, begin, end, sums);
  }
  return x;
}

// As far as whole vectors go, of 8 bits; returns where they end.
int add_grey(const std::uint8_t* row, int width, ColorSums& result) {
  const int lanes = static_cast<int>(hn::Lanes(kShorts));
  int x = 0;
  while (x + lanes <= width) {
    Sums sums;
    for (const int end = std::min(x + kMostSamples, width); x + lanes <= end; x += lanes)
      sums.add(load(row + x));
    sums.add_to(result[0]);
  }
  return x;
}

int add_bgr(const std::uint8_t* row, int width, ColorSums& result) {
  const int lanes = static_cast<int>(hn::Lanes(kShorts));
  int x = 0;
  while (x + lanes <= width) {
    Sums red, green, blue;
    for (const int end = std::min(x + kMostSamples, width); x + lanes <= end; x += lanes) {
      hn::Vec<decltype(kBytes)> b, g, r;
      hn::LoadInterleaved3(kBytes, row + 3 * x, b, g, r);
      red.add(hn::PromoteTo(kShorts, r));
      green.add(hn::PromoteTo(kShorts, g));
      blue.add(hn::PromoteTo(kShorts, b));
    }
    red.add_to(result[0]);
    green.add_to(result[1]);
    blue.add_to(result[2]);
  }
  return x;
}

}  // namespace
}  // namespace tenfold::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tenfold {
namespace {

HWY_EXPORT(add_planes);
HWY_EXPORT(add_grey);
HWY_EXPORT(add_bgr);

// Which rows count; or rows of chroma, each of which stands for `height` rows of luma.
class CountedRows {
 public:
  CountedRows(int rows, int height) : period_(std::max(1, rows * height / kFewest)) {}

  // Another one each time, so that neither a gradient nor a pattern weighs in.
  bool contains(int row) const { return row % period_ == row / period_ % period_; }

 private:
  static constexpr int kFewest = 128;
  const int period_;
};

void add_code(std::uint64_t code, ChannelSums& sums) {
  sums.codes += code;
  sums.squares += code * code;
}

template <typename Code>
void add_singly(const Code* row, int begin, int end, int channels, ColorSums& sums) {
  const int colors = channels < 3 ? 1 : 3;
  for (const Code* pixel = row + begin * channels; pixel != row + end * channels; pixel += channels)
    for (int i = 0; i < colors; ++i) add_code(pixel[colors - 1 - i], sums[static_cast<std::size_t>(i)]);
}

void add_row(const cv::Mat& pixels, int y, ColorSums& sums) {
  const int channels = pixels.channels();
  if (pixels.depth() == CV_16U)
    return add_singly(pixels.ptr<std::uint16_t>(y), 0, pixels.cols, channels, sums);
  const std::uint8_t* row = pixels.ptr(y);
  int done = 0;
  if (channels == 1) done = HWY_DYNAMIC_DISPATCH(add_grey)(row, pixels.cols, sums);
  if (channels == 3) done = HWY_DYNAMIC_DISPATCH(add_bgr)(row, pixels.cols, sums);
  add_singly(row, done, pixels.cols, channels, sums);
}

PixelMoments moments_of(const ColorSums& sums, int channels, std::uint64_t pixels, double full_scale) {
  PixelMoments moments{.channels = channels};
  const auto count = static_cast<double>(pixels);
  for (std::size_t i = 0; i < static_cast<std::size_t>(channels); ++i) {
    const double mean = static_cast<double>(sums[i].codes) / count;
    const double variance = static_cast<double>(sums[i].squares) / count - mean * mean;
    moments.mean[i] = mean / full_scale;
    moments.std[i] = std::sqrt(std::max(variance, 0.0)) / full_scale;
  }
  return moments;
}

// As Tint, of one sample.
std::array<int, 3> tint_of(int cb, int cr) {
  const auto product = [](int chroma, int factor) {
    return ((chroma - 128) * 64 * factor + (1 << 14)) >> 15;
  };
  const auto codes = [](int sixteenths) { return (sixteenths + (1 << (kTintBits - 1))) >> kTintBits; };
  return {codes(product(cr, kRedOfCr)), codes(-(product(cb, kGreenOfCb) + product(cr, kGreenOfCr))),
          codes(product(cb, kBlueOfCb))};
}

// One chroma sample at a time: at the right edge, and for rare samplings.
void add_planes_singly(cv::Size sampling, const std::array<cv::Mat, 3>& planes, int chroma_row, int first,
                       int rows, int begin, ColorSums& sums) {
  for (int x = begin; x < planes[1].cols; ++x) {
    const auto tint =
        tint_of(planes[1].at<std::uint8_t>(chroma_row, x), planes[2].at<std::uint8_t>(chroma_row, x));
    const int left = x * sampling.width, right = std::min(left + sampling.width, planes[0].cols);
    for (int y = first; y < first + rows; ++y)
      for (int column = left; column < right; ++column)
        for (std::size_t i = 0; i < tint.size(); ++i) {
          const int code = std::clamp(planes[0].at<std::uint8_t>(y, column) + tint[i], 0, 255);
          add_code(static_cast<std::uint64_t>(code), sums[i]);
        }
  }
}

}  // namespace

PixelMoments moments_of(const cv::Mat& pixels) {
  const CountedRows counted(pixels.rows, 1);
  ColorSums sums{};
  std::uint64_t rows = 0;
  for (int y = 0; y < pixels.rows; ++y) {
    if (!counted.contains(y)) continue;
    add_row(pixels, y, sums);
    ++rows;
  }
  const int max_code = pixels.depth() == CV_8U ? 255 : 65535;
  return moments_of(sums, pixels.channels() < 3 ? 1 : 3, rows * static_cast<std::uint64_t>(pixels.cols),
                    max_code);
}

void PlaneSums::add(int plane, int first, const cv::Mat& rows) {
  rows_[static_cast<std::size_t>(plane)] = rows;
  if (plane + 1 < layout_.count) return;
  const int height = layout_.sampling.height;
  const CountedRows counted(layout_.plane_size(plane).height, height);
  for (int y = 0; y < rows.rows; ++y) {
    if (!counted.contains(first + y)) continue;
    const int top = y * height, count = std::min(height, rows_[0].rows - top);
    pixels_ += static_cast<std::uint64_t>(count) * static_cast<std::uint64_t>(rows_[0].cols);
    if (layout_.count == 1) {
      add_row(rows, y, sums_);
      continue;
    }
    const int done = HWY_DYNAMIC_DISPATCH(add_planes)(layout_.sampling, rows_, y, top, count, sums_);
    add_planes_singly(layout_.sampling, rows_, y, top, count, done, sums_);
  }
}

PixelMoments PlaneSums::moments() const {
  constexpr double kFullScale = 255;
  return moments_of(sums_, layout_.count, pixels_, kFullScale);
}

}  // namespace tenfold
#endif  // HWY_ONCE
