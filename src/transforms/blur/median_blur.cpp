// median_blur: each value becomes the median of its channel over the square of 2 radius + 1 pixels about it:
// smooths and keeps edges. Edges of the image are mirrored (reflect_101); with alpha: blur/premultiplied.h.

#include "tenfold/transforms/builtin.h"
#include "transforms/blur/median.h"
#include "transforms/blur/premultiplied.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

struct MedianBlur {
  Range radius{1, 2};
};

Step draw(const MedianBlur& p, Draw& draw) {
  const int radius = draw.integer("radius", p.radius);
  if (radius == 0) return ColorStep{};
  return PixelStep{[radius](cv::Mat& image) {
    filter_in_place(image, [radius](const cv::Mat& in, cv::Mat& out) { median_filter(in, out, radius); });
  }};
}

}  // namespace

TransformSpec median_blur() {
  using P = MedianBlur;
  return define<P>(
      {.name = "median_blur",
       .summary = "Smooths the picture and keeps its edges.",
       .use = "For cameras that remove noise, and painted looks. Not where thin lines matter: they vanish.",
       .formula = "out = median of the (2 radius + 1)² pixels about each pixel, by channel",
       .example = "{radius: [1, 2]}",
       .parameters = {{.name = "radius",
                       .member = &P::radius,
                       .bounds = {0, 50},
                       .unit = "pixels",
                       .neutral = 0,
                       .whole = true,
                       .text = "half the square's side; 1 is 3×3 pixels"}},
       .draw = draw});
}

}  // namespace tenfold::builtin
