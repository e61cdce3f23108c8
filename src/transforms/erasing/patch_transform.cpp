// patch_transform: takes a rectangle of the image, turns, scales and shifts it within the image, and fills
// the hole that it leaves, as in image manipulation: the scene stays, one piece of it is out of place.
//
//   hole    each pixel is the mean of the four pixels just outside of the rectangle in its row and its
//   column,
//           with weights 1 / distance (those beyond the image weigh nothing)
//   patch   looked up bilinearly, laid over the image with a weight that rises from 0 at the patch's edge to
//           1 over a tenth of its shorter side, by 3t² - 2t³
//
// Alpha is left alone; where the image has alpha, what is taken weighs as much as it is visible. All sums are
// doubles in a fixed order, rounded once for the hole and once for the patch.

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"
#include "transforms/pixel_layout.h"

namespace tenfold::builtin {
namespace {

struct PatchTransform {
  Range area{0.03, 0.15};
  Range ratio{0.5, 2};
  Range degrees{-45, 45};
  Range scale{0.7, 1.4};
  Range shift{-0.3, 0.3};
};

constexpr double kSoftEdge = 0.1;  // of the patch's shorter side

struct Motion {
  cv::Rect from;        // the patch in the image
  cv::Matx22d inverse;  // of its turn and its scale
  cv::Vec2d shift;      // of its centre, in pixels
};

// A color and how much it counts.
struct Weighted {
  std::array<double, 3> color{};
  double weight = 0;

  template <typename Code>
  void add(const cv::Mat& image, int x, int y, double factor) {
    const Code* pixel = image.ptr<Code>(y) + std::ptrdiff_t{x} * image.channels();
    const int colors = color_channels(image);
    if (has_alpha(image)) factor *= pixel[colors] / static_cast<double>(std::numeric_limits<Code>::max());
    for (int c = 0; c < colors; ++c) color[static_cast<std::size_t>(c)] += factor * pixel[c];
    weight += factor;
  }
};

// pixel + share · (color - pixel)
template <typename Code>
void lay_over(const Weighted& color, double share, int colors, Code* pixel) {
  constexpr double kWhite = std::numeric_limits<Code>::max();
  for (int c = 0; c < colors; ++c) {
    const double mean = color.color[static_cast<std::size_t>(c)] / color.weight;
    pixel[c] = static_cast<Code>(cvRound(std::clamp(pixel[c] + share * (mean - pixel[c]), 0.0, kWhite)));
  }
}

// Each side's surroundings, mirrored into the hole. Distances are those from the pixels just outside.
template <typename Code>
void fill_hole(const cv::Mat& before, const cv::Rect& hole, cv::Mat& image) {
  const auto weight = [](int distance) { return 1.0 / (static_cast<double>(distance) * distance); };
  for (int y = hole.y; y < hole.y + hole.height; ++y) {
    const int up = y - hole.y + 1, down = hole.y + hole.height - y;
    for (int x = hole.x; x < hole.x + hole.width; ++x) {
      const int left = x - hole.x + 1, right = hole.x + hole.width - x;
      Weighted mean;
      if (hole.x > 0) mean.add<Code>(before, std::max(0, hole.x - left), y, weight(left));
      if (x + right < image.cols)
        mean.add<Code>(before, std::min(image.cols - 1, x + 2 * right - 1), y, weight(right));
      if (hole.y > 0) mean.add<Code>(before, x, std::max(0, hole.y - up), weight(up));
      if (y + down < image.rows)
        mean.add<Code>(before, x, std::min(image.rows - 1, y + 2 * down - 1), weight(down));
      if (mean.weight > 0)
        lay_over<Code>(mean, 1, color_channels(image),
                       image.ptr<Code>(y) + std::ptrdiff_t{x} * image.channels());
    }
  }
}

// Around a point of the patch, which never looks beyond it.
template <typename Code>
Weighted looked_up(const cv::Mat& before, const cv::Rect& patch, cv::Vec2d place) {
  const double column = std::floor(place[0]), row = std::floor(place[1]);
  const double right = place[0] - column, lower = place[1] - row;
  Weighted color;
  for (int dy = 0; dy < 2; ++dy) {
    for (int dx = 0; dx < 2; ++dx) {
      const int x = std::clamp(static_cast<int>(column) + dx, patch.x, patch.x + patch.width - 1);
      const int y = std::clamp(static_cast<int>(row) + dy, patch.y, patch.y + patch.height - 1);
      color.add<Code>(before, x, y, (dx == 1 ? right : 1 - right) * (dy == 1 ? lower : 1 - lower));
    }
  }
  return color;
}

// How much of the patch lies over the image at a point of the patch.
double cover(const cv::Rect& patch, cv::Vec2d place) {
  const double inside = std::min({place[0] - (patch.x - 0.5), patch.x + patch.width - 0.5 - place[0],
                                  place[1] - (patch.y - 0.5), patch.y + patch.height - 0.5 - place[1]});
  const double t = std::clamp(inside / (kSoftEdge * std::min(patch.width, patch.height)), 0.0, 1.0);
  return t * t * (3 - 2 * t);
}

template <typename Code>
void paste(const cv::Mat& before, const Motion& motion, cv::Mat& image) {
  const cv::Rect& patch = motion.from;
  const cv::Vec2d center(patch.x + (patch.width - 1) / 2.0, patch.y + (patch.height - 1) / 2.0);
  for (int y = 0; y < image.rows; ++y) {
    Code* pixel = image.ptr<Code>(y);
    for (int x = 0; x < image.cols; ++x, pixel += image.channels()) {
      const cv::Vec2d place = motion.inverse * (cv::Vec2d(x, y) - center - motion.shift) + center;
      const double share = cover(patch, place);
      if (share == 0) continue;
      const Weighted color = looked_up<Code>(before, patch, place);
      if (color.weight > 0) lay_over<Code>(color, share * color.weight, color_channels(image), pixel);
    }
  }
}

// The shift, cut so that the centre stays in the middle four fifths of the side.
double within(double center, double shift, int side) {
  return std::clamp(center + shift, 0.1 * side, 0.9 * side) - center;
}

Step draw(const PatchTransform& p, Draw& draw) {
  const cv::Size frame = draw.frame();
  const double area = draw.uniform("area", p.area) * frame.width * frame.height;
  const double ratio = draw.log_uniform("ratio", p.ratio);
  const double degrees = draw.uniform("degrees", p.degrees);
  const double scale = draw.log_uniform("scale", p.scale);
  const double shift_x = draw.uniform("shift_x", p.shift);
  const double shift_y = draw.uniform("shift_y", p.shift);
  const cv::Size size(std::clamp(cvRound(std::sqrt(area * ratio)), 1, frame.width),
                      std::clamp(cvRound(std::sqrt(area / ratio)), 1, frame.height));
  const int x = draw.integer("x", 0, frame.width - size.width);
  const int y = draw.integer("y", 0, frame.height - size.height);
  draw.record("width", static_cast<double>(size.width));
  draw.record("height", static_cast<double>(size.height));
  if (area == 0) return ColorStep{};
  const Motion motion{.from = {{x, y}, size},
                      .inverse = inverse_scale(scale, scale) * inverse_rotation(degrees),
                      .shift = {within(x + size.width / 2.0, shift_x * frame.width, frame.width),
                                within(y + size.height / 2.0, shift_y * frame.height, frame.height)}};
  return PixelStep{[motion](cv::Mat& image) {
    const cv::Mat before = image.clone();
    with_code_type(image, [&]<typename Code>(Code) {
      fill_hole<Code>(before, motion.from, image);
      paste<Code>(before, motion, image);
    });
  }};
}

}  // namespace

TransformSpec patch_transform() {
  using P = PatchTransform;
  return define<P>(
      {.name = "patch_transform",
       .summary = "Turns, scales and shifts a rectangle of the image and fills the hole that it leaves.",
       .use = "Where parts may be moved or turned and the class stays. Not where the arrangement decides.",
       .formula = "out = patch, turned, scaled and shifted, over the image whose hole is interpolated",
       .example = "{area: [0.03, 0.15], degrees: ±45, scale: [0.7, 1.4], shift: ±0.3}",
       .always_random = true,
       .annotations_follow = false,
       .parameters =
           {{.name = "area",
             .member = &P::area,
             .bounds = {0, 1},
             .unit = "fraction of the area",
             .neutral = 0,
             .text = "how much of the image is taken"},
            {.name = "ratio",
             .member = &P::ratio,
             .bounds = {0.05, 20},
             .log_uniform = true,
             .text = "width to height of the rectangle"},
            {.name = "degrees",
             .member = &P::degrees,
             .bounds = {-360, 360},
             .unit = "degrees",
             .weakest = 0,
             .text = "turn, counter-clockwise as one sees it"},
            {.name = "scale",
             .member = &P::scale,
             .bounds = {0.1, 10},
             .weakest = 1,
             .log_uniform = true,
             .text = "above 1 the rectangle grows"},
            {.name = "shift",
             .member = &P::shift,
             .bounds = {-1, 1},
             .unit = "fraction of the side",
             .weakest = 0,
             .text = "how far its centre moves right and down, drawn for each; it stays within the image"}},
       .draw = draw});
}

}  // namespace tenfold::builtin
