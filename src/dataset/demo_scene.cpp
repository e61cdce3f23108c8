#include "dataset/demo_scene.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "dataset/demo_backdrop.h"

namespace tenfold::demo {
namespace {

constexpr int kSupersampling = 4;
constexpr double kDegree = CV_PI / 180;

// How the sign stands before the camera.
struct Pose {
  cv::Point2d centre;  // pixels of the finished picture
  double radius = 0;   // likewise
  cv::Matx33d turned;  // in space
};

Pose draw_pose(cv::Size size, Rng& rng) {
  const double side = std::min(size.width, size.height);
  Pose pose;
  pose.radius = side * between(rng, 0.29, 0.41);
  const double room_x = size.width / 2.0 - 0.95 * pose.radius;
  const double room_y = size.height / 2.0 - 0.95 * pose.radius;
  pose.centre = {size.width / 2.0 + room_x * between(rng, -0.8, 0.8),
                 size.height / 2.0 + room_y * between(rng, -0.9, 0.5)};
  const double yaw = between(rng, -32, 32) * kDegree;
  const double pitch = between(rng, -10, 10) * kDegree;
  const double roll = between(rng, -7, 7) * kDegree;
  const cv::Matx33d about_y(std::cos(yaw), 0, std::sin(yaw), 0, 1, 0, -std::sin(yaw), 0, std::cos(yaw));
  const cv::Matx33d about_x(1, 0, 0, 0, std::cos(pitch), -std::sin(pitch), 0, std::sin(pitch),
                            std::cos(pitch));
  const cv::Matx33d about_z(std::cos(roll), -std::sin(roll), 0, std::sin(roll), std::cos(roll), 0, 0, 0, 1);
  pose.turned = about_z * about_x * about_y;
  return pose;
}

// Where the camera sees a point of the sign, in pixels of the supersampled picture.
cv::Point2f seen(const Pose& pose, cv::Point2d on_sign) {
  constexpr double kDistance = 5;  // of the camera, in radii of the sign
  const cv::Vec3d p = pose.turned * cv::Vec3d(on_sign.x, on_sign.y, 0);
  const double scale = pose.radius * kDistance / (kDistance + p[2]);
  return cv::Point2d(pose.centre.x + scale * p[0], pose.centre.y + scale * p[1]) * kSupersampling;
}

// What stands before the backdrop, supersampled.
struct Foreground {
  cv::Mat3b color;
  cv::Mat1b mask;

  explicit Foreground(cv::Size size) : color(size, cv::Vec3b(0, 0, 0)), mask(size, uchar{0}) {}
};

void add_pole(Foreground& foreground, const Pose& pose, Rng& rng) {
  const double half = pose.radius * between(rng, 0.045, 0.075) * kSupersampling;
  const cv::Point2d top = seen(pose, {0, -0.55});
  const double lean = pose.turned(0, 1) * 0.5;
  for (int y = std::max(0, static_cast<int>(top.y)); y < foreground.color.rows; ++y) {
    const double middle = top.x + lean * (y - top.y);
    for (int x = static_cast<int>(middle - half); x <= static_cast<int>(middle + half); ++x) {
      if (x < 0 || x >= foreground.color.cols) continue;
      const double across = std::clamp((x - middle) / half, -1.0, 1.0);
      const double shine = 92 + 96 * std::exp(-6 * (across + 0.35) * (across + 0.35));
      foreground.color(y, x) = cv::Vec3b::all(cv::saturate_cast<uchar>(shine));
      foreground.mask(y, x) = 255;
    }
  }
}

void add_sign(Foreground& foreground, const Sign& sign, const Pose& pose) {
  const auto side = static_cast<float>(kSignSide);
  const std::array<cv::Point2f, 4> flat = {{{0, 0}, {side, 0}, {side, side}, {0, side}}};
  std::array<cv::Point2f, 4> tilted;
  for (std::size_t i = 0; i < 4; ++i)
    tilted[i] =
        seen(pose, {(flat[i].x / side * 2 - 1) * kSignMargin, (flat[i].y / side * 2 - 1) * kSignMargin});
  const cv::Mat map = cv::getPerspectiveTransform(flat.data(), tilted.data());
  cv::Mat color, mask;
  cv::warpPerspective(sign.color, color, map, foreground.color.size(), cv::INTER_LINEAR,
                      cv::BORDER_REPLICATE);
  cv::warpPerspective(sign.mask, mask, map, foreground.color.size(), cv::INTER_LINEAR);
  // The edge of the sheet, seen from the side it is turned away from.
  const double depth = 0.045 * pose.radius * kSupersampling;
  const cv::Matx23d moved(1, 0, depth * (pose.turned(2, 0) > 0 ? -1 : 1), 0, 1, depth * 0.6);
  cv::Mat edge;
  cv::warpAffine(mask, edge, moved, mask.size());
  foreground.color.setTo(cv::Vec3b(84, 80, 78), edge > 127);
  color.copyTo(foreground.color, mask > 127);
  cv::max(foreground.mask, edge, foreground.mask);
  cv::max(foreground.mask, mask, foreground.mask);
}

// Sun from one side, dirt, and in some pictures the shadow of leaves: factors for the foreground.
cv::Mat1f draw_shade(cv::Size size, Rng& rng) {
  const double angle = between(rng, 0, 2 * CV_PI);
  const double strength = between(rng, 0.05, 0.28);
  const double level = between(rng, 0.84, 1.06);
  const bool leaves = rng.uniform() < 0.3;
  const cv::Mat1f dirt = cloudy_noise(size, 8, rng);
  const cv::Mat1f shadow = cloudy_noise(size, 4, rng);
  cv::Mat1f shade(size);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x) {
      const double along = (x / double(size.width) - 0.5) * std::cos(angle) +
                           (y / double(size.height) - 0.5) * std::sin(angle);
      const double leaf = leaves ? std::clamp((shadow(y, x) - 0.5) / 0.14, 0.0, 1.0) : 0.0;
      shade(y, x) =
          static_cast<float>((level + 2 * strength * along) * (0.93 + 0.07 * dirt(y, x)) * (1 - 0.34 * leaf));
    }
  return shade;
}

// Blur, exposure, vignette and noise.
cv::Mat photographed(cv::Mat3f picture, Rng& rng) {
  const double sigma = std::max(0.0, between(rng, -0.5, 0.95));
  const double exposure = between(rng, 0.88, 1.16);
  const double grain = between(rng, 1, 4.2);
  if (sigma > 0.2) cv::GaussianBlur(picture, picture, {}, sigma);
  const cv::Mat1f luma_noise = white_noise(picture.size(), rng);
  const std::array<cv::Mat1f, 3> color_noise = {
      white_noise(picture.size(), rng), white_noise(picture.size(), rng), white_noise(picture.size(), rng)};
  const cv::Point2d middle(picture.cols / 2.0, picture.rows / 2.0);
  cv::Mat3b result(picture.size());
  for (int y = 0; y < picture.rows; ++y)
    for (int x = 0; x < picture.cols; ++x) {
      const cv::Point2d p((x - middle.x) / middle.x, (y - middle.y) / middle.y);
      const double gain = exposure * (1 - 0.09 * p.dot(p));
      for (int c = 0; c < 3; ++c) {
        const double noise = luma_noise(y, x) + 0.4 * color_noise[static_cast<std::size_t>(c)](y, x);
        result(y, x)[c] = cv::saturate_cast<uchar>(picture(y, x)[c] * gain + grain * noise);
      }
    }
  return result;
}

cv::Size draw_size(Rng& rng) {
  const double longer = between(rng, 120, 192);
  const double ratio = between(rng, 0.82, 1.22);
  const auto rounded = [](double length) { return cvRound(length / 8) * 8; };
  constexpr double kSquare = 1.0 / 3;  // share of the pictures
  if (rng.uniform() < kSquare) return {rounded(longer), rounded(longer)};
  return ratio < 1 ? cv::Size(rounded(longer * ratio), rounded(longer))
                   : cv::Size(rounded(longer), rounded(longer / ratio));
}

}  // namespace

cv::Mat draw_scene(const Sign& sign, Rng& rng) {
  const cv::Size size = draw_size(rng);
  const Pose pose = draw_pose(size, rng);
  Backdrop backdrop = draw_backdrop(size, rng);

  Foreground foreground(size * kSupersampling);
  add_pole(foreground, pose, rng);
  add_sign(foreground, sign, pose);
  // Premultiplied, so that the black around the sign does not darken its edge.
  cv::Mat color, mask;
  foreground.color.setTo(cv::Vec3b(0, 0, 0), foreground.mask < 128);
  cv::resize(foreground.color, color, size, 0, 0, cv::INTER_AREA);
  cv::resize(foreground.mask >= 128, mask, size, 0, 0, cv::INTER_AREA);

  const cv::Mat1f shade = draw_shade(size, rng);
  cv::Mat3f picture = backdrop.color;
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x) {
      const cv::Vec3f near = cv::Vec3f(color.at<cv::Vec3b>(y, x)) * shade(y, x);
      const float cover = static_cast<float>(mask.at<uchar>(y, x)) / 255.0f;
      picture(y, x) = (picture(y, x) * (1 - cover) + near).mul(backdrop.light);
    }
  return photographed(picture, rng);
}

}  // namespace tenfold::demo
