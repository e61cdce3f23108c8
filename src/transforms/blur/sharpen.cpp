// sharpen: mixes the image with a sharpened one, which lies as far from the sum of its eight neighbours as
//
//   -1 -1 -1
//   -1  9 -1
//   -1 -1 -1
//
// takes it: out = in + alpha · Σ (in - neighbour). This is the kernel of imgaug's and Albumentations' Sharpen
// with lightness 1. Alpha stays, and neighbours count by theirs (blur/differences.h).

#include "tenfold/transforms/builtin.h"
#include "transforms/blur/differences.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

struct Sharpen {
  Range alpha{0.05, 0.3};
};

Step draw(const Sharpen& p, Draw& draw) {
  const double alpha = draw.uniform("alpha", p.alpha);
  if (alpha == 0) return ColorStep{};
  return PixelStep{[alpha](cv::Mat& image) {
    NeighbourWeights weights;
    weights.fill(-alpha);
    add_differences(image, weights);
  }};
}

}  // namespace

TransformSpec sharpen() {
  using P = Sharpen;
  return define<P>({.name = "sharpen",
                    .summary = "Sharpens against the eight neighbours of each pixel.",
                    .use = "For cameras and programs that sharpen. Not beside strong noise, which it raises.",
                    .formula = "out = in + alpha · Σ (in - neighbour)",
                    .source = "imgaug and Albumentations Sharpen, with lightness 1",
                    .example = "{alpha: [0.05, 0.3]}",
                    .parameters = {{.name = "alpha",
                                    .member = &P::alpha,
                                    .bounds = {0, 1},
                                    .neutral = 0,
                                    .text = "share of the sharpened image"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
