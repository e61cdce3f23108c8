// fourier_match: the low frequencies' amplitudes are taken from a reference image; phases, and with them the
// shapes, stay.
//
// Per channel, with A the amplitude and P the phase of the discrete Fourier transform:
//
//   A(u, v) = A_ref(u, v)  for |u|, |v| ≤ floor(beta · shorter side),  out = inverse transform of A·e^(iP)
//
// (Yang, Soatto, "FDA: Fourier Domain Adaptation for Semantic Segmentation", CVPR 2020.) The reference is one
// image of the folder, drawn for each copy; it covers the frame, aspect kept.

#include <cmath>
#include <limits>
#include <vector>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/mixing/partner_pixels.h"
#include "transforms/pixel_layout.h"

namespace tenfold::builtin {
namespace {

struct FourierMatch {
  std::optional<std::string> reference;
  Range beta{0.002, 0.01};
};

using Spectrum = cv::Mat_<cv::Vec2d>;

Spectrum spectrum_of(const cv::Mat& image, int channel) {
  cv::Mat codes, spectrum;
  cv::extractChannel(image, codes, channel);
  codes.convertTo(codes, CV_64F);
  cv::dft(codes, spectrum, cv::DFT_COMPLEX_OUTPUT);
  return spectrum;
}

void take_amplitudes(Spectrum& spectrum, const Spectrum& reference, int reach) {
  // Negative frequencies lie at the far end.
  for (int v = -reach; v <= reach; ++v) {
    for (int u = -reach; u <= reach; ++u) {
      const int y = (v + spectrum.rows) % spectrum.rows;
      const int x = (u + spectrum.cols) % spectrum.cols;
      cv::Vec2d& own = spectrum(y, x);
      const double amplitude = std::hypot(own[0], own[1]);
      const double wanted = std::hypot(reference(y, x)[0], reference(y, x)[1]);
      own = amplitude > 0 ? own * (wanted / amplitude) : cv::Vec2d(wanted, 0);
    }
  }
}

void match(cv::Mat& image, const cv::Mat& reference, double beta) {
  const int shorter = std::min(image.rows, image.cols);
  // Frequencies beyond a half of the side are those below it once more.
  const int reach = std::min(static_cast<int>(std::floor(beta * shorter)), (shorter - 1) / 2);
  for (int channel = 0; channel < color_channels(image); ++channel) {
    Spectrum spectrum = spectrum_of(image, channel);
    take_amplitudes(spectrum, spectrum_of(reference, channel), reach);
    cv::Mat codes;
    cv::dft(spectrum, codes, cv::DFT_INVERSE | cv::DFT_SCALE | cv::DFT_REAL_OUTPUT);
    codes.convertTo(codes, image.depth());
    cv::insertChannel(codes, image, channel);
  }
}

Step draw(const FourierMatch& p, Draw& draw) {
  const double beta = draw.uniform("beta", p.beta);
  if (beta == 0) return ColorStep{};
  const auto reference = draw.reference("reference", *p.reference);
  if (!reference) return ColorStep{};
  return PixelStep{[reference = *reference, beta](cv::Mat& image) {
    match(image, covering(reference, image.size(), image.type()), beta);
  }};
}

std::optional<std::string> check(const FourierMatch& p) {
  if (!p.reference) return "fourier_match needs 'reference', a folder of images to match";
  return std::nullopt;
}

}  // namespace

TransformSpec fourier_match() {
  using P = FourierMatch;
  return define<P>(
      {.name = "fourier_match",
       .summary = "Takes the coarse light and color of an image of reference, and keeps the shapes.",
       .use = "As histogram_match, for domains that differ in light and coarse color, such as rendered and "
              "real. Keep beta small: large values leave ghosts.",
       .formula = "amplitudes of frequencies |u|, |v| ≤ floor(beta · shorter side) are the "
                  "reference's; phases stay",
       .source = "Yang and Soatto, FDA, CVPR 2020",
       .example = "{reference: target-domain, beta: [0.002, 0.01]}",
       .always_random = true,
       .float_code = true,
       .parameters = {{.name = "reference",
                       .member = &P::reference,
                       .text = "folder of images, relative to the recipe; one is drawn for each copy"},
                      {.name = "beta",
                       .member = &P::beta,
                       .bounds = {0, 0.5},
                       .unit = "fraction of the shorter side",
                       .neutral = 0,
                       .text = "the highest frequency that is taken; below one over the side it is "
                               "the mean color alone"}},
       .draw = draw,
       .needs = [](const P& p) { return Needs{.references = {*p.reference}}; },
       .check = check});
}

}  // namespace tenfold::builtin
