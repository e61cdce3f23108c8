#include "fusion/segment.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "fusion/area_average.h"
#include "fusion/coordinates.h"
#include "fusion/padding.h"
#include "fusion/sampler.h"
#include "fusion/vector_kernels.h"

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

// Whether an affine map takes every pixel of the output to a place in the picture, whose pixels reach half a
// pixel beyond their centres: a resize, a crop, a magnification. Corners are enough, for the picture is
// convex.
bool stays_inside(const Map& map, cv::Size input, cv::Size output) {
  constexpr double kTolerance = 1e-6;
  if (!map.affine()) return false;
  const auto is_inside = [&](int x, int y) {
    const cv::Point2d p = map(x, y);
    return p.x >= -0.5 - kTolerance && p.y >= -0.5 - kTolerance && p.x <= input.width - 0.5 + kTolerance &&
           p.y <= input.height - 0.5 + kTolerance;
  };
  const int right = output.width - 1, bottom = output.height - 1;
  return is_inside(0, 0) && is_inside(right, 0) && is_inside(0, bottom) && is_inside(right, bottom);
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
  if (stays_inside(map_, input_, output_)) policy_.border = Border::kReplicate;
  blocks_ = shrink_blocks(map_, output_);
  map_ = into_averaged(map_, blocks_);
}

Picture Segment::run(const Picture& picture, GrowingImage& result, Workspace& workspace) const {
  if (!moves_pixels() && pointwise_.empty() && !fence_) return picture;
  const int type = picture.pixels->type();
  cv::Mat& pixels = result.take(output_, type);
  render(picture, workspace, pixels);
  if (fence_) {
    fence_(pixels);
    CV_Assert(pixels.size() == output_ && pixels.type() == type);
  }
  return {&pixels, nullptr};
}

void Segment::render(const Picture& picture, Workspace& workspace, cv::Mat& result) const {
  if (!moves_pixels() && pointwise_.empty()) {
    picture.pixels->copyTo(result);
    return;
  }
  workspace.stages.compile(pointwise_, PixelFormat::of(result));
  if (lattice_)
    copy(*picture.pixels, workspace, result);
  else
    resample(picture, workspace, result);
}

void Segment::copy(const cv::Mat& pixels, Workspace& workspace, cv::Mat& result) const {
  const PixelFormat format = PixelFormat::of(pixels);
  const auto fill = fill_codes(policy_, format);
  std::array<std::uint8_t, 4> bytes;
  std::transform(fill.begin(), fill.end(), bytes.begin(),
                 [](int code) { return static_cast<std::uint8_t>(code); });
  const void* fill_pixel = format.depth == CV_8U ? static_cast<const void*>(bytes.data()) : fill.data();
  copy_lattice(pixels, *lattice_, policy_.border, fill_pixel, workspace.indices, result);
  if (!pointwise_.empty() || format.has_alpha()) finish_in_place(workspace, result);
}

// REQUIRES whole code values, as pixels are.

void Segment::finish_in_place(Workspace& workspace, cv::Mat& pixels) const {
  if (pixels.type() == CV_8UC1) {
    if (const auto line = workspace.stages.take_line()) apply_line(*line, pixels);
    if (workspace.stages.empty()) return;
  }
  for (int y = 0; y < pixels.rows; ++y) {
    for (int x = 0; x < pixels.cols; x += kBlock) {
      const int count = std::min(kBlock, pixels.cols - x);
      uchar* out = pixels.ptr(y) + x * pixels.elemSize();
      workspace.stages.load(out, count, workspace.row);
      workspace.stages.finish(count, workspace.row, out);
    }
  }
}

// The level of the source that fits, and what is left of the blocks behind it.
cv::Mat Segment::averaged(const Source& source, Workspace& workspace) const {
  const int level = std::min(std::countr_zero(static_cast<unsigned>(blocks_.width | blocks_.height)),
                             Source::kMaxAverageLevel);
  const cv::Size rest(blocks_.width >> level, blocks_.height >> level);
  const cv::Mat& coarse = level > 0 ? source.average(level) : averaged_from(source);
  if (level > 0 && rest == cv::Size(1, 1)) return coarse;
  cv::Mat& result = workspace.averaged.take(averaged_size(coarse.size(), rest), averaged_type(coarse.type()));
  average_blocks(coarse, rest, workspace.sums, result);
  return result;
}

cv::Mat Segment::padded(const Picture& picture, Workspace& workspace) const {
  if (picture.source != nullptr) return picture.source->padded();
  const cv::Mat& pixels = *picture.pixels;
  cv::Mat& result = workspace.padded.take(padded_size(pixels), padded_type(pixels.type()));
  pad(pixels, result);
  return result;
}

Surface Segment::surface_of(const Picture& picture, Workspace& workspace) const {
  const PixelFormat format = PixelFormat::of(*picture.pixels);
  Surface surface;
  surface.border = policy_.border;
  if (blocks_ != cv::Size(1, 1)) {
    surface.pixels = picture.source != nullptr ? averaged(*picture.source, workspace)
                                               : averaged(Source(*picture.pixels), workspace);
  } else if (is_sampled_as_it_is(format.type()) || format.type() == CV_8UC1) {
    surface.pixels = *picture.pixels;
  } else {
    surface.pixels = padded(picture, workspace);
  }
  const int bits = bits_behind_point(surface.pixels, format);
  surface.fill = fill_codes(policy_, format);
  for (std::uint16_t& value : surface.fill) value = static_cast<std::uint16_t>(value << bits);
  surface.extra_bits = bits - format.fraction_bits();
  surface.full_scale = format.full_scale();
  return surface;
}

void Segment::warp(const Picture& picture, const FixedLine& line, Workspace& workspace,
                   cv::Mat& result) const {
  PlaneWarp warp{padded(picture, workspace), policy_.border, 0, line};
  warp.fill = fill_codes(policy_, PixelFormat::of(result))[0];
  warp_plane(warp, CoordinateRows(map_, output_), workspace.coordinates, result);
  if (!workspace.stages.empty()) finish_in_place(workspace, result);
}

void Segment::resample(const Picture& picture, Workspace& workspace, cv::Mat& result) const {
  const PixelFormat format = PixelFormat::of(result);
  if (format.type() == CV_8UC1 && blocks_ == cv::Size(1, 1) && can_be_paired(input_) &&
      policy_.interpolation == Interpolation::kLinear)
    if (const auto line = workspace.stages.take_line()) return warp(picture, *line, workspace, result);
  const Surface surface = surface_of(picture, workspace);
  const Sampler sample = choose_sampler(surface.pixels, policy_.interpolation);
  const CoordinateRows rows(map_, output_);
  for (int y = 0; y < output_.height; ++y) {
    for (int x = 0; x < output_.width; x += kBlock) {
      rows.read(x, y, workspace.coordinates);
      const int count = workspace.coordinates.count;
      sample(surface, workspace.coordinates, workspace.row);
      if (format.has_alpha()) workspace.stages.unpremultiply(count, workspace.row);
      workspace.stages.finish(count, workspace.row, result.ptr(y) + x * result.elemSize());
    }
  }
}

}  // namespace tenfold
