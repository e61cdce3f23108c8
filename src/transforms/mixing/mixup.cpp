// mixup: the weighted mean of the image and a partner.
//
//   out = λ·image + (1 - λ)·partner,  λ ~ Beta(alpha, alpha), folded to [0.5, 1]
//
// (Zhang, Cisse, Dauphin, Lopez-Paz, "mixup: Beyond Empirical Risk Minimization", ICLR 2018.) A file lies in
// one class folder, so λ is folded for the image to stay the larger part, and partners are of its class
// unless the recipe says otherwise. The partner covers the frame: scaled with its aspect kept, cut about the
// centre. A class of one image has no partner, and nothing happens. Alpha is the image's own.

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/mixing/partner_pixels.h"

namespace tenfold::builtin {
namespace {

struct Mixup {
  Range alpha{0.2, 0.2};
  std::string partner = kSameClass;
};

Step draw(const Mixup& p, Draw& draw) {
  const double alpha = draw.uniform("alpha", p.alpha);
  const double lambda = own_share(draw.unit(), alpha);
  if (!shows(1 - lambda)) return ColorStep{};
  const auto partner = draw.partner("with", p.partner == kAnyClass);
  if (!partner) return ColorStep{};
  draw.record("lambda", lambda);
  draw.set_share(1 - lambda);
  return PixelStep{[partner = *partner, lambda](cv::Mat& image) {
    blend(image, covering(partner, image.size(), image.type()), 1 - lambda);
  }};
}

}  // namespace

TransformSpec mixup() {
  using P = Mixup;
  return define<P>(
      {.name = "mixup",
       .summary = "Blends the image with another one.",
       .use = "With few images for each class, to calm a model down; with partner: any the trainer must use "
              "label_weights. Not for detection or segmentation.",
       .formula = "out = λ · image + (1 - λ) · partner, λ ~ Beta(alpha, alpha) folded to [0.5, 1]",
       .source = "Zhang et al., mixup, ICLR 2018",
       .example = "{alpha: 0.4, partner: class}",
       .always_random = true,
       .float_code = true,
       .annotations_follow = false,
       .parameters = {{.name = "alpha",
                       .member = &P::alpha,
                       .bounds = {0.01, 100},
                       .text = "of the Beta distribution: small ones leave most images nearly as "
                               "they are, 1 is uniform"},
                      partner_parameter(&P::partner)},
       .draw = draw,
       .needs = [](const P&) { return Needs{.partners = true}; }});
}

}  // namespace tenfold::builtin
