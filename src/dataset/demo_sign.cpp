#include "dataset/demo_sign.h"

#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace tenfold::demo {
namespace {

using Outline = std::vector<cv::Point2d>;

const cv::Scalar kWhite(244, 246, 247);
const cv::Scalar kRed(38, 26, 196);
const cv::Scalar kYellow(28, 190, 250);
const cv::Scalar kBlue(168, 88, 14);
const cv::Scalar kBlack(38, 34, 32);

constexpr int kSubpixelBits = 6;

// Draws in the sign's units: the origin in the middle, x to the right, y down.
class Canvas {
 public:
  Canvas() : color_(kSignSide, kSignSide, CV_8UC3, kBlack), mask_(kSignSide, kSignSide, CV_8UC1, 0.0) {}

  // A filled polygon with corners of this radius, `inset` inside the outline.
  void polygon(const Outline& outline, double corner_radius, double inset, const cv::Scalar& color) {
    cv::Mat shape(color_.size(), CV_8UC1, 0.0);
    const Outline core = shrunk(outline, inset + corner_radius);
    const std::vector<cv::Point> points = to_pixels(core);
    cv::fillPoly(shape, std::vector{points}, 255, cv::LINE_AA, kSubpixelBits);
    // Stroking a smaller polygon rounds its corners.
    if (corner_radius > 0) stroke_onto(shape, core, 2 * corner_radius, true);
    paint(shape, color);
  }

  void disk(double radius, const cv::Scalar& color) {
    cv::Mat shape(color_.size(), CV_8UC1, 0.0);
    cv::circle(shape, to_pixel({0, 0}), to_length(radius), 255, cv::FILLED, cv::LINE_AA, kSubpixelBits);
    paint(shape, color);
  }

  // Lines with round ends, cut off flat above `top` and below `bottom`.
  void strokes(const std::vector<Outline>& lines, double width, double top, double bottom,
               const cv::Scalar& color) {
    cv::Mat shape(color_.size(), CV_8UC1, 0.0);
    for (const Outline& line : lines) stroke_onto(shape, line, width, false);
    shape.rowRange(0, row(top)).setTo(0);
    shape.rowRange(row(bottom), kSignSide).setTo(0);
    paint(shape, color);
  }

  Sign sign() const { return {color_, mask_}; }

 private:
  static constexpr double kPixelsPerUnit = kSignSide / (2 * kSignMargin);

  static int row(double y) { return cvRound((y + kSignMargin) * kPixelsPerUnit); }
  static int to_length(double length) { return cvRound(length * kPixelsPerUnit * (1 << kSubpixelBits)); }
  static cv::Point to_pixel(cv::Point2d p) {
    return {to_length(p.x + kSignMargin), to_length(p.y + kSignMargin)};
  }

  static std::vector<cv::Point> to_pixels(const Outline& outline) {
    std::vector<cv::Point> points;
    for (const cv::Point2d& p : outline) points.push_back(to_pixel(p));
    return points;
  }

  // All edges moved inwards by `distance`; for convex outlines around the origin given clockwise as seen.
  static Outline shrunk(const Outline& outline, double distance) {
    Outline result;
    for (std::size_t i = 0; i < outline.size(); ++i) {
      const cv::Point2d p = outline[i];
      const cv::Point2d before = unit(p - outline[(i + outline.size() - 1) % outline.size()]);
      const cv::Point2d after = unit(outline[(i + 1) % outline.size()] - p);
      const double sine = before.cross(after);
      result.push_back(p + (after - before) * (distance / sine));
    }
    return result;
  }

  static cv::Point2d unit(cv::Point2d v) { return v / std::hypot(v.x, v.y); }

  static void stroke_onto(cv::Mat& shape, const Outline& line, double width, bool closed) {
    cv::polylines(shape, to_pixels(line), closed, 255, cvRound(width * kPixelsPerUnit), cv::LINE_AA,
                  kSubpixelBits);
  }

  void paint(const cv::Mat& shape, const cv::Scalar& color) {
    cv::max(mask_, shape, mask_);
    for (int y = 0; y < kSignSide; ++y)
      for (int x = 0; x < kSignSide; ++x) {
        const double cover = shape.at<uchar>(y, x) / 255.0;
        auto& pixel = color_.at<cv::Vec3b>(y, x);
        for (int c = 0; c < 3; ++c)
          pixel[c] = cv::saturate_cast<uchar>(pixel[c] + cover * (color[c] - pixel[c]));
      }
  }

  cv::Mat color_, mask_;
};

Outline regular(int corners, double radius, double first_deg) {
  Outline outline;
  for (int i = 0; i < corners; ++i) {
    const double angle = (first_deg + 360.0 * i / corners) * CV_PI / 180;
    outline.emplace_back(radius * std::cos(angle), radius * std::sin(angle));
  }
  return outline;
}

// Part of an ellipse; degrees clockwise as seen, from the right.
Outline arc(cv::Point2d centre, double radius_x, double radius_y, double from_deg, double to_deg) {
  constexpr int kParts = 32;
  Outline line;
  for (int i = 0; i <= kParts; ++i) {
    const double angle = (from_deg + (to_deg - from_deg) * i / kParts) * CV_PI / 180;
    line.emplace_back(centre.x + radius_x * std::cos(angle), centre.y + radius_y * std::sin(angle));
  }
  return line;
}

Outline joined(std::initializer_list<Outline> parts) {
  Outline line;
  for (const Outline& part : parts) line.insert(line.end(), part.begin(), part.end());
  return line;
}

// S, T, O and P, each 2a wide and 2h high, around x.
std::vector<Outline> stop_letters() {
  constexpr double a = 0.115, h = 0.28, r = h / 2;
  constexpr double s = -0.585, t = -0.195, o = 0.2, p = 0.5;
  const Outline letter_s = joined({arc({s, -r}, a, r, -20, -270), arc({s, r}, a, r, -90, 160)});
  const Outline letter_o = joined(
      {arc({o, -h + 0.14}, a, 0.14, -180, 0), arc({o, h - 0.14}, a, 0.14, 0, 180), {{o - a, -h + 0.14}}});
  const Outline letter_p = joined(
      {{{p, 2 * h}, {p, -h}, {p + 0.08, -h}}, arc({p + 0.08, -h + 0.16}, 0.14, 0.16, -90, 90), {{p, 0.04}}});
  return {letter_s, {{t - 0.14, -h}, {t + 0.14, -h}}, {{t, -h}, {t, 2 * h}}, letter_o, letter_p};
}

Sign draw_stop() {
  Canvas canvas;
  const Outline octagon = regular(8, 1.0, 22.5);
  canvas.polygon(octagon, 0.03, 0, kWhite);
  canvas.polygon(octagon, 0.02, 0.055, kRed);
  canvas.strokes(stop_letters(), 0.105, -0.34, 0.335, kWhite);
  return canvas.sign();
}

Sign draw_yield() {
  Canvas canvas;
  Outline triangle = regular(3, 1.22, 90);
  for (cv::Point2d& p : triangle) p.y -= 0.28;
  canvas.polygon(triangle, 0.12, 0, kWhite);
  canvas.polygon(triangle, 0.10, 0.025, kRed);
  canvas.polygon(triangle, 0.03, 0.21, kWhite);
  return canvas.sign();
}

Sign draw_priority() {
  Canvas canvas;
  const Outline diamond = regular(4, 1.02, 0);
  canvas.polygon(diamond, 0.09, 0, kBlack);
  canvas.polygon(diamond, 0.08, 0.02, kWhite);
  canvas.polygon(diamond, 0.04, 0.17, kBlack);
  canvas.polygon(diamond, 0.03, 0.185, kYellow);
  return canvas.sign();
}

Sign draw_turn_left() {
  Canvas canvas;
  canvas.disk(0.98, kWhite);
  canvas.disk(0.93, kBlue);
  const Outline shaft =
      joined({{{0.26, 0.9}, {0.26, 0.12}}, arc({0.06, 0.12}, 0.2, 0.2, 0, -90), {{-0.25, -0.08}}});
  canvas.strokes({shaft}, 0.22, -1, 0.6, kWhite);
  canvas.polygon({{-0.2, -0.5}, {-0.2, 0.34}, {-0.68, -0.08}}, 0.02, 0, kWhite);
  return canvas.sign();
}

}  // namespace

Sign draw_sign(std::string_view class_name) {
  if (class_name == "stop") return draw_stop();
  if (class_name == "yield") return draw_yield();
  if (class_name == "priority") return draw_priority();
  return draw_turn_left();
}

}  // namespace tenfold::demo
