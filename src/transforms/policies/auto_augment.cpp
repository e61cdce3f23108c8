// auto_augment: one of 25 learned pairs of operations, each operation with its own probability and strength.
//
// The strengths are ten equal steps as in rand_augment; where an operation has a sign it is drawn. The pairs
// were learned for ImageNet, CIFAR-10 and SVHN and inverts, posterizes and solarizes much: where colors tell
// the classes apart, look at the copies first. Differences from torchvision: operation.h.
//
// Source: Cubuk, Zoph, Mané, Vasudevan, Le, "AutoAugment", CVPR 2019; torchvision.transforms.AutoAugment.

#include "operation_scale.h"
#include "sub_policies.h"
#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

constexpr int kBins = 10;

struct AutoAugment {
  std::string policy = "imagenet";
};

std::vector<Step> draw_steps(const AutoAugment& p, Draw& draw) {
  static const auto kScales = policies::standard_scales(policies::Operation::kInvert);
  const auto pairs = policies::sub_policies(p.policy);
  const int number = draw.integer("sub_policy", 1, static_cast<int>(pairs.size()));
  const policies::SubPolicy& pair = pairs[static_cast<std::size_t>(number - 1)];
  std::vector<Step> steps;
  for (const auto* gated : {&pair.first, &pair.second}) {
    const std::string suffix = gated == &pair.first ? "_1" : "_2";
    if (!draw.chance(gated->p)) {
      draw.unit();  // the sign's
      continue;
    }
    const auto& scale = policies::scale_of(kScales, gated->operation);
    steps.push_back(policies::draw_operation(scale, gated->bin, kBins, suffix, draw));
  }
  if (steps.empty()) steps.emplace_back(ColorStep{});
  return steps;
}

}  // namespace

TransformSpec auto_augment() {
  using P = AutoAugment;
  return define<P>({.name = "auto_augment",
                    .summary = "Applies one of 25 learned pairs of operations; with the recipe's sampling "
                               "and border.",
                    .use = "For photographs like those of ImageNet, for which its pairs were learned. Not "
                           "for other kinds of images without a look at a preview.",
                    .formula = "one of 25 pairs, each operation with its own probability and strength",
                    .source = "Cubuk et al., AutoAugment, 2019; torchvision AutoAugment",
                    .example = "{policy: imagenet}",
                    .always_random = true,
                    .parameters = {{.name = "policy",
                                    .member = &P::policy,
                                    .choices = {"imagenet", "cifar10", "svhn"},
                                    .text = "the dataset that the pairs were learned on"}},
                    .draw_steps = draw_steps});
}

}  // namespace tenfold::builtin
