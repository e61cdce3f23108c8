// fog: a haze of uneven thickness, out = in + hidden · (color - in). The share that is hidden is
//
//   hidden = density + 0.6 · density · (1 - density) · n, clamped to [0, 1]
//
// n is a smooth field of mean 0 and variance 1 (smooth_noise.h) of five octaves, the first with its knots
// half the shorter side apart. So a thin haze and a dense one are both more even than one in between.

#include <algorithm>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/weather/film.h"
#include "transforms/weather/smooth_noise.h"

namespace tenfold::builtin {
namespace {

struct Fog {
  Range density{0.2, 0.6};
  Color color{222, 225, 228};
};

constexpr double kUnevenness = 0.6;
constexpr double kCloudSize = 0.5;  // of the shorter side
constexpr int kOctaves = 5;

Step draw(const Fog& p, Draw& draw) {
  const double density = draw.uniform("density", p.density);
  const std::uint64_t key = draw.noise_key();
  if (density == 0) return ColorStep{};
  return PixelStep{[density, color = p.color, key](cv::Mat& image) {
    const double size = kCloudSize * std::min(image.cols, image.rows);
    const double spread = kUnevenness * density * (1 - density);
    const cv::Mat_<float> clouds = smooth_noise(image.size(), size, kOctaves, key);
    look_through(image, [&](int x, int y) {
      return paint(color, std::clamp(density + spread * clouds(y, x), 0.0, 1.0));
    });
  }};
}

}  // namespace

TransformSpec fog() {
  using P = Fog;
  return define<P>(
      {.name = "fog",
       .summary = "Lays an uneven haze over the image.",
       .use = "For streets, ships and landscapes, whose far parts fade. Not indoors or for close views.",
       .formula = "out = in + (density + 0.6 · density · (1 - density) · n) · (color - in), n smooth noise",
       .source = "Koschmieder's law with one distance for the whole scene",
       .example = "{density: [0.2, 0.6]}",
       .always_random = true,
       .parameters = {{.name = "density",
                       .member = &P::density,
                       .bounds = {0, 1},
                       .unit = "fraction of the light",
                       .neutral = 0,
                       .text = "how much of the image the haze hides, on average"},
                      {.name = "color", .member = &P::color, .text = "the haze's color"}},
       .draw = draw});
}

}  // namespace tenfold::builtin
