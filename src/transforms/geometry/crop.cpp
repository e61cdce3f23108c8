// crop: cuts a whole-pixel rectangle at a random place. Its size is
//
//   * by `scale` and `ratio`: w·sqrt(scale·ratio) × h·sqrt(scale/ratio), rounded. The ratio is relative to
//     the image's own aspect, so 1 stretches nothing; torchvision's RandomResizedCrop, where the idea comes
//     from, counts it in absolute terms and needs a square output.
//   * or `width` × `height` in pixels; one that is not given is the image's own side.
//
// A rectangle larger than the image is cut to the image. By default the rectangle is resized back to the
// image's size; `keep_size: false` leaves it as it is, which needs no interpolation.

#include <algorithm>
#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"

namespace tenfold::builtin {
namespace {

struct Crop {
  std::optional<Range> scale, ratio;
  std::optional<int> width, height;
  bool keep_size = true;
};

constexpr Range kOwnAspect{1, 1};
constexpr Bounds kSideBounds{1, 65'535};

std::optional<std::string> check(const Crop& p) {
  const bool in_pixels = p.width || p.height;
  if (p.scale && in_pixels) return "crop takes 'scale', or 'width' and 'height', but not both";
  if (p.ratio && in_pixels) return "'ratio' goes with 'scale', not with 'width' and 'height'";
  if (!p.scale && !in_pixels) return "crop needs 'scale', or 'width' and 'height'";
  return std::nullopt;
}

int clamped_side(double length, int side) { return static_cast<int>(std::clamp<double>(length, 1, side)); }

cv::Size crop_size(const Crop& p, Draw& draw) {
  const cv::Size frame = draw.frame();
  if (!p.scale)
    return {clamped_side(p.width.value_or(frame.width), frame.width),
            clamped_side(p.height.value_or(frame.height), frame.height)};
  const double scale = draw.uniform("scale", *p.scale);
  const double ratio = draw.log_uniform("ratio", p.ratio.value_or(kOwnAspect));
  return {clamped_side(std::round(frame.width * std::sqrt(scale * ratio)), frame.width),
          clamped_side(std::round(frame.height * std::sqrt(scale / ratio)), frame.height)};
}

Step draw(const Crop& p, Draw& draw) {
  const cv::Size frame = draw.frame();
  const cv::Size size = crop_size(p, draw);
  const int x = draw.integer("x", 0, frame.width - size.width);
  const int y = draw.integer("y", 0, frame.height - size.height);
  draw.record("width", static_cast<double>(size.width));  // what it came to, in place of the setting
  draw.record("height", static_cast<double>(size.height));
  return window_step({{x, y}, size}, p.keep_size ? frame : size);
}

}  // namespace

TransformSpec crop() {
  using P = Crop;
  return define<P>(
      {.name = "crop",
       .summary = "Cuts a rectangle at a random place and resizes it to the image's size.",
       .use = "To show parts of pictures in which every part tells the class: textures, materials, scenes. "
              "Not where the object is small, for it may be cut off.",
       .formula = "input = (x, y) + (output + 0.5) · size / output size - 0.5",
       .source = "torchvision RandomResizedCrop, with the ratio relative to the image's own",
       .example = "{scale: [0.6, 1], ratio: [0.8, 1.25]}",
       .always_random = true,
       .parameters = {{.name = "scale",
                       .member = &P::scale,
                       .bounds = {0.0001, 1},
                       .unit = "fraction of the area",
                       .neutral = 1,
                       .text = "how much of the image the rectangle covers"},
                      {.name = "ratio",
                       .member = &P::ratio,
                       .bounds = {0.1, 10},
                       .neutral = 1,
                       .log_uniform = true,
                       .text = "width to height of the rectangle, relative to the image's own; goes with "
                               "scale; 1 if not given"},
                      {.name = "width",
                       .member = &P::width,
                       .bounds = kSideBounds,
                       .unit = "pixels",
                       .text = "width of the rectangle, at most the image's; instead of scale"},
                      {.name = "height",
                       .member = &P::height,
                       .bounds = kSideBounds,
                       .unit = "pixels",
                       .text = "height of the rectangle, at most the image's; instead of scale"},
                      {.name = "keep_size",
                       .member = &P::keep_size,
                       .text = "whether the rectangle is resized to the image's size"}},
       .draw = draw,
       .check = check});
}

}  // namespace tenfold::builtin
