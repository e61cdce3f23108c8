// gamma: out = 255 · (in / 255)^gamma, on each channel. Black and white stay; above 1 the image gets darker.

#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

constexpr double kWhite = 255;

struct Gamma {
  Range gamma{0.8, 1.2};
};

Step draw(const Gamma& p, Draw& draw) {
  const double gamma = draw.uniform("gamma", p.gamma);
  return LookupStep{[gamma](double value) { return kWhite * std::pow(value / kWhite, gamma); }};
}

}  // namespace

TransformSpec gamma() {
  using P = Gamma;
  return define<P>({.name = "gamma",
                    .summary = "Darkens or lightens the middle tones; black and white stay.",
                    .use = "For displays, scanners and exposures that differ in the middle tones; black and "
                           "white stay, so it suits X-rays and documents.",
                    .formula = "out = 255 · (in / 255)^gamma",
                    .example = "{gamma: [0.8, 1.2]}",
                    .parameters = {{.name = "gamma",
                                    .member = &P::gamma,
                                    .bounds = {0.05, 20},
                                    .neutral = 1,
                                    .text = "exponent; above 1 darkens, below 1 lightens"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
