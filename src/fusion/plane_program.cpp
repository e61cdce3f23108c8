#include "tenfold/fusion/plane_program.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "fusion/map.h"
#include "fusion/plane_colors.h"
#include "fusion/pointwise.h"

namespace tenfold {
namespace {

// From (b, g, r) to (Y, Cb, Cr), without the 128 that chroma is offset by.
cv::Matx33d to_planes() {
  constexpr double kBlueChroma = 1 / 1.772, kRedChroma = 1 / 1.402;
  const cv::Matx13d luma(kLumaBlue, kLumaGreen, kLumaRed);
  const cv::Matx13d blue = (cv::Matx13d(1, 0, 0) - luma) * kBlueChroma;
  const cv::Matx13d red = (cv::Matx13d(0, 0, 1) - luma) * kRedChroma;
  return {luma(0), luma(1), luma(2), blue(0), blue(1), blue(2), red(0), red(1), red(2)};
}

const cv::Vec3d kPlaneOffset(0, 128, 128);

// All color steps as one matrix on (b, g, r, 1); nothing where there are none or they change nothing.
std::optional<cv::Matx34d> color_of(std::span<const Step> steps) {
  PointwiseChain chain;
  for (const Step& step : steps)
    if (const auto* color = std::get_if<ColorStep>(&step)) chain.append(*color);
  if (chain.empty()) return std::nullopt;
  const cv::Matx34d& matrix = std::get<ColorRun>(chain.runs().front()).matrix;
  if (matrix == cv::Matx34d::eye()) return std::nullopt;
  return matrix;
}

// From (Y, Cb, Cr, 1) to (r, g, b).
PlaneColors plane_colors(const cv::Matx34d& matrix) {
  const cv::Matx33d linear = matrix.get_minor<3, 3>(0, 0) * to_planes().inv();
  const cv::Vec3d middle = linear * kPlaneOffset;
  PlaneColors result;
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column)
      result(2 - row, column) = static_cast<float>(linear(row, column));
    result(2 - row, 3) = static_cast<float>(matrix(row, 3) - middle[row]);
  }
  return result;
}

// From the centres of a plane's samples to luma's pixels.
cv::Matx33d to_luma(cv::Size sampling) {
  const double x = sampling.width, y = sampling.height;
  return {x, 0, (x - 1) / 2, 0, y, (y - 1) / 2, 0, 0, 1};
}

// From upright pixels to those of an image stored with this EXIF orientation.
cv::Matx33d to_stored(int orientation, cv::Size stored) {
  const double right = stored.width - 1, bottom = stored.height - 1;
  switch (orientation) {
    case 2:
      return {-1, 0, right, 0, 1, 0, 0, 0, 1};
    case 3:
      return {-1, 0, right, 0, -1, bottom, 0, 0, 1};
    case 4:
      return {1, 0, 0, 0, -1, bottom, 0, 0, 1};
    case 5:
      return {0, 1, 0, 1, 0, 0, 0, 0, 1};
    case 6:
      return {0, 1, 0, -1, 0, bottom, 0, 0, 1};
    case 7:
      return {0, -1, right, -1, 0, bottom, 0, 0, 1};
    case 8:
      return {0, -1, right, 1, 0, 0, 0, 0, 1};
    default:
      return cv::Matx33d::eye();
  }
}

cv::Size upright_size(const PlaneSource& source) {
  const cv::Size stored = source.stored();
  return source.orientation() >= 5 ? cv::Size(stored.height, stored.width) : stored;
}

// The steps as they are for one plane: between the maps that lead from its samples to luma's pixels and back.
std::vector<Step> steps_of_plane(std::span<const Step> steps, const PlaneSource& source, int plane,
                                 cv::Size output) {
  const bool is_grey = source.planes().size() == 1;
  const cv::Size sampling = plane == 0 ? cv::Size(1, 1) : source.sampling();
  std::vector<Step> result;
  const cv::Matx33d from_luma = to_luma(sampling).inv();
  result.emplace_back(
      GeometryStep{upright_size(source), {from_luma * to_stored(source.orientation(), source.stored())}});
  for (const Step& step : steps)
    if (is_grey || std::holds_alternative<GeometryStep>(step)) result.push_back(step);
  result.emplace_back(GeometryStep{output, {to_luma(sampling)}});
  return result;
}

Map map_of(std::span<const Step> steps) {
  Map map;
  for (const Step& step : steps)
    if (const auto* geometry = std::get_if<GeometryStep>(&step)) map.append(geometry->map);
  return map;
}

SamplingPolicy policy_of_plane(const SamplingPolicy& policy, int plane) {
  const cv::Vec3d fill =
      to_planes() * cv::Vec3d(policy.fill[0], policy.fill[1], policy.fill[2]) + kPlaneOffset;
  SamplingPolicy result = policy;
  result.fill.fill(fill[plane]);
  return result;
}

}  // namespace

PlaneSource::PlaneSource(const Planes& planes, int orientation)
    : size_(planes.size), sampling_(planes.sampling), orientation_(orientation) {
  for (int i = 0; i < planes.count; ++i) planes_.emplace_back(planes.plane[static_cast<std::size_t>(i)]);
}

bool runs_on_planes(std::span<const Step> steps) {
  return std::ranges::all_of(steps, [](const Step& step) {
    return std::holds_alternative<GeometryStep>(step) || std::holds_alternative<ColorStep>(step);
  });
}

bool edges_agree(std::span<const Step> steps, const PlaneSource& source, const SamplingPolicy& policy) {
  const cv::Size sampling = source.sampling(), stored = source.stored();
  if (sampling == cv::Size(1, 1) || policy.border == Border::kReplicate) return true;
  const cv::Size input = upright_size(source);
  cv::Size output = input;
  for (const Step& step : steps) output = output_size(step, output);
  if (stays_inside(map_of(steps), input, output)) return true;
  return policy.border != Border::kReflect101 && stored.width % sampling.width == 0 &&
         stored.height % sampling.height == 0;
}

std::optional<int> turn_of(std::span<const Step> steps, cv::Size input) {
  constexpr double kSlack = 1e-6;
  cv::Size output = input;
  cv::Matx33d map = cv::Matx33d::eye();
  for (const Step& step : steps) {
    if (const auto* geometry = std::get_if<GeometryStep>(&step); geometry != nullptr && !geometry->map.grid)
      map = map * geometry->map.then * geometry->map.matrix;
    else if (!is_neutral(step, output))
      return std::nullopt;
    output = output_size(step, output);
  }
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const cv::Size turned = orientation >= 5 ? cv::Size(input.height, input.width) : input;
    if (turned == output && cv::norm(map - to_stored(orientation, input), cv::NORM_INF) < kSlack)
      return orientation;
  }
  return std::nullopt;
}

PlaneProgram::PlaneProgram(std::span<const Step> steps, const PlaneSource& source,
                           const SamplingPolicy& policy, PlaneWorkspace& workspace) {
  layout_ = {upright_size(source), static_cast<int>(source.planes().size()), source.sampling()};
  for (const Step& step : steps) layout_.size = output_size(step, layout_.size);
  if (const auto color = color_of(steps); color && layout_.count == 3) colors_ = plane_colors(*color);
  SamplingPolicy luma_policy = policy;
  if (stays_inside(map_of(steps), upright_size(source), layout_.size))
    luma_policy.border = Border::kReplicate;
  programs_.reserve(source.planes().size());  // their rows keep references
  for (int i = 0; i < layout_.count; ++i) {
    const Source& plane = source.planes()[static_cast<std::size_t>(i)];
    programs_.emplace_back(steps_of_plane(steps, source, i, layout_.plane_size(i)), plane.pixels().size(),
                           policy_of_plane(luma_policy, i));
    rows_.emplace_back(programs_.back(), plane, *workspace.plane[static_cast<std::size_t>(i)]);
  }
}

void PlaneProgram::render(int plane, int first, cv::Mat& rows) {
  const auto index = static_cast<std::size_t>(plane);
  if (!colors_) return rows_[index].render(first, rows);
  if (plane == 0) recolor_rows(first, rows.rows);
  codes_[index].copyTo(rows);
}

void PlaneProgram::recolor_rows(int first, int count) {
  const cv::Size sampling = layout_.sampling;
  for (int i = 0; i < layout_.count; ++i) {
    const auto index = static_cast<std::size_t>(i);
    const int height = i == 0 ? count : (count + sampling.height - 1) / sampling.height;
    const int begin = i == 0 ? first : first / sampling.height;
    values_[index].create(height, layout_.plane_size(i).width, CV_16SC1);
    codes_[index].create(values_[index].size(), CV_8UC1);
    rows_[index].render_values(begin, values_[index]);
  }
  recolor_planes(*colors_, sampling, values_, codes_);
}

Planes PlaneProgram::run() {
  Planes planes{layout_};
  for (int i = 0; i < layout_.count; ++i) {
    cv::Mat& plane = planes.plane[static_cast<std::size_t>(i)];
    plane.create(layout_.plane_size(i), CV_8UC1);
    render(i, 0, plane);
  }
  return planes;
}

}  // namespace tenfold
