// glass_blur: the picture as behind frosted glass: blurred, then each pixel shows another one of its
// neighbourhood, chosen at random, `iterations` times over, then blurred again.
//
// The corruption of this name in ImageNet-C swaps pixels one after the other, so that one may travel far and
// the result depends on the order. Here each iteration looks all pixels up in the picture that the one before
// it left: out(p) = in(p + d(p)), d evenly distributed over the whole numbers from -max_delta to max_delta in
// x and y. d depends on the noise key, the iteration and the place alone. Edges are mirrored (reflect_101);
// with alpha: blur/premultiplied.h.
//
// Source: D. Hendrycks, T. Dietterich, "Benchmarking neural network robustness to common corruptions and
// perturbations", ICLR 2019.

#include "tenfold/transforms/builtin.h"
#include "transforms/blur/gaussian.h"
#include "transforms/blur/premultiplied.h"
#include "transforms/define.h"
#include "transforms/pixel_noise.h"

namespace tenfold::builtin {
namespace {

struct GlassBlur {
  Range sigma{0.4, 0.8};
  Range max_delta{1, 2};
  int iterations = 2;
};

struct Glass {
  double sigma;
  int max_delta;
  int iterations;
  std::uint64_t key;
};

// A whole number from -max_delta to max_delta for 16 random bits.
int offset(std::uint32_t bits16, int max_delta) {
  return static_cast<int>((bits16 * static_cast<std::uint32_t>(2 * max_delta + 1)) >> 16) - max_delta;
}

void blur(cv::Mat& image, double sigma) {
  if (sigma < kNarrowestGaussian) return;
  cv::Mat blurred;
  gaussian_filter(image, blurred, sigma);
  image = blurred;
}

void scatter(cv::Mat& image, const Glass& glass, int iteration) {
  cv::Mat scattered(image.size(), image.type());
  const std::size_t pixel_size = image.elemSize();
  for (int y = 0; y < image.rows; ++y) {
    RowNoise noise(glass.key, y + iteration * image.rows);
    std::uint8_t* out = scattered.ptr(y);
    for (int x = 0; x < image.cols; ++x, out += pixel_size) {
      const std::uint32_t bits = noise.next();
      const int from_x = cv::borderInterpolate(x + offset(bits & 0xffff, glass.max_delta), image.cols,
                                               cv::BORDER_REFLECT_101);
      const int from_y =
          cv::borderInterpolate(y + offset(bits >> 16, glass.max_delta), image.rows, cv::BORDER_REFLECT_101);
      const std::uint8_t* in = image.ptr(from_y, from_x);
      std::copy(in, in + pixel_size, out);
    }
  }
  image = scattered;
}

Step draw(const GlassBlur& p, Draw& draw) {
  const double sigma = draw.uniform("sigma", p.sigma);
  const int max_delta = draw.integer("max_delta", p.max_delta);
  const Glass glass{sigma, max_delta, p.iterations, draw.noise_key()};
  if (sigma < kNarrowestGaussian && max_delta == 0) return ColorStep{};
  return PixelStep{[glass](cv::Mat& image) {
    filter_in_place(image, [&glass](const cv::Mat& in, cv::Mat& out) {
      out = in;
      blur(out, glass.sigma);
      for (int i = 0; i < glass.iterations; ++i) scatter(out, glass, i);
      blur(out, glass.sigma);
    });
  }};
}

}  // namespace

TransformSpec glass_blur() {
  using P = GlassBlur;
  return define<P>({.name = "glass_blur",
                    .summary = "Shows the picture as behind frosted glass.",
                    .use = "To test or train against hard corruption, as in ImageNet-C. Not as an everyday "
                           "change: shapes are torn.",
                    .formula = "out = blur(in(p + d(p)), repeated, of the blurred picture), |d| ≤ max_delta",
                    .source = "Hendrycks and Dietterich, ICLR 2019, without the swaps' order",
                    .example = "{sigma: [0.4, 0.8], max_delta: [1, 2]}",
                    .always_random = true,
                    .parameters = {{.name = "sigma",
                                    .member = &P::sigma,
                                    .bounds = {0, 20},
                                    .unit = "pixels",
                                    .weakest = 0,
                                    .text = "of both blurs; below 0.15 there is none"},
                                   {.name = "max_delta",
                                    .member = &P::max_delta,
                                    .bounds = {0, 50},
                                    .unit = "pixels",
                                    .weakest = 0,
                                    .whole = true,
                                    .text = "how far away the pixel shown may lie, in x and y"},
                                   {.name = "iterations",
                                    .member = &P::iterations,
                                    .bounds = {1, 10},
                                    .text = "how often pixels are scattered"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
