// coarse_dropout: fills several rectangles of one size at random places, which may overlap. Their corners
// come from the noise key, two random words each: x = word · (width - hole width + 1) / 2^32, rounded down.

#include <algorithm>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/erasing/fill.h"
#include "transforms/pixel_noise.h"

namespace tenfold::builtin {
namespace {

struct CoarseDropout : FillSettings {
  Range holes{1, 6};
  Range hole_width{0.05, 0.2};
  Range hole_height{0.05, 0.2};
};

ErasingMask mask_of(cv::Size frame, cv::Size hole, int count, std::uint64_t key) {
  RowNoise noise(key, 0);
  const auto place = [&](int free) {
    return static_cast<int>((std::uint64_t{noise.next()} * static_cast<std::uint64_t>(free + 1)) >> 32);
  };
  ErasingMask mask(frame, std::uint8_t{0});
  for (int i = 0; i < count; ++i) {
    const int x = place(frame.width - hole.width);
    const int y = place(frame.height - hole.height);
    mask(cv::Rect({x, y}, hole)).setTo(1);
  }
  return mask;
}

// At least a pixel.
int hole_side(double fraction, int side) { return std::max(1, cvRound(fraction * side)); }

Step draw(const CoarseDropout& p, Draw& draw) {
  const int holes = draw.integer("holes", p.holes);
  const double width = draw.uniform("hole_width", p.hole_width);
  const double height = draw.uniform("hole_height", p.hole_height);
  const Fill fill{p, draw.noise_key()};
  if (holes == 0 || width == 0 || height == 0) return ColorStep{};
  return PixelStep{[holes, width, height, fill](cv::Mat& image) {
    const cv::Size hole(hole_side(width, image.cols), hole_side(height, image.rows));
    fill_erased(image, mask_of(image.size(), hole, holes, fill.key), fill);
  }};
}

}  // namespace

TransformSpec coarse_dropout() {
  using P = CoarseDropout;
  return define<P>({.name = "coarse_dropout",
                    .summary = "Fills several rectangles at random places.",
                    .use = "For several small obstacles, such as leaves or people before the object. Not "
                           "where one small spot decides the class.",
                    .formula = "out = fill inside of the rectangles, else in",
                    .source = "DeVries and Taylor, Cutout, arXiv:1708.04552, 2017",
                    .example = "{holes: [1, 6], hole_width: [0.05, 0.2], hole_height: [0.05, 0.2]}",
                    .always_random = true,
                    .parameters = {{.name = "holes",
                                    .member = &P::holes,
                                    .bounds = {0, 1000},
                                    .neutral = 0,
                                    .whole = true,
                                    .text = "how many rectangles"},
                                   {.name = "hole_width",
                                    .member = &P::hole_width,
                                    .bounds = {0, 1},
                                    .unit = "fraction of the width",
                                    .neutral = 0,
                                    .text = "width of all rectangles of a copy"},
                                   {.name = "hole_height",
                                    .member = &P::hole_height,
                                    .bounds = {0, 1},
                                    .unit = "fraction of the height",
                                    .neutral = 0,
                                    .text = "height of all rectangles of a copy"},
                                   fill_kind<P>(),
                                   fill_color<P>()},
                    .draw = draw});
}

}  // namespace tenfold::builtin
