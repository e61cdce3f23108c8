// center_crop: cuts the rectangle in the middle, w·sqrt(scale) × h·sqrt(scale) or width × height, and leaves
// it at its size. Whole pixels: an odd rest leaves the larger half on the right and at the bottom. A
// rectangle larger than the image is cut to the image; `pad` before it enlarges small images.

#include <algorithm>
#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"

namespace tenfold::builtin {
namespace {

constexpr Bounds kSideBounds{1, 65'535};

struct CenterCrop {
  std::optional<int> width, height;
  std::optional<Range> scale;
  bool keep_size = false;
};

std::optional<std::string> check(const CenterCrop& p) {
  const bool in_pixels = p.width || p.height;
  if (p.scale && in_pixels) return "center_crop takes 'scale', or 'width' and 'height', but not both";
  if (!p.scale && !in_pixels) return "center_crop needs 'width' and 'height', or 'scale'";
  return std::nullopt;
}

cv::Size crop_size(const CenterCrop& p, Draw& draw) {
  const cv::Size frame = draw.frame();
  if (!p.scale)
    return {std::min(p.width.value_or(frame.width), frame.width),
            std::min(p.height.value_or(frame.height), frame.height)};
  const double side = std::sqrt(draw.uniform("scale", *p.scale));
  return {std::max(1, static_cast<int>(std::round(frame.width * side))),
          std::max(1, static_cast<int>(std::round(frame.height * side)))};
}

Step draw(const CenterCrop& p, Draw& draw) {
  const cv::Size frame = draw.frame();
  const cv::Size size = crop_size(p, draw);
  const cv::Rect window((frame.width - size.width) / 2, (frame.height - size.height) / 2, size.width,
                        size.height);
  return window_step(window, p.keep_size ? frame : size);
}

}  // namespace

TransformSpec center_crop() {
  using P = CenterCrop;
  return define<P>({.name = "center_crop",
                    .summary = "Cuts the rectangle in the middle.",
                    .use = "For a fixed size where the object is in the middle; mostly in prepare. Not where "
                           "what matters may lie at the edge.",
                    .formula = "input = output + floor((image size - size) / 2)",
                    .example = "{width: 224, height: 224}",
                    .parameters = {{.name = "width",
                                    .member = &P::width,
                                    .bounds = kSideBounds,
                                    .unit = "pixels",
                                    .text = "width of the rectangle, at most the image's"},
                                   {.name = "height",
                                    .member = &P::height,
                                    .bounds = kSideBounds,
                                    .unit = "pixels",
                                    .text = "height of the rectangle, at most the image's"},
                                   {.name = "scale",
                                    .member = &P::scale,
                                    .bounds = {0.0001, 1},
                                    .unit = "fraction of the area",
                                    .neutral = 1,
                                    .text = "how much of the image the rectangle covers; instead of width "
                                            "and height"},
                                   {.name = "keep_size",
                                    .member = &P::keep_size,
                                    .text = "whether the rectangle is resized to the image's size"}},
                    .draw = draw,
                    .check = check});
}

}  // namespace tenfold::builtin
