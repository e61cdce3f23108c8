// pixel_dropout: fills single pixels, each on its own: those whose 32 random bits are below amount · 2^32.

#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/erasing/fill.h"
#include "transforms/pixel_noise.h"

namespace tenfold::builtin {
namespace {

struct PixelDropout : FillSettings {
  Range amount{0.005, 0.05};
};

ErasingMask mask_of(cv::Size frame, std::uint64_t limit, std::uint64_t key) {
  ErasingMask mask(frame);
  for (int y = 0; y < frame.height; ++y) {
    RowNoise noise(key, y);
    for (int x = 0; x < frame.width; ++x) mask(y, x) = noise.next() < limit;
  }
  return mask;
}

Step draw(const PixelDropout& p, Draw& draw) {
  const double amount = draw.uniform("amount", p.amount);
  const Fill fill{p, draw.noise_key()};
  const auto limit = static_cast<std::uint64_t>(std::llround(amount * 4294967296.0));
  if (limit == 0) return ColorStep{};
  return PixelStep{
      [limit, fill](cv::Mat& image) { fill_erased(image, mask_of(image.size(), limit, fill.key), fill); }};
}

}  // namespace

TransformSpec pixel_dropout() {
  using P = PixelDropout;
  return define<P>({.name = "pixel_dropout",
                    .summary = "Fills single pixels.",
                    .use = "For broken pixels and lost data. Not as a model of noise, and not for images of "
                           "28 pixels, which lose too much.",
                    .formula = "out = fill with probability amount, else in",
                    .example = "{amount: [0.005, 0.05]}",
                    .always_random = true,
                    .parameters = {{.name = "amount",
                                    .member = &P::amount,
                                    .bounds = {0, 1},
                                    .unit = "fraction of the pixels",
                                    .neutral = 0,
                                    .text = "how many pixels are filled"},
                                   fill_kind<P>(),
                                   fill_color<P>()},
                    .draw = draw});
}

}  // namespace tenfold::builtin
