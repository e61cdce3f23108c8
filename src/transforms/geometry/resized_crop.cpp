// resized_crop: cuts a rectangle at a random place and resizes it to width × height; torchvision's
// RandomResizedCrop. `scale` is its share of the image's area A, `ratio` its width to height, absolute:
//
//   sqrt(scale·A·ratio) × sqrt(scale·A/ratio), rounded.
//
// Where that does not fit into the image, torchvision draws anew, up to ten times, and then takes the largest
// rectangle in the middle. Here nothing is drawn twice: the rectangle shrinks until it fits and keeps its
// ratio. So ratios are spread evenly over their range, where torchvision's come to lie closer to the image's
// own; in return an area may be smaller than `scale` says.

#include <algorithm>
#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"

namespace tenfold::builtin {
namespace {

constexpr Bounds kSideBounds{1, 65'535};

struct ResizedCrop {
  Range scale{0.08, 1}, ratio{0.75, 4.0 / 3};
  std::optional<int> width, height;
};

std::optional<std::string> check(const ResizedCrop& p) {
  if (p.width && p.height) return std::nullopt;
  return "resized_crop needs 'width' and 'height', the size of its output";
}

int whole_side(double length, int side) { return std::clamp(static_cast<int>(std::round(length)), 1, side); }

cv::Size crop_size(cv::Size frame, double scale, double ratio) {
  const double area = scale * frame.width * frame.height;
  const double width = std::sqrt(area * ratio), height = std::sqrt(area / ratio);
  const double fit = std::min({1.0, frame.width / width, frame.height / height});
  return {whole_side(width * fit, frame.width), whole_side(height * fit, frame.height)};
}

Step draw(const ResizedCrop& p, Draw& draw) {
  const double scale = draw.uniform("scale", p.scale);
  const double ratio = draw.log_uniform("ratio", p.ratio);
  const cv::Size frame = draw.frame();
  const cv::Size size = crop_size(frame, scale, ratio);
  const int x = draw.integer("x", 0, frame.width - size.width);
  const int y = draw.integer("y", 0, frame.height - size.height);
  draw.record("crop_width", static_cast<double>(size.width));
  draw.record("crop_height", static_cast<double>(size.height));
  return window_step({{x, y}, size}, {*p.width, *p.height});
}

}  // namespace

TransformSpec resized_crop() {
  using P = ResizedCrop;
  return define<P>({.name = "resized_crop",
                    .summary = "Cuts a rectangle of random size, shape and place and resizes it to one size.",
                    .use = "For large and varied photographs, as training on ImageNet does. Start with a "
                           "scale above 0.5 for small data sets; not where a part does not tell the class.",
                    .formula = "input = (x, y) + (output + 0.5) · crop size / output size - 0.5",
                    .source = "torchvision RandomResizedCrop, without its repeated tries",
                    .example = "{width: 224, height: 224, scale: [0.2, 1]}",
                    .always_random = true,
                    .parameters = {{.name = "scale",
                                    .member = &P::scale,
                                    .bounds = {0.0001, 1},
                                    .unit = "fraction of the area",
                                    .neutral = 1,
                                    .text = "how much of the image the rectangle covers, as far as it fits"},
                                   {.name = "ratio",
                                    .member = &P::ratio,
                                    .bounds = {0.1, 10},
                                    .log_uniform = true,
                                    .text = "width to height of the rectangle"},
                                   {.name = "width",
                                    .member = &P::width,
                                    .bounds = kSideBounds,
                                    .unit = "pixels",
                                    .text = "width of the output"},
                                   {.name = "height",
                                    .member = &P::height,
                                    .bounds = kSideBounds,
                                    .unit = "pixels",
                                    .text = "height of the output"}},
                    .draw = draw,
                    .check = check});
}

}  // namespace tenfold::builtin
