// aug_mix: the image mixed with several chains of random operations on it.
//
//   out = m·in + (1 - m) · sum of w_i · chain_i(in),   m ~ Beta(alpha, alpha),   w ~ Dirichlet(alpha, …)
//
// Each of `mixture_width` chains has `chain_depth` operations (0: one to three, drawn), each drawn evenly at
// one of the weakest `severity` of ten strengths: slope up to 0.3, a third of the side, 30°, 4 to 0 bits,
// threshold 255 to 0, and with all_ops brightness, color, contrast and sharpness with factors 1 ± 0.9. Where
// an operation has a sign it is drawn. Posterize keeps four bits at most, as published. The mixture is
// rounded once. w is drawn by breaking a stick: w_1 ~ Beta(alpha, (n - 1)·alpha), and so on with the rest of
// it. Differences from torchvision: operation.h, and torchvision's chain_depth -1 is 0 here.
//
// Source: Hendrycks, Mu, Cubuk, Zoph, Gilmer, Lakshminarayanan, "AugMix", ICLR 2020;
// torchvision.transforms.AugMix.

#include "operation_scale.h"
#include "tenfold/transforms/builtin.h"
#include "transforms/beta_quantile.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

using policies::Operation;
using policies::Unit;

constexpr int kBins = 10;
constexpr int kDeepest = 3;               // of chains whose depth is drawn
constexpr int kNumbersOfAnOperation = 3;  // which, how strong, the sign
constexpr std::size_t kPlainOperations = 9;

struct AugMix {
  int severity = 3;
  int mixture_width = 3;
  int chain_depth = 0;
  Range alpha{1, 1};
  bool all_ops = true;
};

// The first kPlainOperations, and those that only all_ops has.
const std::vector<policies::OperationScale>& mixing_scales() {
  static const std::vector<policies::OperationScale> kScales = {
      {Operation::kShearX, 0, 0.3, true},
      {Operation::kShearY, 0, 0.3, true},
      {Operation::kTranslateX, 0, 1 / 3.0, true, Unit::kFraction},
      {Operation::kTranslateY, 0, 1 / 3.0, true, Unit::kFraction},
      {Operation::kRotate, 0, 30, true},
      {Operation::kPosterize, 4, 0},
      {Operation::kSolarize, 255, 0},
      {Operation::kAutoContrast},
      {Operation::kEqualize},
      {Operation::kBrightness, 0, 0.9, true},
      {Operation::kColor, 0, 0.9, true},
      {Operation::kContrast, 0, 0.9, true},
      {Operation::kSharpness, 0, 0.9, true}};
  return kScales;
}

std::vector<Step> draw_chain(const AugMix& p, const std::string& suffix, Draw& draw) {
  const std::size_t known = p.all_ops ? mixing_scales().size() : kPlainOperations;
  const int deepest = p.chain_depth > 0 ? p.chain_depth : kDeepest;
  const int drawn_depth = 1 + static_cast<int>(policies::draw_index(kDeepest, draw));
  const int depth = p.chain_depth > 0 ? p.chain_depth : drawn_depth;
  std::vector<Step> steps;
  // What the depth leaves out uses its numbers too: the next chain's draws stay the same ones for all copies,
  // hence even.
  for (int i = 1; i <= deepest; ++i) {
    if (i > depth) {
      for (int number = 0; number < kNumbersOfAnOperation; ++number) draw.unit();
      continue;
    }
    const auto& scale = mixing_scales()[policies::draw_index(known, draw)];
    const int bin = static_cast<int>(policies::draw_index(static_cast<std::size_t>(p.severity), draw));
    steps.push_back(policies::draw_operation(scale, bin, kBins, suffix + "_" + std::to_string(i), draw));
  }
  return steps;
}

Step draw(const AugMix& p, Draw& draw) {
  const double alpha = draw.log_uniform("alpha", p.alpha);
  BlendStep mixture;
  double rest = 1 - beta_quantile(alpha, alpha, draw.unit());  // of the chains
  double image = 1;
  for (int i = 1; i <= p.mixture_width; ++i) {
    const std::string suffix = "_" + std::to_string(i);
    const int left = p.mixture_width - i;
    const double u = draw.unit();
    const double share = left == 0 ? 1 : beta_quantile(alpha, alpha * left, u);
    const double weight = static_cast<float>(rest * share);
    draw.record("weight" + suffix, weight);
    mixture.branches.push_back({weight, draw_chain(p, suffix, draw)});
    rest = std::max(rest - weight, 0.0);
    image -= weight;
  }
  mixture.branches.push_back({std::max(image, 0.0), {}});
  return mixture;
}

}  // namespace

TransformSpec aug_mix() {
  using P = AugMix;
  return define<P>(
      {.name = "aug_mix",
       .summary = "Mixes the image with chains of random operations on it; with the recipe's sampling and "
                  "border.",
       .use = "For models that must bear unseen corruption; mild, for it mixes with the original. Not for "
              "masks and boxes.",
       .formula = "out = m·in + (1 - m) · sum of w_i · chain_i(in), m and w ~ Dirichlet(alpha, …)",
       .source = "Hendrycks et al., AugMix, 2020; torchvision AugMix",
       .example = "{severity: 3, mixture_width: 3}",
       .always_random = true,
       .annotations_follow = false,
       .parameters = {{.name = "severity",
                       .member = &P::severity,
                       .bounds = {1, 10},
                       .text = "how many of ten strengths are used, from the weakest on"},
                      {.name = "mixture_width",
                       .member = &P::mixture_width,
                       .bounds = {1, 10},
                       .text = "number of chains"},
                      {.name = "chain_depth",
                       .member = &P::chain_depth,
                       .bounds = {0, 10},
                       .text = "operations of each chain; 0 draws one to three"},
                      {.name = "alpha",
                       .member = &P::alpha,
                       .bounds = {0.05, 100},
                       .log_uniform = true,
                       .text = "of the Dirichlet distributions; below 1 one part outweighs, above 1 all are "
                               "alike"},
                      {.name = "all_ops",
                       .member = &P::all_ops,
                       .text = "whether brightness, color, contrast and sharpness are among the operations"}},
       .draw = draw});
}

}  // namespace tenfold::builtin
