// grid_dropout: fills squares on a regular grid. The grid's unit is `unit` of the shorter side, rounded to
// whole pixels and at least 2; in each unit a square of `ratio` of its side is erased, rounded. The grid
// starts at a random pixel.

#include <algorithm>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/erasing/fill.h"

namespace tenfold::builtin {
namespace {

struct GridDropout : FillSettings {
  Range unit{0.1, 0.3};
  Range ratio{0.3, 0.5};
};

ErasingMask mask_of(cv::Size frame, cv::Point offset, int unit, int hole) {
  ErasingMask mask(frame);
  for (int y = 0; y < frame.height; ++y)
    for (int x = 0; x < frame.width; ++x)
      mask(y, x) = (x + offset.x) % unit < hole && (y + offset.y) % unit < hole;
  return mask;
}

Step draw(const GridDropout& p, Draw& draw) {
  const cv::Size frame = draw.frame();
  const double fraction = draw.uniform("unit", p.unit);
  const double ratio = draw.uniform("ratio", p.ratio);
  const int unit = std::max(2, cvRound(fraction * std::min(frame.width, frame.height)));
  const int hole = cvRound(ratio * unit);
  const cv::Point offset(draw.integer("offset_x", 0, unit - 1), draw.integer("offset_y", 0, unit - 1));
  const Fill fill{p, draw.noise_key()};
  if (hole == 0) return ColorStep{};
  return PixelStep{[unit, hole, offset, fill](cv::Mat& image) {
    fill_erased(image, mask_of(image.size(), offset, unit, hole), fill);
  }};
}

}  // namespace

TransformSpec grid_dropout() {
  using P = GridDropout;
  return define<P>({.name = "grid_dropout",
                    .summary = "Fills the squares of a regular grid.",
                    .use = "To make a model look everywhere, in large images. Not for small objects, which "
                           "may fall into a hole.",
                    .formula = "out = fill where x mod unit and y mod unit < ratio · unit, else in",
                    .source = "Chen et al., GridMask, arXiv:2001.04086, 2020, without its rotation",
                    .example = "{unit: [0.1, 0.3], ratio: [0.3, 0.5]}",
                    .always_random = true,
                    .parameters = {{.name = "unit",
                                    .member = &P::unit,
                                    .bounds = {0.001, 1},
                                    .unit = "fraction of the shorter side",
                                    .text = "distance between two squares' corners"},
                                   {.name = "ratio",
                                    .member = &P::ratio,
                                    .bounds = {0, 1},
                                    .unit = "fraction of the unit",
                                    .neutral = 0,
                                    .text = "side of a square"},
                                   fill_kind<P>(),
                                   fill_color<P>()},
                    .draw = draw});
}

}  // namespace tenfold::builtin
