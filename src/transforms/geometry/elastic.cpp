// elastic: bends the picture like a sheet of rubber. Random displacements, independent from place to place,
// are smoothed by a Gaussian of standard deviation `sigma` and scaled until each of their two axes has the
// standard deviation `alpha`. Both are pixels of the image. P. Y. Simard, D. Steinkraus, J. C. Platt, "Best
// Practices for Convolutional Neural Networks Applied to Visual Document Analysis", ICDAR 2003.
//
// So a point moves by 1.25·alpha on average and hardly ever by more than 4·alpha. Other tools count alpha in
// units of the noise before smoothing: torchvision's (50, sigma 5) is an alpha of 1.6 pixels here. The slope
// of the field has the standard deviation alpha / (sigma·√2); beyond alpha = 0.4·sigma the picture folds here
// and there.
//
// The numbers lie on knots sigma/3 apart, so that the Gaussian is the same nineteen weights whatever sigma
// is, and the field is bilinear between the knots. On an image whose longer side is more than 170·sigma the
// knots are 1/512 of it apart, and the field is smoother than asked for.

#include <algorithm>
#include <array>
#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/displacement.h"

namespace tenfold::builtin {
namespace {

constexpr int kKnotsPerSigma = 3;
constexpr int kReach = 3 * kKnotsPerSigma;  // knots on either side of which the weights are left out
constexpr double kMostKnots = 512;          // along the longer side

struct Elastic {
  Range alpha{1, 5};
  Range sigma{16, 24};
};

using Weights = std::array<double, 2 * kReach + 1>;

// Of the Gaussian, such that numbers of variance 1 keep it: the squares add up to 1. Rounded to float, for
// the C library's exp may differ between CPUs in the last bit.
Weights gaussian_weights() {
  Weights weights;
  double squares = 0;
  for (int i = -kReach; i <= kReach; ++i) {
    const double z = static_cast<double>(i) / kKnotsPerSigma;
    weights[i + kReach] = static_cast<float>(std::exp(-0.5 * z * z));
    squares += weights[i + kReach] * weights[i + kReach];
  }
  for (double& weight : weights) weight /= std::sqrt(squares);
  return weights;
}

// The weighted sums of neighbours along one axis; as many fewer knots as the weights reach over.
cv::Mat_<cv::Vec2d> smoothed(const cv::Mat_<cv::Vec2d>& knots, const Weights& weights, cv::Point direction) {
  cv::Mat_<cv::Vec2d> result(knots.rows - 2 * kReach * direction.y, knots.cols - 2 * kReach * direction.x);
  for (int y = 0; y < result.rows; ++y) {
    for (int x = 0; x < result.cols; ++x) {
      cv::Vec2d sum(0, 0);
      for (int i = 0; i < static_cast<int>(weights.size()); ++i)
        sum += weights[i] * knots(y + i * direction.y, x + i * direction.x);
      result(y, x) = sum;
    }
  }
  return result;
}

Step draw(const Elastic& p, Draw& draw) {
  static const Weights kWeights = gaussian_weights();
  const double alpha = draw.uniform("alpha", p.alpha);
  const double sigma = draw.uniform("sigma", p.sigma);
  const std::uint64_t noise = draw.noise_key();
  const cv::Size frame = draw.frame();
  if (alpha == 0) return GeometryStep{frame, {}};

  const double spacing = std::max(sigma / kKnotsPerSigma, std::max(frame.width, frame.height) / kMostKnots);
  const cv::Size cells(static_cast<int>(std::ceil(frame.width / spacing)),
                       static_cast<int>(std::ceil(frame.height / spacing)));
  const cv::Size around(2 * kReach + 1, 2 * kReach + 1);
  const cv::Mat_<cv::Vec2d> field =
      smoothed(smoothed(normal_knots(noise, cells + around), kWeights, {1, 0}), kWeights, {0, 1});
  cv::Mat_<cv::Vec2f> offset(field.size());
  std::ranges::transform(field, offset.begin(), [alpha](const cv::Vec2d& z) { return cv::Vec2f(alpha * z); });
  return displaced_step(frame, {cells.width * spacing, cells.height * spacing}, offset);
}

}  // namespace

TransformSpec elastic() {
  using P = Elastic;
  return define<P>({.name = "elastic",
                    .summary = "Bends the picture smoothly and at random, like a sheet of rubber.",
                    .use = "For soft things: handwriting, tissue, cells, cloth. Not for stiff ones, such as "
                           "buildings and signs, whose straight lines it bends.",
                    .formula =
                        "input = output + alpha · (Gaussian(sigma) * standard normal noise, of variance "
                        "1 again)",
                    .source = "Simard, Steinkraus and Platt 2003; alpha in pixels",
                    .example = "{alpha: [1, 5], sigma: 20}",
                    .always_random = true,
                    .parameters = {{.name = "alpha",
                                    .member = &P::alpha,
                                    .bounds = {0, 1000},
                                    .unit = "pixels",
                                    .neutral = 0,
                                    .text = "standard deviation of the displacement along each axis; folds "
                                            "beyond 0.4 of sigma"},
                                   {.name = "sigma",
                                    .member = &P::sigma,
                                    .bounds = {1, 1000},
                                    .unit = "pixels",
                                    .text = "how wide the bends are: standard deviation of the smoothing"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
