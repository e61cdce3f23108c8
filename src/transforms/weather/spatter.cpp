// spatter: drops of water or splashes of mud on the lens. They are where a smooth field n of mean 0 and
// variance 1 (smooth_noise.h; one octave for water, three for mud) is above the quantile that leaves `amount`
// of the image. With e how far above, s = smooth_step(e / 0.25) is the share of the pixel that is covered and
// h = e / (e + 0.5) the thickness, which levels off.
//
//   mud     brown, the more opaque the thicker: out = in + s · (0.75 + 0.25 · h) · (mud - in)
//   water   hides 0.2 · s and, like a lens, is light where its surface falls to the lower right and dark
//   where
//           it rises: out = in + s · (0.2 · (water - in) - 127.5 · slope), slope the rise of h over one
//           `size` along the diagonal, clamped to ±1

#include <algorithm>
#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/pixel_noise.h"
#include "transforms/weather/film.h"
#include "transforms/weather/smooth_noise.h"

namespace tenfold::builtin {
namespace {

struct Spatter {
  std::string kind = "water";
  Range amount{0.05, 0.2};
  Range size{0.03, 0.08};
};

constexpr Color kWater{190, 205, 210};
constexpr Color kMud{74, 54, 32};
constexpr double kThinMud = 0.75;  // opacity
constexpr double kWaterOpacity = 0.2;
constexpr double kEdge = 0.25;
constexpr double kHalfThickness = 0.5;
constexpr double kRelief = 127.5;

// What a share `amount` of normal numbers exceeds, to a 65,536th.
double normal_quantile_above(double amount) {
  const auto& normals = positive_normals();
  const auto slice = static_cast<std::size_t>(std::lround((0.5 - amount) * 65'536));
  return std::ldexp(normals[std::min(slice, normals.size() - 1)], -kNormalBits);
}

class Drops {
 public:
  Drops(const cv::Mat_<float>& field, double size, double amount)
      : field_(field), level_(normal_quantile_above(amount)), size_(size) {}

  double share(int x, int y) const { return smooth_step((field_(y, x) - level_) / kEdge); }

  double thickness(int x, int y) const {
    const double above = std::max(0.0, field_(y, x) - level_);
    return above / (above + kHalfThickness);
  }

  // The rise of the thickness over one size, down and to the right.
  double slope(int x, int y) const {
    const int before = std::max(0, x - 1), after = std::min(field_.cols - 1, x + 1);
    const int above = std::max(0, y - 1), below = std::min(field_.rows - 1, y + 1);
    return std::clamp(size_ * (thickness(after, below) - thickness(before, above)) / 4, -1.0, 1.0);
  }

 private:
  cv::Mat_<float> field_;
  double level_;
  double size_;
};

Film mud(const Drops& drops, int x, int y) {
  return paint(kMud, drops.share(x, y) * (kThinMud + (1 - kThinMud) * drops.thickness(x, y)));
}

Film water(const Drops& drops, int x, int y) {
  const double share = drops.share(x, y);
  Film film = paint(kWater, kWaterOpacity * share);
  if (share == 0) return film;
  for (double& light : film.light) light -= kRelief * share * drops.slope(x, y);
  return film;
}

Step draw(const Spatter& p, Draw& draw) {
  const cv::Size frame = draw.frame();
  const double amount = draw.uniform("amount", p.amount);
  const double size = std::max(1.0, draw.uniform("size", p.size) * std::min(frame.width, frame.height));
  const std::uint64_t key = draw.noise_key();
  if (amount == 0) return ColorStep{};
  return PixelStep{[is_mud = p.kind == "mud", amount, size, key](cv::Mat& image) {
    const Drops drops(smooth_noise(image.size(), size, is_mud ? 3 : 1, key), size, amount);
    look_through(image, [&](int x, int y) { return is_mud ? mud(drops, x, y) : water(drops, x, y); });
  }};
}

}  // namespace

TransformSpec spatter() {
  using P = Spatter;
  return define<P>({.name = "spatter",
                    .summary = "Puts drops of water or splashes of mud on the lens.",
                    .use = "For lenses in the open: cars, machines, farms. Not indoors.",
                    .formula = "mud: out = in + s · opacity · (mud - in); water: out = in + s · (0.2 · "
                               "(water - in) - 127.5 · slope)",
                    .source = "Hendrycks and Dietterich, ICLR 2019 (ImageNet-C), for the idea",
                    .example = "{kind: water, amount: [0.05, 0.2]}",
                    .always_random = true,
                    .parameters = {{.name = "kind",
                                    .member = &P::kind,
                                    .choices = {"water", "mud"},
                                    .text = "what the drops are of"},
                                   {.name = "amount",
                                    .member = &P::amount,
                                    .bounds = {0, 0.5},
                                    .unit = "fraction of the area",
                                    .neutral = 0,
                                    .text = "how much of the image is covered, about"},
                                   {.name = "size",
                                    .member = &P::size,
                                    .bounds = {0.001, 1},
                                    .unit = "fraction of the shorter side",
                                    .weakest = 0.001,
                                    .text = "of the drops, about"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
