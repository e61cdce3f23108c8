// rain: translucent streaks over a dimmed image, out = dim + c · (200 - dim), dim = in · (1 - 0.25 · amount).
//
// c is the streaks' coverage. There are 500 · amount in a square of the shorter side, each at its own
// distance f, uniform in [0.4, 1]: it is f · length long, 0.004 · f of the shorter side wide and hides 0.6 ·
// f of what is behind it, less towards its ends and across its edges, as drops do that fall while the shutter
// is open.

#include <algorithm>
#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"
#include "transforms/weather/coverage.h"
#include "transforms/weather/film.h"

namespace tenfold::builtin {
namespace {

struct Rain {
  Range amount{0.3, 1};
  Range slant{-15, 15};
  Range length{0.06, 0.15};
};

constexpr Color kWater{200, 200, 200};
constexpr double kPerSquare = 500;
constexpr double kDimming = 0.25;
constexpr double kWidth = 0.004;  // of the shorter side
constexpr double kOpacity = 0.6;
constexpr double kFarthest = 0.4;
constexpr double kSlantJitter = 3;  // degrees, both ways

struct Shower {
  int streaks = 0;
  double slant = 0;   // degrees; to the right for positive ones, on the way down
  double length = 0;  // pixels
  double width = 0;   // pixels
};

void add_streak(Coverage& coverage, cv::Point2d center, cv::Point2d half, double width, double opacity) {
  const double half_length = std::sqrt(half.dot(half));
  // Narrower than a pixel, a streak is a pixel wide and fainter.
  const double half_width = std::max(1.0, width) / 2;
  const double share = opacity * std::min(1.0, width);
  const cv::Point2d reach(std::abs(half.x) + half_width + 1, std::abs(half.y) + half_width + 1);
  coverage.add(center - reach, center + reach, [&](int x, int y) {
    const cv::Point2d from = cv::Point2d(x, y) - center;
    const double along = from.dot(half) / (half_length * half_length);  // -1 … 1 from end to end
    const double across = std::abs(from.cross(half)) / half_length;
    return share * smooth_step(2 * (1 - std::abs(along))) *
           smooth_step((half_width + 0.5 - across) / (half_width + 0.5));
  });
}

Coverage drops(cv::Size frame, const Shower& shower, std::uint64_t key) {
  RowNoise noise(key, 0);
  Coverage coverage(frame);
  for (int i = 0; i < shower.streaks; ++i) {
    // From beyond the edges, so that these are no drier than the middle.
    const double x = (frame.width + 2 * shower.length) * next_unit(noise) - shower.length;
    const double y = (frame.height + 2 * shower.length) * next_unit(noise) - shower.length;
    const double near = kFarthest + (1 - kFarthest) * next_unit(noise);
    const double degrees = shower.slant + kSlantJitter * (2 * next_unit(noise) - 1);
    const double half = std::max(0.5, near * shower.length / 2);
    add_streak(coverage, {x, y}, half * cv::Point2d(sin_degrees(degrees), cos_degrees(degrees)),
               near * shower.width, near * kOpacity);
  }
  return coverage;
}

std::vector<Step> draw_steps(const Rain& p, Draw& draw) {
  const cv::Size frame = draw.frame();
  const double shorter = std::min(frame.width, frame.height);
  const double amount = draw.uniform("amount", p.amount);
  const double slant = draw.uniform("slant", p.slant);
  const double length = draw.uniform("length", p.length) * shorter;
  const std::uint64_t key = draw.noise_key();
  if (amount == 0) return {ColorStep{}};
  const double dim = 1 - kDimming * amount;
  const Shower shower{count_in(frame, kPerSquare * amount), slant, length, kWidth * shorter};
  return {ColorStep{{dim, 0, 0, 0, 0, dim, 0, 0, 0, 0, dim, 0}}, PixelStep{[shower, key](cv::Mat& image) {
            const Coverage coverage = drops(image.size(), shower, key);
            look_through(image, [&](int x, int y) { return paint(kWater, coverage.at(x, y)); });
          }}};
}

}  // namespace

TransformSpec rain() {
  using P = Rain;
  return define<P>(
      {.name = "rain",
       .summary = "Draws translucent streaks of rain over a dimmed image.",
       .use = "For outdoor cameras: cars, streets, farms. Not indoors.",
       .formula = "out = dim + c · (200 - dim), dim = in · (1 - 0.25 · amount), c the streaks' coverage",
       .example = "{amount: [0.3, 1], slant: ±15}",
       .always_random = true,
       .parameters = {{.name = "amount",
                       .member = &P::amount,
                       .bounds = {0, 2},
                       .neutral = 0,
                       .text = "1 is heavy rain"},
                      {.name = "slant",
                       .member = &P::slant,
                       .bounds = {-60, 60},
                       .unit = "degrees",
                       .text = "from upright; positive streaks go right on their way down"},
                      {.name = "length",
                       .member = &P::length,
                       .bounds = {0.005, 1},
                       .unit = "fraction of the shorter side",
                       .weakest = 0.005,
                       .text = "of the nearest streaks"}},
       .draw_steps = draw_steps});
}

}  // namespace tenfold::builtin
