// rand_augment: so many operations, drawn with replacement, all at the same strength.
//
// Each of `num_ops` times one of 14 operations is drawn: identity, shear and translate along x and y, rotate,
// brightness, color, contrast, sharpness, posterize, solarize, auto_contrast, equalize. Where an operation
// has a sign it is drawn. `magnitude` counts `bins` equal steps from 0 to the strongest: slope 0.3, 150/331
// of the side, 30°, factor 1 ± 0.9, 4 bits, threshold 0. Solarize at magnitude 0 turns pure white black, as
// published. Differences from torchvision: operation.h.
//
// Source: Cubuk, Zoph, Shlens, Le, "RandAugment", CVPR Workshops 2020; torchvision.transforms.RandAugment.

#include "operation_scale.h"
#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

struct RandAugment {
  int num_ops = 2;
  Range magnitude{9, 9};
  int bins = 31;
};

std::optional<std::string> check(const RandAugment& p) {
  if (p.magnitude.high < p.bins) return std::nullopt;
  return "'magnitude' must be below 'bins', " + std::to_string(p.bins);
}

std::vector<Step> draw_steps(const RandAugment& p, Draw& draw) {
  static const auto kScales = policies::standard_scales(policies::Operation::kIdentity);
  const int bin = draw.integer("magnitude", p.magnitude);
  std::vector<Step> steps;
  for (int i = 1; i <= p.num_ops; ++i) {
    const auto& scale = kScales[policies::draw_index(kScales.size(), draw)];
    steps.push_back(policies::draw_operation(scale, bin, p.bins, "_" + std::to_string(i), draw));
  }
  return steps;
}

}  // namespace

TransformSpec rand_augment() {
  using P = RandAugment;
  return define<P>(
      {.name = "rand_augment",
       .summary = "Applies some of 14 operations, drawn with replacement, at one strength; with "
                  "the recipe's sampling and border.",
       .use = "For photographs when there is no time to tune: begin with two operations at a middle "
              "strength. Not for digits, text or medicine: it slants, turns and solarizes.",
       .formula = "num_ops times: one of 14 operations at bin `magnitude` of `bins`",
       .source = "Cubuk et al., RandAugment, 2020; torchvision RandAugment",
       .example = "{num_ops: 2, magnitude: 9}",
       .always_random = true,
       .parameters =
           {{.name = "num_ops",
             .member = &P::num_ops,
             .bounds = {1, 20},
             .text = "how many operations follow each other"},
            {.name = "magnitude",
             .member = &P::magnitude,
             .bounds = {0, 1000},
             .weakest = 0,
             .whole = true,
             .text = "how strong they are; the strongest is bins - 1"},
            {.name = "bins", .member = &P::bins, .bounds = {2, 1001}, .text = "number of strengths"}},
       .draw_steps = draw_steps,
       .check = check});
}

}  // namespace tenfold::builtin
