// iso_noise: what a camera adds at a high ISO setting. For each pixel
//
//   out = turned(in, angle) + (N - mean) · (1 - Y / white)
//
//   angle   360° · color_shift · intensity · z about the grey axis, z standard normal: blotches of color
//   N       Poisson-distributed with this mean, in code values: grain, the same in all channels
//   mean    64 · intensity
//   Y       the mean of the channels: lights have less grain than shadows
//
// The form is that of Albumentations' ISONoise, which turns the hue of HLS, takes for the mean the standard
// deviation of the image's lightness times `intensity` and lets the grain brighten the image. Here the grain
// does not depend on the rest of the image (64 is the deviation of an ordinary photograph), and its mean is
// 0. On grey images only the grain is left.
//
// 16 bits of a pixel's word choose the angle, 16 the grain: both come from tables, in which exp(), cos() and
// sin() may differ in the last bit between CPUs; the one final rounding hides that but for one value in 2^40.

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/pixel_layout.h"
#include "transforms/pixel_noise.h"

namespace tenfold::builtin {
namespace {

struct IsoNoise {
  Range color_shift{0.01, 0.05};
  Range intensity{0.1, 0.5};
};

constexpr double kMeanAtFull = 64;  // photons
constexpr std::size_t kSlices = 65'536;

struct Turn {
  double cosine = 1;
  double sine = 0;  // divided by √3, as it is used
};

// By the lower 15 bits of a normal number's bits; the 16th is the angle's sign.
std::vector<Turn> turns(double deviation_rad) {
  const auto& normals = positive_normals();
  std::vector<Turn> table(normals.size());
  for (std::size_t i = 0; i < table.size(); ++i) {
    const double angle = deviation_rad * std::ldexp(normals[i], -kNormalBits);
    table[i] = {std::cos(angle), std::sin(angle) / std::numbers::sqrt3};
  }
  return table;
}

// The Poisson number for each of 65,536 equally likely slices, less the mean.
std::vector<double> grains(double mean) {
  std::vector<double> table(kSlices);
  double term = std::exp(-mean);
  double below = term;  // the distribution function at `count`
  int count = 0;
  for (std::size_t slice = 0; slice < kSlices; ++slice) {
    const double u = (static_cast<double>(slice) + 0.5) / kSlices;
    while (u > below) {
      term *= mean / ++count;
      below += term;
    }
    table[slice] = count - mean;
  }
  return table;
}

class Camera {
 public:
  Camera(double deviation_rad, double mean) : turns_(turns(deviation_rad)), grains_(grains(mean)) {}

  template <typename Code>
  void expose(cv::Mat& image, std::uint64_t key) const {
    const int channels = image.channels();
    for (int y = 0; y < image.rows; ++y) {
      RowNoise noise(key, y);
      Code* row = image.ptr<Code>(y);
      for (int x = 0; x < image.cols; ++x, row += channels) {
        if (channels < 3)
          add_grain(row, noise.next());
        else
          turn_and_add_grain(row, noise.next());
      }
    }
  }

 private:
  template <typename Code>
  static Code code(double value) {
    return static_cast<Code>(cvRound(std::clamp<double>(value, 0, std::numeric_limits<Code>::max())));
  }

  template <typename Code>
  double grain(double mean, std::uint32_t bits) const {
    constexpr double kWhite = std::numeric_limits<Code>::max();
    return grains_[bits >> 16] * (kWhite - mean) / 255;
  }

  template <typename Code>
  void add_grain(Code* pixel, std::uint32_t bits) const {
    *pixel = code<Code>(*pixel + grain<Code>(*pixel, bits));
  }

  template <typename Code>
  void turn_and_add_grain(Code* pixel, std::uint32_t bits) const {
    const double b = pixel[0], g = pixel[1], r = pixel[2];
    const double mean = (b + g + r) / 3;
    const auto [cosine, size] = turns_[bits & 0x7fff];
    const double sine = (bits & 0x8000) != 0 ? -size : size;
    const double base = mean + grain<Code>(mean, bits);
    pixel[0] = code<Code>(base + cosine * (b - mean) + sine * (g - r));
    pixel[1] = code<Code>(base + cosine * (g - mean) + sine * (r - b));
    pixel[2] = code<Code>(base + cosine * (r - mean) + sine * (b - g));
  }

  std::vector<Turn> turns_;
  std::vector<double> grains_;
};

Step draw(const IsoNoise& p, Draw& draw) {
  const double color_shift = draw.uniform("color_shift", p.color_shift);
  const double intensity = draw.uniform("intensity", p.intensity);
  const std::uint64_t key = draw.noise_key();
  if (intensity == 0) return ColorStep{};
  const double deviation_rad = 2 * std::numbers::pi * color_shift * intensity;
  return PixelStep{[deviation_rad, mean = kMeanAtFull * intensity, key](cv::Mat& image) {
    const Camera camera(deviation_rad, mean);
    with_code_type(image, [&]<typename Code>(Code) { camera.expose<Code>(image, key); });
  }};
}

}  // namespace

TransformSpec iso_noise() {
  using P = IsoNoise;
  return define<P>(
      {.name = "iso_noise",
       .summary = "Adds the grain and the blotches of color of a camera at a high ISO setting.",
       .use = "For phones and cameras at night, whose noise has colors. Not for grey images.",
       .formula = "out = turned(in, 360° · color_shift · intensity · z) + (N - mean) · (1 - Y / "
                  "255), N Poisson with mean 64 · intensity",
       .source = "Albumentations ISONoise, with a grain of mean 0 that no image statistic scales",
       .example = "{color_shift: [0.01, 0.05], intensity: [0.1, 0.5]}",
       .always_random = true,
       .parameters = {{.name = "color_shift",
                       .member = &P::color_shift,
                       .bounds = {0, 1},
                       .unit = "full turns",
                       .weakest = 0,
                       .text = "deviation of the hue at intensity 1"},
                      {.name = "intensity",
                       .member = &P::intensity,
                       .bounds = {0, 2},
                       .neutral = 0,
                       .text = "strength of grain and color shift"}},
       .draw = draw});
}

}  // namespace tenfold::builtin
