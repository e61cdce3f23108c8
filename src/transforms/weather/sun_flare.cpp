// sun_flare: the glare of a sun in or near the picture and its reflections in the lens. Light is laid over as
// on a screen, out = in + l · (255 - in), with l the sum for each channel of
//
//   core and glow   intensity · (1.4 / (1 + q²)² + 0.45 / (1 + q² / 25)) · (1, 0.95, 0.85), q = distance /
//   size halo            a faint ring at 5 sizes, red outside, blue inside ghosts          six discs on the
//   line through the sun and the image's centre, with tints and sizes from the
//                   noise key
//
// Only additions, products, quotients and square roots, which are the same on every CPU.

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/weather/coverage.h"
#include "transforms/weather/film.h"

namespace tenfold::builtin {
namespace {

struct SunFlare {
  Range intensity{0.4, 0.9};
  Range x{0, 1};
  Range y{0, 0.4};
  Range size{0.04, 0.1};
};

using Light = std::array<double, 3>;  // b, g, r

struct Ghost {
  cv::Point2d center;
  double radius = 0;  // pixels
  Light light{};
};

struct Flare {
  cv::Point2d sun;
  double size = 0;  // pixels
  double intensity = 0;
  std::vector<Ghost> ghosts;
};

double distance(cv::Point2d a, cv::Point2d b) { return std::sqrt((a - b).dot(a - b)); }

std::vector<Ghost> ghosts_of(cv::Point2d sun, cv::Point2d center, double size, double intensity,
                             std::uint64_t key) {
  // Of the way from the sun to the centre; those beyond 1 lie on its other side.
  constexpr std::array kPlaces{0.4, 0.7, 1.15, 1.4, 1.75, 2.1};
  RowNoise noise(key, 0);
  std::vector<Ghost> ghosts;
  for (const double place : kPlaces) {
    Ghost ghost{.center = sun + (place + 0.1 * next_unit(noise)) * (center - sun),
                .radius = size * (0.3 + 1.2 * next_unit(noise))};
    const double strength = intensity * (0.08 + 0.14 * next_unit(noise));
    for (double& channel : ghost.light) channel = strength * (0.4 + 0.6 * next_unit(noise));
    ghosts.push_back(ghost);
  }
  return ghosts;
}

// Even, with a brighter rim and an edge of a tenth of the radius.
double disc(double distance, double radius) {
  const double edge = std::max(1.0, 0.1 * radius);
  const double q = distance / radius;
  return smooth_step((radius - distance) / edge + 0.5) * (0.7 + 0.3 * std::min(1.0, q * q * q * q));
}

Light light_at(const Flare& flare, cv::Point2d point) {
  constexpr Light kSunlight{0.85, 0.95, 1};
  constexpr Light kHaloRadii{4.7, 5, 5.3};  // sizes
  constexpr double kHaloWidth = 0.7, kHaloStrength = 0.1;
  const double q = distance(point, flare.sun) / flare.size;
  const double core = 1 / (1 + q * q);
  const double glow = 1.4 * core * core + 0.45 / (1 + q * q / 25);
  Light light{};
  for (std::size_t c = 0; c < 3; ++c) {
    const double halo = smooth_step(1 - std::abs(q - kHaloRadii[c]) / kHaloWidth);
    light[c] = flare.intensity * (glow * kSunlight[c] + kHaloStrength * halo);
  }
  for (const Ghost& ghost : flare.ghosts) {
    const double apart = distance(point, ghost.center);
    if (apart > ghost.radius + 1 + 0.1 * ghost.radius) continue;
    const double share = disc(apart, ghost.radius);
    for (std::size_t c = 0; c < 3; ++c) light[c] += share * ghost.light[c];
  }
  for (double& channel : light) channel = std::min(1.0, channel);
  return light;
}

Step draw(const SunFlare& p, Draw& draw) {
  const cv::Size frame = draw.frame();
  const double intensity = draw.uniform("intensity", p.intensity);
  const cv::Point2d sun(draw.uniform("x", p.x) * frame.width - 0.5,
                        draw.uniform("y", p.y) * frame.height - 0.5);
  const double size = draw.uniform("size", p.size) * std::min(frame.width, frame.height);
  const std::uint64_t key = draw.noise_key();
  if (intensity == 0) return ColorStep{};
  const cv::Point2d center((frame.width - 1) / 2.0, (frame.height - 1) / 2.0);
  const Flare flare{sun, size, intensity, ghosts_of(sun, center, size, intensity, key)};
  return PixelStep{[flare](cv::Mat& image) {
    look_through(image, [&](int x, int y) {
      const Light light = light_at(flare, cv::Point2d(x, y));
      return Film{light, {255 * light[0], 255 * light[1], 255 * light[2]}};
    });
  }};
}

}  // namespace

TransformSpec sun_flare() {
  using P = SunFlare;
  return define<P>({.name = "sun_flare",
                    .summary = "Adds the glare of the sun and its reflections in the lens.",
                    .use = "For cameras that look towards the sun: cars, drones. Not indoors.",
                    .formula = "out = in + l · (255 - in), l the light of core, glow, halo and ghosts",
                    .example = "{intensity: [0.4, 0.9]}",
                    .always_random = true,
                    .parameters = {{.name = "intensity",
                                    .member = &P::intensity,
                                    .bounds = {0, 2},
                                    .neutral = 0,
                                    .text = "strength of the light"},
                                   {.name = "x",
                                    .member = &P::x,
                                    .bounds = {-1, 2},
                                    .unit = "fraction of the width",
                                    .text = "where the sun stands, from the left edge"},
                                   {.name = "y",
                                    .member = &P::y,
                                    .bounds = {-1, 2},
                                    .unit = "fraction of the height",
                                    .text = "where the sun stands, from the upper edge"},
                                   {.name = "size",
                                    .member = &P::size,
                                    .bounds = {0.005, 1},
                                    .unit = "fraction of the shorter side",
                                    .weakest = 0.005,
                                    .text = "radius of the core"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
