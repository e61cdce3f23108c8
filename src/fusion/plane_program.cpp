#include "tenfold/fusion/plane_program.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "fusion/map.h"

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

// A color matrix on (Y, Cb, Cr, 1).
cv::Matx34d conjugated(const cv::Matx34d& matrix) {
  const cv::Matx33d to = to_planes();
  const cv::Matx33d linear = to * matrix.get_minor<3, 3>(0, 0) * to.inv();
  const cv::Vec3d constant(matrix(0, 3), matrix(1, 3), matrix(2, 3));
  const cv::Vec3d offset = to * constant + kPlaneOffset - linear * kPlaneOffset;
  cv::Matx34d result;
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) result(row, column) = linear(row, column);
    result(row, 3) = offset[row];
  }
  return result;
}

bool leaves_planes_apart(const cv::Matx34d& planes_matrix) {
  constexpr double kSlack = 1e-6;
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 3; ++column)
      if (row != column && std::abs(planes_matrix(row, column)) > kSlack) return false;
  return true;
}

// Whether no color leaves the range. What would saturates in blue, green and red, which Y, Cb and Cr cannot
// tell: white would turn yellow.
bool stays_in_range(const cv::Matx34d& matrix) {
  constexpr double kMost = 255, kSlack = 1e-6;
  for (int row = 0; row < 3; ++row) {
    double low = matrix(row, 3), high = matrix(row, 3);
    for (int column = 0; column < 3; ++column) {
      low += kMost * std::min(matrix(row, column), 0.0);
      high += kMost * std::max(matrix(row, column), 0.0);
    }
    if (low < -kSlack || high > kMost + kSlack) return false;
  }
  return true;
}

// `second` after `first`.
cv::Matx34d composed(const cv::Matx34d& second, const cv::Matx34d& first) {
  cv::Matx34d result = second.get_minor<3, 3>(0, 0) * first;
  for (int row = 0; row < 3; ++row) result(row, 3) += second(row, 3);
  return result;
}

// On an image of one channel: gain · value + offset.
ColorStep line_step(double gain, double offset) {
  return {cv::Matx34d(gain, 0, 0, offset, 0, gain, 0, offset, 0, 0, gain, offset)};
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
  for (const Step& step : steps) {
    const auto* color = std::get_if<ColorStep>(&step);
    if (color == nullptr || is_grey) {
      result.push_back(step);
    } else {
      const cv::Matx34d matrix = conjugated(color->matrix);
      result.emplace_back(line_step(matrix(plane, plane), matrix(plane, 3)));
    }
  }
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
  cv::Matx34d matrix = cv::Matx34d::eye();
  for (const Step& step : steps) {
    if (std::holds_alternative<GeometryStep>(step)) continue;
    const auto* color = std::get_if<ColorStep>(&step);
    if (color == nullptr) return false;
    matrix = composed(color->matrix, matrix);
  }
  return leaves_planes_apart(conjugated(matrix)) && stays_in_range(matrix);
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
  rows_[static_cast<std::size_t>(plane)].render(first, rows);
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
