#include "fusion/random_planes.h"

#include <cmath>

namespace tenfold::test {
namespace {

// JFIF, with the numbers that it prints.
cv::Vec3d planes_of_bgr(const cv::Vec3d& bgr) {
  const double b = bgr[0], g = bgr[1], r = bgr[2];
  const double luma = 0.299 * r + 0.587 * g + 0.114 * b;
  return {luma, (b - luma) / 1.772 + 128, (r - luma) / 1.402 + 128};
}

cv::Vec3d bgr_of_planes(const cv::Vec3d& planes) {
  const double luma = planes[0], cb = planes[1] - 128, cr = planes[2] - 128;
  const double g = luma - (0.114 * 1.772 * cb + 0.299 * 1.402 * cr) / 0.587;
  return {luma + 1.772 * cb, g, luma + 1.402 * cr};
}

GeometryStep scaling(cv::Size output, cv::Size sampling, bool to_plane) {
  const double h = sampling.width, v = sampling.height;
  const cv::Matx33d plane_to_luma(h, 0, (h - 1) / 2, 0, v, (v - 1) / 2, 0, 0, 1);
  const cv::Matx33d luma_to_plane(1 / h, 0, (1 - h) / 2 / h, 0, 1 / v, (1 - v) / 2 / v, 0, 0, 1);
  return {output, {to_plane ? plane_to_luma : luma_to_plane, nullptr, cv::Matx33d::eye()}};
}

}  // namespace

Planes random_planes(RandomSteps& random, cv::Size size, cv::Size sampling) {
  const bool is_grey = sampling.empty();
  Planes planes{{.size = size, .count = is_grey ? 1 : 3, .sampling = is_grey ? cv::Size(1, 1) : sampling}};
  for (int i = 0; i < planes.count; ++i) {
    cv::Mat& plane = planes.plane[i];
    plane.create(planes.plane_size(i), CV_8UC1);
    for (int y = 0; y < plane.rows; ++y)
      for (int x = 0; x < plane.cols; ++x) {
        const int end = random.whole(0, 7);
        plane.at<uchar>(y, x) = static_cast<uchar>(end == 0 ? 0 : end == 1 ? 255 : random.whole(0, 255));
      }
  }
  return planes;
}

// Colors stay in their range.
Step random_plane_step(RandomSteps& random, cv::Size frame) {
  if (random.whole(0, 2) > 0) return random.geometry(frame);
  const double factor = random.real(-1, 1), spare = 255 * (1 - std::abs(factor));
  const double offset = (factor < 0 ? -255 * factor : 0) + random.real(0, spare);
  if (random.whole(0, 1) == 0) return gain(factor, offset);
  const double saturation = random.whole(0, 3) == 0 ? 0 : random.real(0, 1);
  ColorStep step;
  for (int row = 0; row < 3; ++row) {
    const cv::Vec3d luma(0.114, 0.587, 0.299);
    for (int column = 0; column < 3; ++column)
      step.matrix(row, column) = factor * (saturation * (row == column) + (1 - saturation) * luma[column]);
    step.matrix(row, 3) = offset;
  }
  return step;
}

std::vector<Step> upright_steps(cv::Size stored, int orientation) {
  std::vector<Step> steps;
  cv::Size frame = stored;
  const auto add = [&](const GeometryStep& step) {
    steps.emplace_back(step);
    frame = step.output;
  };
  if (orientation == 2 || orientation == 5) add(horizontal_flip(frame));
  if (orientation == 4 || orientation == 7) add(vertical_flip(frame));
  const int turns = orientation == 3 ? 2 : orientation == 6 ? 3 : orientation >= 5 ? 1 : 0;
  for (int turn = 0; turn < turns; ++turn) add(quarter_turn(frame));
  return steps;
}

ColorStep on_plane(const ColorStep& step, int plane) {
  const auto changed = [&](double value) {
    cv::Vec3d planes(90, 140, 110);
    planes[plane] = value;
    const cv::Vec3d bgr = bgr_of_planes(planes);
    const cv::Vec3d result = step.matrix * cv::Vec4d(bgr[0], bgr[1], bgr[2], 1);
    return planes_of_bgr(result)[plane];
  };
  return gain(changed(1) - changed(0), changed(0));
}

std::vector<Step> steps_on_plane(std::span<const Step> steps, const Planes& stored, int orientation,
                                 int plane) {
  const cv::Size sampling = plane == 0 ? cv::Size(1, 1) : stored.sampling;
  std::vector<Step> result{scaling(stored.size, sampling, false)};
  for (const Step& step : upright_steps(stored.size, orientation)) result.push_back(step);
  cv::Size frame = output_size(result.back(), stored.size);
  for (const Step& step : steps) {
    const auto* color = std::get_if<ColorStep>(&step);
    if (color != nullptr && stored.count == 3)
      result.emplace_back(on_plane(*color, plane));
    else
      result.push_back(step);
    frame = output_size(step, frame);
  }
  const cv::Size output((frame.width + sampling.width - 1) / sampling.width,
                        (frame.height + sampling.height - 1) / sampling.height);
  result.emplace_back(scaling(output, sampling, true));
  return result;
}

SamplingPolicy policy_on_plane(const SamplingPolicy& policy, int plane) {
  SamplingPolicy result = policy;
  result.fill.fill(planes_of_bgr({policy.fill[0], policy.fill[1], policy.fill[2]})[plane]);
  return result;
}

}  // namespace tenfold::test
