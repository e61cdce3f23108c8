#include "fusion/random_steps.h"

#include <cmath>
#include <numbers>

namespace tenfold::test {

GeometryStep linear_step(cv::Size frame, const cv::Matx22d& m, cv::Point2d shift) {
  const double cx = (frame.width - 1) / 2.0, cy = (frame.height - 1) / 2.0;
  const cv::Matx33d matrix(m(0, 0), m(0, 1), cx - m(0, 0) * cx - m(0, 1) * cy + shift.x,  //
                           m(1, 0), m(1, 1), cy - m(1, 0) * cx - m(1, 1) * cy + shift.y,  //
                           0, 0, 1);
  return {frame, {matrix, nullptr, cv::Matx33d::eye()}};
}

GeometryStep rotation(cv::Size frame, double degrees) {
  const double angle = degrees * std::numbers::pi / 180;
  return linear_step(frame, {std::cos(angle), -std::sin(angle), std::sin(angle), std::cos(angle)});
}

GeometryStep horizontal_flip(cv::Size frame) { return linear_step(frame, {-1, 0, 0, 1}); }

GeometryStep vertical_flip(cv::Size frame) { return linear_step(frame, {1, 0, 0, -1}); }

GeometryStep quarter_turn(cv::Size frame) {
  return {{frame.height, frame.width},
          {cv::Matx33d(0, -1, frame.width - 1.0, 1, 0, 0, 0, 0, 1), nullptr, cv::Matx33d::eye()}};
}

GeometryStep crop(cv::Rect window) {
  const double x = window.x, y = window.y;
  return {window.size(), {cv::Matx33d(1, 0, x, 0, 1, y, 0, 0, 1), nullptr, cv::Matx33d::eye()}};
}

GeometryStep translation(cv::Size frame, double right, double down) {
  return linear_step(frame, cv::Matx22d::eye(), {-right, -down});
}

ColorStep gain(double factor, double shift) {
  ColorStep step;
  for (int c = 0; c < 3; ++c) step.matrix(c, c) = factor, step.matrix(c, 3) = shift;
  return step;
}

cv::Mat RandomSteps::image() {
  const auto side = [this] {
    const int kind = whole(0, 5);
    return kind == 0 ? 1 : kind == 1 ? whole(2, 5) : whole(6, 33);
  };
  cv::Size size(side(), side());
  if (whole(0, 15) == 0) size.width = whole(257, 530), size.height = whole(1, 4);
  cv::Mat pixels(size, CV_MAKETYPE(whole(0, 1) == 0 ? CV_8U : CV_16U, whole(1, 4)));
  const int values = pixels.cols * pixels.channels(), max = pixels.depth() == CV_8U ? 255 : 65535;
  for (int y = 0; y < pixels.rows; ++y)
    for (int i = 0; i < values; ++i) {
      // The ends of the range are where saturation goes wrong.
      const int end = whole(0, 7);
      const int value = end == 0 ? 0 : end == 1 ? max : whole(0, max);
      if (pixels.depth() == CV_8U)
        pixels.ptr<uchar>(y)[i] = static_cast<uchar>(value);
      else
        pixels.ptr<std::uint16_t>(y)[i] = static_cast<std::uint16_t>(value);
    }
  return pixels;
}

SamplingPolicy RandomSteps::policy() {
  SamplingPolicy policy;
  policy.interpolation = static_cast<Interpolation>(whole(0, 3));
  policy.border = static_cast<Border>(whole(0, 4));
  policy.fill = {real(0, 255), real(0, 255), real(0, 255)};
  return policy;
}

GeometryStep RandomSteps::grid(cv::Size frame) {
  auto grid = std::make_shared<DisplacementGrid>();
  grid->frame = frame;
  grid->offset.create(whole(2, 5), whole(2, 5));
  for (cv::Vec2f& offset : grid->offset)
    offset = {static_cast<float>(real(-0.1, 0.1) * frame.width),
              static_cast<float>(real(-0.1, 0.1) * frame.height)};
  const cv::Matx33d matrix = rotation(frame, real(-10, 10)).map.matrix;
  const cv::Matx33d then = linear_step(frame, {real(0.8, 1.3), 0, 0, real(0.8, 1.3)}).map.matrix;
  return {frame, {matrix, grid, then}};
}

GeometryStep RandomSteps::geometry(cv::Size frame) {
  switch (whole(0, 11)) {
    case 0:
      return horizontal_flip(frame);
    case 1:
      return vertical_flip(frame);
    case 2:
      return quarter_turn(frame);
    case 3:
      return translation(frame, whole(-9, 9), whole(-9, 9));
    case 4:
      return translation(frame, real(-0.6, 0.6) * frame.width, real(-0.6, 0.6) * frame.height);
    case 5:
      return linear_step(frame, {real(0.4, 4), 0, 0, real(0.4, 4)});
    case 6:
      return linear_step(frame, {1, real(-0.5, 0.5), real(-0.2, 0.2), 1});
    case 7: {
      const cv::Size size(whole(1, frame.width), whole(1, frame.height));
      return crop({{whole(0, frame.width - size.width), whole(0, frame.height - size.height)}, size});
    }
    case 8: {
      GeometryStep step = linear_step(frame, {1, real(-0.1, 0.1), real(-0.1, 0.1), 1});
      step.map.matrix(2, 0) = real(-0.3, 0.3) / frame.width;
      step.map.matrix(2, 1) = real(-0.3, 0.3) / frame.height;
      return step;
    }
    case 9:
      return grid(frame);
    case 10: {
      const cv::Size size(whole(1, 40), whole(1, 40));
      const double x = 1.0 * frame.width / size.width, y = 1.0 * frame.height / size.height;
      return {size,
              {cv::Matx33d(x, 0, x / 2 - 0.5, 0, y, y / 2 - 0.5, 0, 0, 1), nullptr, cv::Matx33d::eye()}};
    }
    default:
      return rotation(frame, real(-180, 180));
  }
}

Step RandomSteps::pointwise() {
  switch (whole(0, 3)) {
    case 0:
      return gain(real(0.3, 2.2), real(-60, 60));
    case 1: {
      ColorStep step;
      for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 4; ++j) step.matrix(i, j) = j == 3 ? real(-20, 20) : (i == j) + real(-0.4, 0.4);
      return step;
    }
    case 2: {
      const double gamma = real(0.6, 1.7);
      return LookupStep{[gamma](double v) { return 255 * std::pow(v / 255, gamma); }};
    }
    default: {
      const double levels = whole(3, 9);
      return LookupStep{[levels](double v) { return std::floor(v / 256 * levels) * 255 / (levels - 1); }};
    }
  }
}

}  // namespace tenfold::test
