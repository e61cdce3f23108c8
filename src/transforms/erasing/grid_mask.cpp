// grid_mask: fills the squares of a regular grid that is turned about the image's centre. Of each unit a
// square is erased whose side is `ratio` of it, so 1 - ratio² of the image is kept: 0.84 at the default,
// which is the authors' (their ratio counts what is kept of a side, 0.6, and their unit is 96 to 224 pixels
// of 224).

#include <algorithm>
#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/erasing/fill.h"
#include "transforms/geometry/affine_map.h"

namespace tenfold::builtin {
namespace {

struct GridMask : FillSettings {
  Range unit{0.3, 0.8};
  Range ratio{0.4, 0.4};
  Range degrees{0, 360};
};

struct Grid {
  double unit = 1;  // pixels
  double hole = 0;  // pixels
  double cosine = 1, sine = 0;
  cv::Point2d offset;  // of the grid's origin from the image's centre, in units
};

ErasingMask mask_of(cv::Size frame, const Grid& grid) {
  const double share = grid.hole / grid.unit;
  const auto in_hole = [&](double place) { return place - std::floor(place) < share; };
  ErasingMask mask(frame);
  for (int y = 0; y < frame.height; ++y) {
    const double dy = (y - (frame.height - 1) / 2.0) / grid.unit;
    for (int x = 0; x < frame.width; ++x) {
      const double dx = (x - (frame.width - 1) / 2.0) / grid.unit;
      mask(y, x) = in_hole(grid.cosine * dx - grid.sine * dy + grid.offset.x) &&
                   in_hole(grid.sine * dx + grid.cosine * dy + grid.offset.y);
    }
  }
  return mask;
}

Step draw(const GridMask& p, Draw& draw) {
  const cv::Size frame = draw.frame();
  Grid grid;
  grid.unit = std::max(2.0, draw.uniform("unit", p.unit) * std::min(frame.width, frame.height));
  const double ratio = draw.uniform("ratio", p.ratio);
  const double degrees = draw.uniform("degrees", p.degrees);
  grid.hole = ratio * grid.unit;
  grid.cosine = cos_degrees(degrees);
  grid.sine = sin_degrees(degrees);
  grid.offset.x = draw.uniform("offset_x", {0, 1});
  grid.offset.y = draw.uniform("offset_y", {0, 1});
  const Fill fill{p, draw.noise_key()};
  if (ratio == 0) return ColorStep{};
  return PixelStep{[grid, fill](cv::Mat& image) { fill_erased(image, mask_of(image.size(), grid), fill); }};
}

}  // namespace

TransformSpec grid_mask() {
  using P = GridMask;
  return define<P>(
      {.name = "grid_mask",
       .summary = "Fills the squares of a turned grid.",
       .use = "As grid_dropout, with a grid that is turned and shifted; published for photographs of "
              "objects. Not for small ones.",
       .formula = "out = fill where u mod 1 and v mod 1 < ratio, (u, v) = turned (x, y) / unit + offset",
       .source = "Chen et al., GridMask Data Augmentation, arXiv:2001.04086, 2020",
       .example = "{unit: [0.3, 0.8], ratio: 0.4}",
       .always_random = true,
       .parameters = {{.name = "unit",
                       .member = &P::unit,
                       .bounds = {0.001, 2},
                       .unit = "fraction of the shorter side",
                       .text = "distance between two squares' corners"},
                      {.name = "ratio",
                       .member = &P::ratio,
                       .bounds = {0, 1},
                       .unit = "fraction of the unit",
                       .neutral = 0,
                       .text = "side of a square"},
                      {.name = "degrees",
                       .member = &P::degrees,
                       .bounds = {-360, 360},
                       .unit = "degrees",
                       .text = "turn of the grid, counter-clockwise"},
                      fill_kind<P>(),
                      fill_color<P>()},
       .draw = draw});
}

}  // namespace tenfold::builtin
