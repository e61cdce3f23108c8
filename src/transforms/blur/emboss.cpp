// emboss: mixes the image with a relief of it, lit from the lower right corner, which is the kernel
//
//   -1-s  -s   0
//    -s    1   s
//     0    s  1+s
//
// of imgaug's and Albumentations' Emboss; s is the strength. The weights about the middle add up to 0, so
// out = in + alpha · Σ weight · (neighbour - in). Alpha stays, and neighbours count by theirs
// (blur/differences.h).

#include "tenfold/transforms/builtin.h"
#include "transforms/blur/differences.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

struct Emboss {
  Range alpha{0.2, 0.5};
  Range strength{0.2, 0.7};
};

Step draw(const Emboss& p, Draw& draw) {
  const double alpha = draw.uniform("alpha", p.alpha);
  const double strength = draw.uniform("strength", p.strength);
  if (alpha == 0) return ColorStep{};
  const double side = alpha * strength;
  const double corner = alpha + side;
  return PixelStep{[side, corner](cv::Mat& image) {
    add_differences(image, {-corner, -side, 0, -side, side, 0, side, corner});
  }};
}

}  // namespace

TransformSpec emboss() {
  using P = Emboss;
  return define<P>(
      {.name = "emboss",
       .summary = "Raises edges as in a relief lit from one corner.",
       .use =
           "As one of several styles where shape counts and not color. Not for images that must look real.",
       .formula = "out = (1 - alpha) · in + alpha · relief(in), a 3×3 kernel",
       .source = "imgaug and Albumentations Emboss",
       .example = "{alpha: [0.2, 0.5], strength: [0.2, 0.7]}",
       .parameters = {{.name = "alpha",
                       .member = &P::alpha,
                       .bounds = {0, 1},
                       .neutral = 0,
                       .text = "share of the relief"},
                      {.name = "strength",
                       .member = &P::strength,
                       .bounds = {0, 2},
                       .weakest = 0,
                       .text = "how steep the relief is"}},
       .draw = draw});
}

}  // namespace tenfold::builtin
