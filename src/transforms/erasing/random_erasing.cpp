// random_erasing: fills a rectangle at a random place. Its area is `scale` of the image's, its width to
// height `ratio`: w = √(area · ratio), h = √(area / ratio), rounded. Sides longer than the image's are cut to
// it, where torchvision tries again and then gives up.

#include <algorithm>
#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/erasing/fill.h"

namespace tenfold::builtin {
namespace {

struct RandomErasing : FillSettings {
  Range scale{0.02, 0.2};
  Range ratio{0.3, 3.3};
};

int side(double length, int limit) { return std::clamp(cvRound(length), 1, limit); }

Step draw(const RandomErasing& p, Draw& draw) {
  const cv::Size frame = draw.frame();
  const double scale = draw.uniform("scale", p.scale);
  const double ratio = draw.log_uniform("ratio", p.ratio);
  const double area = scale * frame.width * frame.height;
  const cv::Size size(side(std::sqrt(area * ratio), frame.width),
                      side(std::sqrt(area / ratio), frame.height));
  const cv::Point corner(draw.integer("x", 0, frame.width - size.width),
                         draw.integer("y", 0, frame.height - size.height));
  draw.record("width", static_cast<double>(size.width));
  draw.record("height", static_cast<double>(size.height));
  const Fill fill{p, draw.noise_key()};
  if (scale == 0) return ColorStep{};
  return PixelStep{[rectangle = cv::Rect(corner, size), fill](cv::Mat& image) {
    ErasingMask mask(image.size(), std::uint8_t{0});
    mask(rectangle).setTo(1);
    fill_erased(image, mask, fill);
  }};
}

}  // namespace

TransformSpec random_erasing() {
  using P = RandomErasing;
  return define<P>(
      {.name = "random_erasing",
       .summary = "Fills a rectangle at a random place.",
       .use = "For objects that are partly hidden, and against reliance on one detail. Not where the object "
              "is small and may vanish.",
       .formula = "w = sqrt(area · ratio), h = sqrt(area / ratio), area = scale · image area",
       .source = "Zhong et al., Random Erasing Data Augmentation, AAAI 2020; torchvision RandomErasing",
       .example = "{scale: [0.02, 0.2], ratio: [0.3, 3.3]}",
       .always_random = true,
       .parameters = {{.name = "scale",
                       .member = &P::scale,
                       .bounds = {0, 1},
                       .unit = "fraction of the area",
                       .neutral = 0,
                       .text = "how much of the image is erased"},
                      {.name = "ratio",
                       .member = &P::ratio,
                       .bounds = {0.05, 20},
                       .log_uniform = true,
                       .text = "width to height of the rectangle"},
                      fill_kind<P>(),
                      fill_color<P>()},
       .draw = draw});
}

}  // namespace tenfold::builtin
