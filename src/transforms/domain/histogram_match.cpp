// histogram_match: each channel gets the histogram of a reference image's channel.
//
// A code value v at the share q of the image's pixels that are at most v becomes the reference's value at the
// same share, with values between two of the reference's interpolated (as in scikit-image's
// match_histograms); then it is blended with what it was:
//
//   out = blend · F_ref^-1(F(v)) + (1 - blend) · v
//
// The reference is one image of the folder, drawn for each copy. Grey images are matched with its luma.
// Pixels of alpha 0 do not count; where none does, the image stays as it is.

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "tenfold/transforms/builtin.h"
#include "transforms/color/channel_histogram.h"
#include "transforms/define.h"
#include "transforms/pixel_layout.h"

namespace tenfold::builtin {
namespace {

struct HistogramMatch {
  std::optional<std::string> reference;
  Range blend{0.5, 1};
};

// The share of pixels that are at most each code value; empty where there are no pixels.
template <typename Code>
std::vector<double> cumulative_shares(const cv::Mat& image, int channel) {
  const std::vector<std::int64_t> counts = channel_histogram<Code>(image, channel);
  std::vector<double> shares(counts.begin(), counts.end());
  std::partial_sum(shares.begin(), shares.end(), shares.begin());
  const double total = shares.back();
  if (total == 0) return {};
  for (double& share : shares) share /= total;
  return shares;
}

// Shares and code values of those that occur.
struct Quantiles {
  std::vector<double> shares, codes;
};

Quantiles quantiles_of(const std::vector<double>& cumulative) {
  Quantiles quantiles;
  double before = 0;
  for (std::size_t code = 0; code < cumulative.size(); ++code) {
    if (cumulative[code] == before) continue;
    before = cumulative[code];
    quantiles.shares.push_back(before);
    quantiles.codes.push_back(static_cast<double>(code));
  }
  return quantiles;
}

double code_at(const Quantiles& quantiles, double share) {
  const auto& shares = quantiles.shares;
  const auto above = std::ranges::lower_bound(shares, share) - shares.begin();
  const auto index = static_cast<std::size_t>(above);
  if (index == 0) return quantiles.codes.front();
  if (index == shares.size()) return quantiles.codes.back();
  const double part = (share - shares[index - 1]) / (shares[index] - shares[index - 1]);
  return quantiles.codes[index - 1] + part * (quantiles.codes[index] - quantiles.codes[index - 1]);
}

template <typename Code>
void match_channel(cv::Mat& image, const cv::Mat& reference, int channel, double blend) {
  const std::vector<double> own = cumulative_shares<Code>(image, channel);
  const Quantiles wanted = quantiles_of(cumulative_shares<Code>(reference, channel));
  if (own.empty() || wanted.codes.empty()) return;
  std::vector<Code> table(own.size());
  for (std::size_t code = 0; code < table.size(); ++code) {
    const auto value = static_cast<double>(code);
    table[code] = static_cast<Code>(std::lround(value + blend * (code_at(wanted, own[code]) - value)));
  }
  map_channel(image, channel, table);
}

Step draw(const HistogramMatch& p, Draw& draw) {
  const double blend = draw.uniform("blend", p.blend);
  if (blend == 0) return ColorStep{};
  const auto reference = draw.reference("reference", *p.reference);
  if (!reference) return ColorStep{};
  return PixelStep{[reference = *reference, blend](cv::Mat& image) {
    const cv::Mat pixels = reference.pixels(image.type());
    with_code_type(image, [&]<typename Code>(Code) {
      for (int channel = 0; channel < color_channels(image); ++channel)
        match_channel<Code>(image, pixels, channel, blend);
    });
  }};
}

std::optional<std::string> check(const HistogramMatch& p) {
  if (!p.reference) return "histogram_match needs 'reference', a folder of images to match";
  return std::nullopt;
}

}  // namespace

TransformSpec histogram_match() {
  using P = HistogramMatch;
  return define<P>(
      {.name = "histogram_match",
       .summary = "Gives each channel the histogram of an image of reference.",
       .use = "To bring images nearer to the light and color of where the model will be used, given some "
              "images from there. Not where color is the label.",
       .formula = "out = blend · F_ref⁻¹(F(in)) + (1 - blend) · in, F the cumulative histogram",
       .source = "scikit-image exposure.match_histograms; Albumentations HistogramMatching",
       .example = "{reference: target-domain, blend: [0.5, 1]}",
       .always_random = true,
       .parameters = {{.name = "reference",
                       .member = &P::reference,
                       .text = "folder of images, relative to the recipe; one is drawn for each copy"},
                      {.name = "blend",
                       .member = &P::blend,
                       .bounds = {0, 1},
                       .neutral = 0,
                       .text = "how much of the result is matched"}},
       .draw = draw,
       .needs = [](const P& p) { return Needs{.references = {*p.reference}}; },
       .check = check});
}

}  // namespace tenfold::builtin
