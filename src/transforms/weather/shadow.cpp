// shadow: darkens a polygon with a soft edge, out = in · (1 - darkness · s). s rises from 0 to 1 across the
// edge, as 3t² - 2t³ over `softness` of the shorter side.
//
// The polygon has its corners around a point of the image, at angles that are evenly spaced but for a random
// tenth of a turn and at distances of 0.6 to 1.4 times `size`, which the noise key decides.

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"
#include "transforms/weather/coverage.h"
#include "transforms/weather/film.h"

namespace tenfold::builtin {
namespace {

struct Shadow {
  Range darkness{0.3, 0.6};
  Range size{0.3, 0.8};
  Range softness{0.01, 0.06};
  Range vertices{3, 6};
};

using Polygon = std::vector<cv::Point2d>;

Polygon polygon_around(cv::Point2d center, double size, int vertices, std::uint64_t key) {
  constexpr double kNearest = 0.6, kFarthest = 1.4, kJitterDegrees = 36;
  RowNoise noise(key, 0);
  const double start = 360 * next_unit(noise);
  Polygon polygon;
  for (int i = 0; i < vertices; ++i) {
    const double degrees = start + 360.0 * i / vertices + kJitterDegrees * (next_unit(noise) - 0.5);
    const double distance = size * (kNearest + (kFarthest - kNearest) * next_unit(noise));
    polygon.push_back(center + distance * cv::Point2d(cos_degrees(degrees), sin_degrees(degrees)));
  }
  return polygon;
}

// From the polygon's edge; negative outside.
double depth_inside(const Polygon& polygon, cv::Point2d point) {
  double nearest = std::numeric_limits<double>::max();
  bool inside = false;  // by the edges that a ray to the right crosses
  cv::Point2d a = polygon.back();
  for (const cv::Point2d& b : polygon) {
    const cv::Point2d edge = b - a, to = point - a;
    const double length = edge.dot(edge);
    const double t = length > 0 ? std::clamp(to.dot(edge) / length, 0.0, 1.0) : 0;
    const cv::Point2d apart = to - t * edge;
    nearest = std::min(nearest, apart.dot(apart));
    if ((a.y > point.y) != (b.y > point.y) && point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x))
      inside = !inside;
    a = b;
  }
  return inside ? std::sqrt(nearest) : -std::sqrt(nearest);
}

Step draw(const Shadow& p, Draw& draw) {
  const cv::Size frame = draw.frame();
  const double shorter = std::min(frame.width, frame.height);
  const double darkness = draw.uniform("darkness", p.darkness);
  const double size = draw.uniform("size", p.size) * shorter;
  const double softness = std::max(1.0, draw.uniform("softness", p.softness) * shorter);  // at least a pixel
  const int vertices = draw.integer("vertices", p.vertices);
  const cv::Point2d center(draw.uniform("x", {0, 1}) * frame.width - 0.5,
                           draw.uniform("y", {0, 1}) * frame.height - 0.5);
  const std::uint64_t key = draw.noise_key();
  if (darkness == 0) return ColorStep{};
  return PixelStep{[=, polygon = polygon_around(center, size, vertices, key)](cv::Mat& image) {
    look_through(image, [&](int x, int y) {
      const double depth = depth_inside(polygon, cv::Point2d(x, y));
      return paint({}, darkness * smooth_step(depth / softness + 0.5));
    });
  }};
}

}  // namespace

TransformSpec shadow() {
  using P = Shadow;
  return define<P>({.name = "shadow",
                    .summary = "Darkens a polygon with a soft edge.",
                    .use = "For the ground and facades in the sun: roads, fields, roofs. Not for pictures "
                           "with light from everywhere, such as scans.",
                    .formula = "out = in · (1 - darkness · s), s from 0 outside to 1 inside",
                    .example = "{darkness: [0.3, 0.6]}",
                    .always_random = true,
                    .parameters = {{.name = "darkness",
                                    .member = &P::darkness,
                                    .bounds = {0, 1},
                                    .unit = "fraction of the light",
                                    .neutral = 0,
                                    .text = "how much of the light is gone"},
                                   {.name = "size",
                                    .member = &P::size,
                                    .bounds = {0.01, 5},
                                    .unit = "fraction of the shorter side",
                                    .weakest = 0.01,
                                    .text = "distance of the corners from the centre, about"},
                                   {.name = "softness",
                                    .member = &P::softness,
                                    .bounds = {0, 1},
                                    .unit = "fraction of the shorter side",
                                    .text = "width of the edge; at least a pixel"},
                                   {.name = "vertices",
                                    .member = &P::vertices,
                                    .bounds = {3, 20},
                                    .whole = true,
                                    .text = "how many corners"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
