// sepia: mixes the image with its brown version, as an old print. Source of the matrix: the one in common
// use, with which white saturates in red and green.

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

const cv::Matx34d kBrown{0.131, 0.534, 0.272, 0,  // b from b, g, r
                         0.168, 0.686, 0.349, 0,  //
                         0.189, 0.769, 0.393, 0};

struct Sepia {
  Range strength{0.3, 1};
};

Step draw(const Sepia& p, Draw& draw) {
  const double strength = draw.uniform("strength", p.strength);
  return ColorStep{(1 - strength) * cv::Matx34d::eye() + strength * kBrown};
}

}  // namespace

TransformSpec sepia() {
  using P = Sepia;
  return define<P>({.name = "sepia",
                    .summary = "Turns colors towards the brown of an old print.",
                    .use = "For old photographs, or as one of several color casts. Rarely for anything else.",
                    .formula = "out = (1 - strength) · in + strength · (.393 R + .769 G + .189 B, "
                               ".349 R + .686 G + .168 B, .272 R + .534 G + .131 B)",
                    .example = "{strength: [0.3, 1], p: 0.2}",
                    .parameters = {{.name = "strength",
                                    .member = &P::strength,
                                    .bounds = {0, 1},
                                    .neutral = 0,
                                    .text = "share of the brown version"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
