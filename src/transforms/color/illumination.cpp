// illumination: light that falls unevenly: out = in · (1 + strength · t).
//
//   linear  t runs from 1 at the border towards `angle` to -1 at the opposite one: the projection on that
//           direction over its largest value in the frame
//   radial  t = 1 - 2 (r / R)², r the distance from the point (x, y) and R that of the farthest corner
//
// With a negative strength the lit side is dark.

#include <algorithm>
#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/color/light_field.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"

namespace tenfold::builtin {
namespace {

struct Illumination {
  std::string kind = "linear";
  Range strength{0.1, 0.3};
  Range angle{0, 360};
  Range x{0.2, 0.8};
  Range y{0.2, 0.8};
};

void light_from_side(cv::Mat& image, double strength, double angle) {
  const double center_x = (image.cols - 1) / 2.0;
  const double center_y = (image.rows - 1) / 2.0;
  const double right = cos_degrees(angle);
  const double down = -sin_degrees(angle);
  const double reach = std::abs(right) * center_x + std::abs(down) * center_y;
  const double slope = reach > 0 ? strength / reach : 0;
  multiply_light(image, [=](int x, int y) {
    return std::max(0.0, 1 + slope * (right * (x - center_x) + down * (y - center_y)));
  });
}

void light_from_point(cv::Mat& image, double strength, cv::Point2d light) {
  const cv::Point2d corner(image.cols - 1, image.rows - 1);
  const cv::Point2d point(light.x * corner.x, light.y * corner.y);
  const cv::Point2d farthest(std::max(point.x, corner.x - point.x), std::max(point.y, corner.y - point.y));
  const double reach = farthest.dot(farthest);
  const double fall = reach > 0 ? 2 * strength / reach : 0;
  multiply_light(image, [=](int x, int y) {
    const double dx = x - point.x, dy = y - point.y;
    return std::max(0.0, 1 + strength - fall * (dx * dx + dy * dy));
  });
}

Step draw(const Illumination& p, Draw& draw) {
  const double strength = draw.uniform("strength", p.strength);
  if (p.kind == "linear") {
    const double angle = draw.uniform("angle", p.angle);
    if (strength == 0) return ColorStep{};
    return PixelStep{[=](cv::Mat& image) { light_from_side(image, strength, angle); }};
  }
  const double x = draw.uniform("x", p.x);
  const double y = draw.uniform("y", p.y);
  if (strength == 0) return ColorStep{};
  return PixelStep{[=](cv::Mat& image) { light_from_point(image, strength, {x, y}); }};
}

}  // namespace

TransformSpec illumination() {
  using P = Illumination;
  return define<P>(
      {.name = "illumination",
       .summary = "Lights the image from one side or from one point.",
       .use = "For lamps at the side and flashes: documents, shelves, parts on a table. Not for scanners "
              "with even light.",
       .formula = "out = in · (1 + strength · t), t from 1 where the light is to -1 where it is not",
       .example = "{kind: linear, strength: [0.1, 0.3]}",
       .parameters = {{.name = "kind",
                       .member = &P::kind,
                       .choices = {"linear", "radial"},
                       .text = "from one side, or from a point in the picture"},
                      {.name = "strength",
                       .member = &P::strength,
                       .bounds = {-1, 1},
                       .neutral = 0,
                       .text = "share of the light that is gained and lost at the extremes; negative "
                               "exchanges light and dark"},
                      {.name = "angle",
                       .member = &P::angle,
                       .bounds = {-360, 360},
                       .unit = "degrees",
                       .text = "linear: where the light comes from, counter-clockwise from the right"},
                      {.name = "x",
                       .member = &P::x,
                       .bounds = {0, 1},
                       .unit = "fraction of the width",
                       .text = "radial: where the light is"},
                      {.name = "y",
                       .member = &P::y,
                       .bounds = {0, 1},
                       .unit = "fraction of the height",
                       .text = "radial: where the light is"}},
       .draw = draw});
}

}  // namespace tenfold::builtin
