// fancy_pca: adds one color to the whole image, drawn along the principal components of the dataset's colors,
// so that it changes them as the light does that the photographs were taken in.
//
// With the dataset's covariance of (b, g, r) in [0, 1], its eigenvalues λ_i and eigenvectors e_i:
//
//   out = in + Σ alpha_i λ_i e_i,  alpha_i normally distributed with mean 0 and deviation `std`.
//
// Note that it is λ, a variance, and not its root: so AlexNet has it. Where there are no statistics of a
// dataset nothing changes. A grey image gets the luma of the color.
//
// Source: A. Krizhevsky, I. Sutskever, G. Hinton, "ImageNet classification with deep convolutional neural
// networks", NIPS 2012, section 4.1.

#include "tenfold/transforms/builtin.h"
#include "transforms/color/color_matrix.h"
#include "transforms/color/principal_components.h"
#include "transforms/define.h"
#include "transforms/pixel_noise.h"

namespace tenfold::builtin {
namespace {

constexpr double kWhite = 255;

struct FancyPca {
  Range deviation{0.1, 0.1};
};

// The standard normal number below which a share u in [0, 1) lies, to 16 bits.
double normal_quantile(double u) {
  constexpr int kHalf = 32'768;
  const auto& table = positive_normals();
  const int slice = static_cast<int>(u * (2 * kHalf));
  const std::int32_t z = slice < kHalf ? -table[static_cast<std::size_t>(kHalf - 1 - slice)]
                                       : table[static_cast<std::size_t>(slice - kHalf)];
  return static_cast<double>(z) / (1 << kNormalBits);
}

Step draw(const FancyPca& p, Draw& draw) {
  const double deviation = draw.uniform("std", p.deviation);
  cv::Vec3d alpha;
  for (int i = 0; i < 3; ++i) {
    alpha[i] = deviation * normal_quantile(draw.unit());
    draw.record("alpha" + std::to_string(i + 1), alpha[i]);
  }
  const Statistics* statistics = draw.statistics(StatisticsScope::kDataset);
  if (statistics == nullptr || statistics->pixels == 0) return ColorStep{};

  const PrincipalComponents components = principal_components(*statistics);
  cv::Vec3d weights;
  for (int i = 0; i < 3; ++i) weights[i] = alpha[i] * components.variances[i] / kWhite;
  return ColorStep{diagonal_matrix({1, 1, 1}, components.axes.t() * weights)};
}

Needs needs(const FancyPca&) { return {.statistics = {StatisticsScope::kDataset}}; }

}  // namespace

TransformSpec fancy_pca() {
  using P = FancyPca;
  return define<P>(
      {.name = "fancy_pca",
       .summary = "Adds a color along the principal components of the dataset's colors.",
       .use = "For large sets of natural photographs: the colors that vary in the data vary more. One new "
              "image makes all outputs again, so not where the dataset grows every day.",
       .formula = "out = in + Σ alpha_i λ_i e_i, alpha_i ~ N(0, std), λ_i and e_i of the "
                  "covariance of the dataset's colors in [0, 1]",
       .source = "Krizhevsky, Sutskever and Hinton, NIPS 2012",
       .example = "{std: 0.1}",
       .always_random = true,
       .parameters = {{.name = "std",
                       .member = &P::deviation,
                       .bounds = {0, 10},
                       .neutral = 0,
                       .text = "standard deviation of the three weights"}},
       .draw = draw,
       .needs = needs});
}

}  // namespace tenfold::builtin
