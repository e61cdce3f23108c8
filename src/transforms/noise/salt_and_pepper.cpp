// salt_and_pepper: some pixels become white, some black, each on its own. A pixel's 32 random bits decide:
// below amount · salt_vs_pepper · 2^32 it is salt, below amount · 2^32 pepper.

#include <cmath>
#include <limits>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/pixel_layout.h"
#include "transforms/pixel_noise.h"

namespace tenfold::builtin {
namespace {

struct SaltAndPepper {
  Range amount{0.005, 0.03};
  Range salt_vs_pepper{0.5, 0.5};
};

struct Limits {
  std::uint64_t salt = 0;    // below it a pixel turns white
  std::uint64_t pepper = 0;  // below it black
};

template <typename Code>
void sprinkle(cv::Mat& image, const Limits& limits, std::uint64_t key) {
  constexpr Code kWhite = std::numeric_limits<Code>::max();
  const int channels = image.channels();
  const int colors = color_channels(image);
  for (int y = 0; y < image.rows; ++y) {
    RowNoise noise(key, y);
    Code* row = image.ptr<Code>(y);
    for (int x = 0; x < image.cols; ++x, row += channels) {
      const std::uint32_t bits = noise.next();
      if (bits < limits.pepper) std::fill_n(row, colors, bits < limits.salt ? kWhite : Code{0});
    }
  }
}

Step draw(const SaltAndPepper& p, Draw& draw) {
  constexpr double kAll = 4294967296.0;
  const double amount = draw.uniform("amount", p.amount);
  const double share = draw.uniform("salt_vs_pepper", p.salt_vs_pepper);
  const std::uint64_t key = draw.noise_key();
  const Limits limits{.salt = static_cast<std::uint64_t>(std::llround(amount * share * kAll)),
                      .pepper = static_cast<std::uint64_t>(std::llround(amount * kAll))};
  if (limits.pepper == 0) return ColorStep{};
  return PixelStep{[limits, key](cv::Mat& image) {
    with_code_type(image, [&]<typename Code>(Code) { sprinkle<Code>(image, limits, key); });
  }};
}

}  // namespace

TransformSpec salt_and_pepper() {
  using P = SaltAndPepper;
  return define<P>(
      {.name = "salt_and_pepper",
       .summary = "Turns single pixels white or black.",
       .use =
           "For dead pixels, dust and bad transmission. Median filters undo it; not a model of camera noise.",
       .formula = "out = white with probability amount · salt_vs_pepper, black with amount · (1 "
                  "- salt_vs_pepper), else in",
       .source = "the parameters are scikit-image's random_noise",
       .example = "{amount: [0.005, 0.03]}",
       .always_random = true,
       .parameters = {{.name = "amount",
                       .member = &P::amount,
                       .bounds = {0, 1},
                       .unit = "fraction of the pixels",
                       .neutral = 0,
                       .text = "how many pixels change"},
                      {.name = "salt_vs_pepper",
                       .member = &P::salt_vs_pepper,
                       .bounds = {0, 1},
                       .unit = "fraction of the changed pixels",
                       .text = "how many of them turn white; the others turn black"}},
       .draw = draw});
}

}  // namespace tenfold::builtin
