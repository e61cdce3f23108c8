#include "fusion/segment.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "fusion/area_average.h"
#include "fusion/coordinates.h"
#include "fusion/padding.h"
#include "fusion/sampler.h"

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

void Segment::finish_in_place(Workspace& workspace, cv::Mat& pixels) const {
  for (int y = 0; y < pixels.rows; ++y) {
    for (int x = 0; x < pixels.cols; x += kBlock) {
      const int count = std::min(kBlock, pixels.cols - x);
      uchar* out = pixels.ptr(y) + x * pixels.elemSize();
      workspace.stages.load(out, count, workspace.row);
      workspace.stages.finish(count, workspace.row, out);
    }
  }
}

void Segment::resample(const Picture& picture, Workspace& workspace, cv::Mat& result) const {
  const PixelFormat format = PixelFormat::of(result);
  const bool averages = blocks_ != cv::Size(1, 1);

  Surface surface;
  surface.border = policy_.border;
  // Averaging reads packed pixels where it can: they are fewer bytes.
  if (is_sampled_as_it_is(format.type()) || (averages && !format.has_alpha())) {
    surface.pixels = *picture.pixels;
  } else if (picture.padded != nullptr) {
    surface.pixels = *picture.padded;
  } else {
    surface.pixels = workspace.padded.take(input_, sampled_type(format.type()));
    pad(*picture.pixels, surface.pixels);
  }
  if (averages) {
    cv::Mat& averaged =
        workspace.averaged.take(averaged_size(input_, blocks_), averaged_type(surface.pixels.type()));
    average_blocks(surface.pixels, blocks_, workspace.sums, averaged);
    surface.pixels = averaged;
  }

  const int bits = bits_behind_point(surface.pixels, format);
  surface.fill = fill_codes(policy_, format);
  for (std::uint16_t& value : surface.fill) value = static_cast<std::uint16_t>(value << bits);
  surface.extra_bits = bits - format.fraction_bits();
  surface.full_scale = format.full_scale();

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
