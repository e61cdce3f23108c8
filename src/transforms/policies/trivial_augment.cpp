// trivial_augment: one operation at a drawn strength, from the wide set of magnitudes.
//
// One of the 14 operations of rand_augment at one of `bins` equal steps, both drawn evenly; where the
// operation has a sign it is drawn. The strongest are: slope 0.99, 32 pixels (whatever the image's size),
// 135°, factor 1 ± 0.99, 2 bits, threshold 0. Differences from torchvision: operation.h.
//
// Source: Müller, Hutter, "TrivialAugment", ICCV 2021; torchvision.transforms.TrivialAugmentWide.

#include "operation_scale.h"
#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

using policies::Operation;

struct TrivialAugment {
  int bins = 31;
};

const std::vector<policies::OperationScale>& wide_scales() {
  static const std::vector<policies::OperationScale> kScales = {{Operation::kIdentity},
                                                                {Operation::kShearX, 0, 0.99, true},
                                                                {Operation::kShearY, 0, 0.99, true},
                                                                {Operation::kTranslateX, 0, 32, true},
                                                                {Operation::kTranslateY, 0, 32, true},
                                                                {Operation::kRotate, 0, 135, true},
                                                                {Operation::kBrightness, 0, 0.99, true},
                                                                {Operation::kColor, 0, 0.99, true},
                                                                {Operation::kContrast, 0, 0.99, true},
                                                                {Operation::kSharpness, 0, 0.99, true},
                                                                {Operation::kPosterize, 8, 2},
                                                                {Operation::kSolarize, 255, 0},
                                                                {Operation::kAutoContrast},
                                                                {Operation::kEqualize}};
  return kScales;
}

Step draw(const TrivialAugment& p, Draw& draw) {
  const auto& scale = wide_scales()[policies::draw_index(wide_scales().size(), draw)];
  const int bin = static_cast<int>(policies::draw_index(static_cast<std::size_t>(p.bins), draw));
  return policies::draw_operation(scale, bin, p.bins, "", draw);
}

}  // namespace

TransformSpec trivial_augment() {
  using P = TrivialAugment;
  return define<P>(
      {.name = "trivial_augment",
       .summary = "Applies one of 14 operations at any strength up to very strong; with the "
                  "recipe's sampling and border.",
       .use = "For photographs without any tuning at all. Not where strong changes of color or angle change "
              "the class.",
       .formula = "one of 14 operations at one of `bins` strengths",
       .source = "Müller and Hutter, TrivialAugment, 2021; torchvision TrivialAugmentWide",
       .example = "{bins: 31}",
       .always_random = true,
       .parameters =
           {{.name = "bins", .member = &P::bins, .bounds = {2, 1001}, .text = "number of strengths"}},
       .draw = draw});
}

}  // namespace tenfold::builtin
