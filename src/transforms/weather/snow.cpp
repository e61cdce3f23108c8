// snow: flakes over a brightened image, out = light + c · (250 - light), light = in + 0.2 · amount · (255 -
// in).
//
// c is the flakes' coverage. There are 400 · amount in a square of the shorter side. Most are small and
// sharp, few are large and, being near the lens, soft and translucent: with u uniform in [0, 1) the radius is
// size · (0.15 + 0.85 · u⁴), the edge is as wide as (0.5 + u²) radii, and 0.9 - 0.5 · u⁴ of what is behind is
// hidden.

#include <algorithm>
#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/weather/coverage.h"
#include "transforms/weather/film.h"

namespace tenfold::builtin {
namespace {

struct Snow {
  Range amount{0.3, 1};
  Range size{0.01, 0.02};
};

constexpr Color kWhite{250, 250, 250};
constexpr double kPerSquare = 400;
constexpr double kBrightening = 0.2;
constexpr double kSmallestPixels = 0.7;

Coverage flakes(cv::Size frame, int count, double size, std::uint64_t key) {
  RowNoise noise(key, 0);
  Coverage coverage(frame);
  for (int i = 0; i < count; ++i) {
    const cv::Point2d center(frame.width * next_unit(noise) - 0.5, frame.height * next_unit(noise) - 0.5);
    const double u = next_unit(noise);
    const double wanted = size * (0.15 + 0.85 * u * u * u * u);
    const double radius = std::max(kSmallestPixels, wanted);
    const double edge = std::max(1.0, radius * (0.5 + u * u));
    // A flake smaller than a pixel is a pixel large and fainter.
    const double share = (0.9 - 0.5 * u * u * u * u) * std::min(1.0, wanted / radius);
    const double reach = radius + edge / 2;
    coverage.add(center - cv::Point2d(reach, reach), center + cv::Point2d(reach, reach), [&](int x, int y) {
      const cv::Point2d from = cv::Point2d(x, y) - center;
      return share * smooth_step((reach - std::sqrt(from.dot(from))) / edge);
    });
  }
  return coverage;
}

std::vector<Step> draw_steps(const Snow& p, Draw& draw) {
  const cv::Size frame = draw.frame();
  const double amount = draw.uniform("amount", p.amount);
  const double size = draw.uniform("size", p.size) * std::min(frame.width, frame.height);
  const std::uint64_t key = draw.noise_key();
  if (amount == 0) return {ColorStep{}};
  const double lift = kBrightening * amount;
  const double gain = 1 - lift, offset = 255 * lift;
  return {ColorStep{{gain, 0, 0, offset, 0, gain, 0, offset, 0, 0, gain, offset}},
          PixelStep{[size, key, count = count_in(frame, kPerSquare * amount)](cv::Mat& image) {
            const Coverage coverage = flakes(image.size(), count, size, key);
            look_through(image, [&](int x, int y) { return paint(kWhite, coverage.at(x, y)); });
          }}};
}

}  // namespace

TransformSpec snow() {
  using P = Snow;
  return define<P>(
      {.name = "snow",
       .summary = "Draws flakes of snow over a brightened image.",
       .use = "For outdoor scenes in winter. Not indoors, and not where white things are to be found.",
       .formula =
           "out = light + c · (250 - light), light = in + 0.2 · amount · (255 - in), c the flakes' coverage",
       .example = "{amount: [0.3, 1]}",
       .always_random = true,
       .parameters = {{.name = "amount",
                       .member = &P::amount,
                       .bounds = {0, 2},
                       .neutral = 0,
                       .text = "1 is heavy snowfall"},
                      {.name = "size",
                       .member = &P::size,
                       .bounds = {0.001, 0.2},
                       .unit = "fraction of the shorter side",
                       .weakest = 0.001,
                       .text = "radius of the largest flakes"}},
       .draw_steps = draw_steps});
}

}  // namespace tenfold::builtin
