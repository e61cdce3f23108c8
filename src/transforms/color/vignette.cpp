// vignette: darkens towards the corners, as lenses do: gain = 1 - strength · (r / R)², r the distance from
// the centre and R that of the corners.

#include "tenfold/transforms/builtin.h"
#include "transforms/color/light_field.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

struct Vignette {
  Range strength{0.2, 0.6};
};

Step draw(const Vignette& p, Draw& draw) {
  const double strength = draw.uniform("strength", p.strength);
  if (strength == 0) return ColorStep{};
  return PixelStep{[strength](cv::Mat& image) {
    const double center_x = (image.cols - 1) / 2.0;
    const double center_y = (image.rows - 1) / 2.0;
    const double corner = center_x * center_x + center_y * center_y;
    const double fall = corner > 0 ? strength / corner : 0;
    multiply_light(image, [=](int x, int y) {
      const double dx = x - center_x, dy = y - center_y;
      return 1 - fall * (dx * dx + dy * dy);
    });
  }};
}

}  // namespace

TransformSpec vignette() {
  using P = Vignette;
  return define<P>(
      {.name = "vignette",
       .summary = "Darkens the image towards its corners.",
       .use = "For lenses and microscopes that darken corners. Not where something in the corners decides.",
       .formula = "out = in · (1 - strength · (r / R)²), R the distance of the corners",
       .example = "{strength: [0.2, 0.6]}",
       .parameters = {{.name = "strength",
                       .member = &P::strength,
                       .bounds = {0, 1},
                       .neutral = 0,
                       .text = "share of the light that the corners lose"}},
       .draw = draw});
}

}  // namespace tenfold::builtin
