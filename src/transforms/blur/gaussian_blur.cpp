// gaussian_blur: each pixel becomes the mean of its neighbours with weights exp(-d² / (2 sigma²)), cut off at
// three sigma; beyond the edges the image is mirrored about its outermost pixels (reflect_101).
//
// OpenCV blurs 8 and 16 bit in fixed point, so the bytes do not depend on the CPU. An image with alpha is
// blurred premultiplied and its alpha is blurred with it: laid over a flat background it then looks as if the
// picture as a whole had been blurred, and what is invisible does not bleed into what is not. Premultiplied
// values have 16 bits, so the fainter a pixel of a 16-bit image, the coarser its color becomes.

#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/pixel_layout.h"

namespace tenfold::builtin {
namespace {

struct GaussianBlur {
  Range sigma{0.1, 2};
};

constexpr double kReach = 3;         // in sigmas
constexpr double kNarrowest = 0.15;  // below it a neighbour weighs less than 2^-32
constexpr std::uint32_t k16Bit = 65'535;

void blur(const cv::Mat& image, cv::Mat& blurred, double sigma) {
  const int size = 2 * static_cast<int>(std::ceil(kReach * sigma)) + 1;
  // Isolated: the image may be a window of a larger one, whose pixels are none of ours.
  cv::GaussianBlur(image, blurred, {size, size}, sigma, sigma, cv::BORDER_REFLECT_101 | cv::BORDER_ISOLATED);
}

// Color times alpha and alpha itself, both with 65,535 for full.
template <typename Code>
cv::Mat premultiplied(const cv::Mat& image) {
  constexpr std::uint32_t kFull = std::numeric_limits<Code>::max();
  constexpr std::uint32_t kAlphaScale = k16Bit / kFull;
  constexpr std::uint64_t kColorScale = std::uint64_t{k16Bit} / kFull * kAlphaScale;
  const int channels = image.channels();
  cv::Mat result(image.size(), CV_MAKETYPE(CV_16U, channels));
  for (int y = 0; y < image.rows; ++y) {
    const Code* in = image.ptr<Code>(y);
    auto* out = result.ptr<std::uint16_t>(y);
    for (int x = 0; x < image.cols; ++x, in += channels, out += channels) {
      const std::uint64_t alpha = in[channels - 1];
      for (int c = 0; c + 1 < channels; ++c)
        out[c] = static_cast<std::uint16_t>((in[c] * alpha * kColorScale + k16Bit / 2) / k16Bit);
      out[channels - 1] = static_cast<std::uint16_t>(alpha * kAlphaScale);
    }
  }
  return result;
}

// The way back; where alpha is 0 the color is 0.
template <typename Code>
void store_straight(const cv::Mat& premultiplied, cv::Mat& image) {
  constexpr std::uint64_t kFull = std::numeric_limits<Code>::max();
  const int channels = image.channels();
  for (int y = 0; y < image.rows; ++y) {
    const auto* in = premultiplied.ptr<std::uint16_t>(y);
    Code* out = image.ptr<Code>(y);
    for (int x = 0; x < image.cols; ++x, in += channels, out += channels) {
      const std::uint64_t alpha = in[channels - 1];
      for (int c = 0; c + 1 < channels; ++c)
        out[c] =
            alpha == 0 ? Code{0} : static_cast<Code>(std::min(kFull, (in[c] * kFull + alpha / 2) / alpha));
      out[channels - 1] = static_cast<Code>((alpha * kFull + k16Bit / 2) / k16Bit);
    }
  }
}

Step draw(const GaussianBlur& p, Draw& draw) {
  const double sigma = draw.uniform("sigma", p.sigma);
  if (sigma < kNarrowest) return ColorStep{};
  return PixelStep{[sigma](cv::Mat& image) {
    cv::Mat blurred;
    if (!has_alpha(image)) {
      blur(image, blurred, sigma);
      blurred.copyTo(image);
      return;
    }
    with_code_type(image, [&]<typename Code>(Code) {
      blur(premultiplied<Code>(image), blurred, sigma);
      store_straight<Code>(blurred, image);
    });
  }};
}

}  // namespace

TransformSpec gaussian_blur() {
  using P = GaussianBlur;
  return define<P>({.name = "gaussian_blur",
                    .summary = "Blurs the image.",
                    .formula = "out = mean of the neighbours with weights exp(-d² / (2 sigma²)), d ≤ 3 sigma",
                    .example = "{sigma: [0.5, 1.5]}",
                    .parameters = {{.name = "sigma",
                                    .member = &P::sigma,
                                    .bounds = {0, 100},
                                    .unit = "pixels",
                                    .neutral = 0,
                                    .text = "standard deviation; below 0.15 nothing changes"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
