#include "fusion/random_planes.h"

#include <algorithm>

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

// The code values of a sample and of what stands for it, on their way through blue, green and red.
cv::Vec3d recolored(const ColorStep& step, const cv::Vec3d& planes) {
  const cv::Vec3d bgr = bgr_of_planes(planes);
  cv::Vec3d result = step.matrix * cv::Vec4d(bgr[0], bgr[1], bgr[2], 1);
  for (double& value : result.val) value = std::clamp(value, 0.0, 255.0);
  return result;
}

}  // namespace

std::array<std::vector<double>, 3> recolored_planes(const ColorStep& step, const Planes& planes) {
  std::array<std::vector<double>, 3> result;
  const cv::Size luma = planes.size, chroma = planes.plane_size(1), sampling = planes.sampling;
  std::vector<cv::Vec3d> sums(static_cast<std::size_t>(chroma.area()));
  std::vector<int> counts(sums.size());
  for (int y = 0; y < luma.height; ++y)
    for (int x = 0; x < luma.width; ++x) {
      const cv::Point at(x / sampling.width, y / sampling.height);
      const cv::Vec3d color = recolored(step, {static_cast<double>(planes.plane[0].at<uchar>(y, x)),
                                               static_cast<double>(planes.plane[1].at<uchar>(at)),
                                               static_cast<double>(planes.plane[2].at<uchar>(at))});
      result[0].push_back(planes_of_bgr(color)[0]);
      const auto index = static_cast<std::size_t>(at.y * chroma.width + at.x);
      sums[index] += color;
      ++counts[index];
    }
  for (std::size_t i = 0; i < sums.size(); ++i)
    for (const int plane : {1, 2}) result[plane].push_back(planes_of_bgr(sums[i] / counts[i])[plane]);
  return result;
}

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

std::vector<Step> steps_on_plane(std::span<const Step> steps, const Planes& stored, int orientation,
                                 int plane) {
  const cv::Size sampling = plane == 0 ? cv::Size(1, 1) : stored.sampling;
  std::vector<Step> result{scaling(stored.size, sampling, false)};
  for (const Step& step : upright_steps(stored.size, orientation)) result.push_back(step);
  cv::Size frame = output_size(result.back(), stored.size);
  for (const Step& step : steps) {
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
