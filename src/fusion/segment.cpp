#include "fusion/segment.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <utility>

#include "fusion/area_average.h"
#include "fusion/coordinates.h"
#include "fusion/padding.h"
#include "fusion/plane_layouts.h"

namespace tenfold {
namespace {

// A pixel of the fill, opaque, rounded to code values.
std::array<std::uint16_t, 4> fill_codes(const SamplingPolicy& policy, const PixelFormat& format) {
  const auto code = [&format](double value) {
    return static_cast<std::uint16_t>(std::lround(std::clamp(value, 0.0, 255.0) * format.codes_per_unit()));
  };
  const auto [blue, green, red] = policy.fill;
  std::array<std::uint16_t, 4> fill{};
  if (format.colors() == 1)
    fill[0] = code(kLumaBlue * blue + kLumaGreen * green + kLumaRed * red);
  else
    fill = {code(blue), code(green), code(red), 0};
  if (format.has_alpha()) fill[format.colors()] = static_cast<std::uint16_t>(format.max_code());
  return fill;
}

// What interpolation looks at of an image of this size, whatever its kernel.
cv::Rect region_of(const Map& map, cv::Size output, cv::Size size) {
  constexpr double kSpare = 5;
  cv::Point2d low(size.width, size.height), high(0, 0);
  for (const int x : {0, output.width - 1})
    for (const int y : {0, output.height - 1}) {
      const cv::Point2d p = map(x, y);
      low = {std::min(low.x, p.x), std::min(low.y, p.y)};
      high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
  const auto clamped = [](double place, int most) {
    return static_cast<int>(std::clamp(std::floor(place), 0.0, static_cast<double>(most)));
  };
  const cv::Point begin(clamped(low.x - kSpare, size.width - 1), clamped(low.y - kSpare, size.height - 1));
  const cv::Point end(clamped(high.x + kSpare, size.width), clamped(high.y + kSpare, size.height));
  return {begin, end};
}

// How many bits the values of `pixels` have behind the point, if they stand for an image of this format.
int bits_behind_point(const cv::Mat& pixels, const PixelFormat& format) {
  return format.depth == CV_8U && pixels.depth() == CV_16U ? kAverageBits : 0;
}

}  // namespace

void Segment::append(const GeometryStep& step) {
  map_.append(step.map);
  output_ = step.output;
}

void Segment::close(std::function<void(cv::Mat&)> fence) {
  fence_ = std::move(fence);
  lattice_ = as_lattice(map_, output_);
  if (lattice_) return;
  const bool stays = stays_inside(map_, input_, output_);
  if (stays) policy_.border = Border::kReplicate;
  blocks_ = shrink_blocks(map_, output_);
  if (blocks_ == cv::Size(1, 1)) return;
  map_ = into_averaged(map_, blocks_);
  region_ = cv::Rect({}, averaged_size(input_, blocks_));
  if (!stays) return;
  region_ = region_of(map_, output_, region_.size());
  map_ = map_.then({1, 0, -1.0 * region_.x, 0, 1, -1.0 * region_.y, 0, 0, 1});
}

Picture Segment::run(const Picture& picture, GrowingImage& result, Workspace& workspace) const {
  if (!moves_pixels() && pointwise_.empty() && !fence_) return picture;
  const int type = picture.pixels->type();
  cv::Mat& pixels = result.take(output_, type);
  SegmentRows(*this, picture, workspace).render(0, pixels);
  if (fence_) {
    fence_(pixels);
    CV_Assert(pixels.size() == output_ && pixels.type() == type);
  }
  return {&pixels, nullptr};
}

SegmentRows::SegmentRows(const Segment& segment, const Picture& picture, Workspace& workspace)
    : segment_(segment),
      picture_(picture),
      workspace_(workspace),
      format_(PixelFormat::of(*picture.pixels)),
      coordinates_(segment.map_, segment.output_) {
  workspace_.stages.compile(segment.pointwise_, format_);
  if (segment.lattice_)
    prepare_copy();
  else if (const auto line = can_warp_planes() ? workspace_.stages.take_line() : std::nullopt)
    prepare_warp(*line);
  else
    prepare_sampling();
}

bool SegmentRows::can_warp_planes() const {
  return format_.type() == CV_8UC1 && can_be_paired(segment_.input_) &&
         segment_.policy_.interpolation == Interpolation::kLinear;
}

void SegmentRows::prepare_copy() {
  if (format_.type() == CV_8UC1 && !workspace_.stages.empty()) line_ = workspace_.stages.take_line();
  if (!segment_.moves_pixels()) return;
  const auto fill = fill_codes(segment_.policy_, format_);
  std::array<std::uint8_t, 4> bytes;
  std::transform(fill.begin(), fill.end(), bytes.begin(),
                 [](int code) { return static_cast<std::uint8_t>(code); });
  if (format_.depth == CV_8U)
    std::memcpy(fill_pixel_.data(), bytes.data(), sizeof bytes);
  else
    std::memcpy(fill_pixel_.data(), fill.data(), sizeof fill);
  find_lattice(segment_.input_, *segment_.lattice_, segment_.policy_.border, segment_.output_,
               workspace_.indices);
}

void SegmentRows::prepare_warp(const FixedLine& line) {
  warp_ = {cv::Mat(), segment_.policy_.border, fill_codes(segment_.policy_, format_)[0], line};
  if (segment_.blocks_ == cv::Size(1, 1)) {
    warp_->pairs = padded();
  } else {
    const cv::Mat pixels = averages();
    warp_->pairs = workspace_.padded.take({pixels.cols + 1, pixels.rows}, CV_16SC2);
    pair_rows(pixels, warp_->pairs);
  }
}

void SegmentRows::prepare_sampling() {
  surface_.border = segment_.policy_.border;
  if (segment_.blocks_ != cv::Size(1, 1)) {
    surface_.pixels = averages();
  } else if (is_sampled_as_it_is(format_.type()) || format_.type() == CV_8UC1) {
    surface_.pixels = *picture_.pixels;
  } else {
    surface_.pixels = padded();
  }
  const int bits = bits_behind_point(surface_.pixels, format_);
  surface_.fill = fill_codes(segment_.policy_, format_);
  for (std::uint16_t& value : surface_.fill) value = static_cast<std::uint16_t>(value << bits);
  surface_.extra_bits = bits - format_.fraction_bits();
  surface_.full_scale = format_.full_scale();
}

cv::Mat SegmentRows::padded() const {
  if (picture_.source != nullptr) return picture_.source->padded();
  const cv::Mat& pixels = *picture_.pixels;
  cv::Mat& result = workspace_.padded.take(padded_size(pixels), padded_type(pixels.type()));
  pad(pixels, result);
  return result;
}

cv::Mat SegmentRows::averages() const {
  return picture_.source != nullptr ? averages(*picture_.source) : averages(Source(*picture_.pixels));
}

// The region that is looked at, of the level of the source that fits, and of what is left of the blocks
// behind it.
cv::Mat SegmentRows::averages(const Source& source) const {
  const cv::Size blocks = segment_.blocks_;
  const int level = std::min(std::countr_zero(static_cast<unsigned>(blocks.width | blocks.height)),
                             Source::kMaxAverageLevel);
  const cv::Size rest(blocks.width >> level, blocks.height >> level);
  const cv::Mat& coarse = level > 0 ? source.average(level) : averaged_from(source);
  const cv::Rect region = segment_.region_;
  if (level > 0 && rest == cv::Size(1, 1)) return coarse(region);
  const cv::Rect blocks_of_region(region.x * rest.width, region.y * rest.height, region.width * rest.width,
                                  region.height * rest.height);
  cv::Mat& result = workspace_.averaged.take(region.size(), averaged_type(coarse.type()));
  average_blocks(coarse(blocks_of_region & cv::Rect({}, coarse.size())), rest, workspace_.sums, result);
  return result;
}

void SegmentRows::render(int first, cv::Mat& rows) {
  if (warp_) {
    warp_plane(*warp_, coordinates_, first, workspace_.coordinates, rows);
  } else if (segment_.lattice_) {
    copy(first, rows);
  } else {
    return sample(first, rows);
  }
  if (line_) apply_line(*line_, rows);
  if (!workspace_.stages.empty() || (format_.has_alpha() && segment_.moves_pixels())) finish_in_place(rows);
}

void SegmentRows::render_values(int first, cv::Mat& rows) {
  if (warp_) return warp_plane(*warp_, coordinates_, first, workspace_.coordinates, rows);
  if (segment_.lattice_) {
    cv::Mat& codes = workspace_.results[0].take(rows.size(), CV_8UC1);
    copy(first, codes);
    codes.convertTo(rows, CV_16S, 1 << kFractionBits);
    return;
  }
  const Sampler sampler = choose_sampler(surface_.pixels, segment_.policy_.interpolation);
  for (int y = 0; y < rows.rows; ++y) {
    for (int x = 0; x < rows.cols; x += kBlock) {
      coordinates_.read(x, first + y, workspace_.coordinates);
      sampler(surface_, workspace_.coordinates, workspace_.row);
      std::copy_n(workspace_.row.value.begin(), workspace_.coordinates.count, rows.ptr<std::int16_t>(y) + x);
    }
  }
}

void SegmentRows::copy(int first, cv::Mat& rows) const {
  if (segment_.moves_pixels())
    copy_lattice(*picture_.pixels, *segment_.lattice_, workspace_.indices, fill_pixel_.data(), first, rows);
  else
    picture_.pixels->rowRange(first, first + rows.rows).copyTo(rows);
}

// REQUIRES whole code values, as pixels are.
void SegmentRows::finish_in_place(cv::Mat& pixels) {
  for (int y = 0; y < pixels.rows; ++y) {
    for (int x = 0; x < pixels.cols; x += kBlock) {
      const int count = std::min(kBlock, pixels.cols - x);
      uchar* out = pixels.ptr(y) + x * pixels.elemSize();
      workspace_.stages.load(out, count, workspace_.row);
      workspace_.stages.finish(count, workspace_.row, out);
    }
  }
}

void SegmentRows::sample(int first, cv::Mat& rows) {
  const Sampler sampler = choose_sampler(surface_.pixels, segment_.policy_.interpolation);
  for (int y = 0; y < rows.rows; ++y) {
    for (int x = 0; x < rows.cols; x += kBlock) {
      coordinates_.read(x, first + y, workspace_.coordinates);
      const int count = workspace_.coordinates.count;
      sampler(surface_, workspace_.coordinates, workspace_.row);
      if (format_.has_alpha()) workspace_.stages.unpremultiply(count, workspace_.row);
      workspace_.stages.finish(count, workspace_.row, rows.ptr(y) + x * rows.elemSize());
    }
  }
}

}  // namespace tenfold
