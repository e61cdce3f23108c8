#include "tenfold/fusion/pixel_sums.h"

#include <algorithm>
#include <cmath>

#include "fusion/vector_targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "fusion/pixel_sums.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#ifndef TENFOLD_PLANE_ROWS_TO_ADD
#define TENFOLD_PLANE_ROWS_TO_ADD
namespace tenfold {

// A row of chroma and the rows of luma that it stands for.
struct PlaneRowsToAdd {
  const std::uint8_t *luma, *cb, *cr;
  std::size_t luma_step;  // from one row to the next
  int count;              // of rows of luma
  int luma_width, chroma_width;
  int stride;  // samples of luma beside each other for one of chroma
};

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
constexpr int kMostChroma = 4096;    // which may stand for 8 samples of luma each

Shorts all(int value) { return hn::Set(kShorts, static_cast<std::int16_t>(value)); }
Shorts load(const std::uint8_t* codes) { return hn::PromoteTo(kShorts, hn::LoadU(kBytes, codes)); }

// Of products of two values.
class Products {
 public:
  // Not by initialisers, for a constructor that nobody wrote is not compiled for the instruction set.
  Products() : sum_(hn::Zero(kInts)), more_(hn::Zero(kInts)) {}

  void add(const Shorts& one, const Shorts& other) {
    sum_ = hn::ReorderWidenMulAccumulate(kInts, one, other, sum_, more_);
  }

  std::int64_t total() const { return hn::GetLane(hn::SumOfLanes(kInts, hn::Add(sum_, more_))); }

 private:
  Ints sum_, more_;
};

// Of one channel, of up to kMostSamples.
struct Sums {
  Sums() {}

  void add(const Shorts& value) {
    codes.add(value, all(1));
    squares.add(value, value);
  }

  void add_to(ChannelSums& sums) const {
    sums.codes += static_cast<std::uint64_t>(codes.total());
    sums.squares += static_cast<std::uint64_t>(squares.total());
  }

  Products codes, squares;
};

// The rows of luma that one row of chroma stands for, from `begin` on as far as whole vectors of chroma go
// and not beyond `end`; returns where they end.
template <int kStride>
int add_chunk(const PlaneRowsToAdd& rows, int begin, int end, PlaneProducts& result) {
  const int lanes = static_cast<int>(hn::Lanes(kShorts));
  Products luma, luma_luma, luma_blue, luma_red, blue, red, blue_blue, blue_red, red_red;
  int x = begin;
  for (; x + lanes <= end && (x + lanes) * kStride <= rows.luma_width; x += lanes) {
    Shorts box = hn::Zero(kShorts);
    const std::uint8_t* row = rows.luma + kStride * x;
    for (int i = 0; i < rows.count; ++i, row += rows.luma_step) {
      if constexpr (kStride == 1) {
        const Shorts codes = load(row);
        luma_luma.add(codes, codes);
        box = hn::Add(box, codes);
      } else {
        const Shorts both = hn::LoadU(kShorts, reinterpret_cast<const std::int16_t*>(row));
        const Shorts left = hn::And(both, all(0xFF)), right = hn::And(hn::ShiftRight<8>(both), all(0xFF));
        luma_luma.add(left, left);
        luma_luma.add(right, right);
        box = hn::Add(box, hn::Add(left, right));
      }
    }
    const Shorts cb = hn::Sub(load(rows.cb + x), all(128)), cr = hn::Sub(load(rows.cr + x), all(128));
    luma.add(box, all(1));
    luma_blue.add(box, cb);
    luma_red.add(box, cr);
    blue.add(cb, all(1));
    red.add(cr, all(1));
    blue_blue.add(cb, cb);
    blue_red.add(cb, cr);
    red_red.add(cr, cr);
  }
  const std::int64_t weight = kStride * rows.count;  // of a chroma sample
  result += {luma.total(),
             weight * blue.total(),
             weight * red.total(),
             luma_luma.total(),
             luma_blue.total(),
             luma_red.total(),
             weight * blue_blue.total(),
             weight * blue_red.total(),
             weight * red_red.total()};
  return x;
}

// As far as whole vectors go; returns where they end.
int add_planes(const PlaneRowsToAdd& rows, PlaneProducts& result) {
  int x = 0;
  for (int begin = 0; begin < rows.chroma_width && x == begin; begin += kMostChroma) {
    const int end = std::min(begin + kMostChroma, rows.chroma_width);
    if (rows.stride == 1) x = add_chunk<1>(rows, begin, end, result);
    if (rows.stride == 2) x = add_chunk<2>(rows, begin, end, result);
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

PlaneProducts& PlaneProducts::operator+=(const PlaneProducts& other) {
  luma += other.luma;
  cb += other.cb;
  cr += other.cr;
  luma_luma += other.luma_luma;
  luma_cb += other.luma_cb;
  luma_cr += other.luma_cr;
  cb_cb += other.cb_cb;
  cb_cr += other.cb_cr;
  cr_cr += other.cr_cr;
  return *this;
}

namespace {

HWY_EXPORT(add_planes);
HWY_EXPORT(add_grey);
HWY_EXPORT(add_bgr);

// Which rows count; or rows of chroma, each of which stands for `height` rows of luma.
class CountedRows {
 public:
  CountedRows(int rows, int height) : period_(std::max(1, rows * height / kFewest)) {}

  // Of each period another one, so that neither a gradient nor a pattern weighs in.
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

// One chroma sample at a time: at the right edge, and for rare samplings.
void add_planes_singly(const PlaneRowsToAdd& rows, int begin, PlaneProducts& result) {
  for (int x = begin; x < rows.chroma_width; ++x) {
    const std::int64_t cb = rows.cb[x] - 128, cr = rows.cr[x] - 128;
    const int left = x * rows.stride, right = std::min(left + rows.stride, rows.luma_width);
    const std::uint8_t* row = rows.luma;
    for (int i = 0; i < rows.count; ++i, row += rows.luma_step)
      for (int column = left; column < right; ++column) {
        const std::int64_t luma = row[column];
        result += {luma, cb, cr, luma * luma, luma * cb, luma * cr, cb * cb, cb * cr, cr * cr};
      }
  }
}

// Colors are sums of luma and chroma (ITU-T T.871), so their variances follow from the covariances of these.
PixelMoments moments_of(const PlaneProducts& sums, std::uint64_t pixels) {
  constexpr double kFullScale = 255;
  const cv::Matx33d colors(1, 0, 1.402, 1, -0.114 * 1.772 / 0.587, -0.299 * 1.402 / 0.587, 1, 1.772, 0);
  const auto mean = [&](std::int64_t sum) { return static_cast<double>(sum) / static_cast<double>(pixels); };
  const cv::Vec3d middle(mean(sums.luma), mean(sums.cb), mean(sums.cr));
  const double yb = mean(sums.luma_cb), yr = mean(sums.luma_cr), br = mean(sums.cb_cr);
  const cv::Matx33d squares(mean(sums.luma_luma), yb, yr, yb, mean(sums.cb_cb), br, yr, br, mean(sums.cr_cr));
  const cv::Matx33d covariances = colors * (squares - middle * middle.t()) * colors.t();
  const cv::Vec3d means = colors * middle;
  PixelMoments moments{.channels = 3};
  for (int i = 0; i < 3; ++i) {
    const auto channel = static_cast<std::size_t>(i);
    moments.mean[channel] = std::clamp(means[i] / kFullScale, 0.0, 1.0);
    moments.std[channel] = std::clamp(std::sqrt(std::max(covariances(i, i), 0.0)) / kFullScale, 0.0, 0.5);
  }
  return moments;
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
  const cv::Mat& luma = rows_[0];
  const cv::Size sampling = layout_.sampling;
  const CountedRows counted(layout_.plane_size(plane).height, sampling.height);
  for (int y = 0; y < rows.rows; ++y) {
    if (!counted.contains(first + y)) continue;
    const int top = y * sampling.height, count = std::min(sampling.height, luma.rows - top);
    pixels_ += static_cast<std::uint64_t>(count) * static_cast<std::uint64_t>(luma.cols);
    if (layout_.count == 1) {
      add_row(luma, y, grey_);
      continue;
    }
    const PlaneRowsToAdd some{luma.ptr(top), rows_[1].ptr(y), rows_[2].ptr(y), luma.step,
                              count,         luma.cols,       rows.cols,       sampling.width};
    add_planes_singly(some, HWY_DYNAMIC_DISPATCH(add_planes)(some, products_), products_);
  }
}

PixelMoments PlaneSums::moments() const {
  if (layout_.count == 3) return moments_of(products_, pixels_);
  return moments_of(grey_, 1, pixels_, 255);
}

}  // namespace tenfold
#endif  // HWY_ONCE
