// crop_and_pad: moves each side of the frame by a drawn amount, outwards where it is positive and inwards
// where it is negative, in pixels or as a fraction of the image's side, rounded to whole pixels; imgaug's
// CropAndPad. What lies beyond the image is the border policy's. At least one pixel of the image stays, and
// no side grows beyond kLongestSide. By default the result is resized to the image's size; `keep_size:
// false` leaves it as it is.

#include <algorithm>
#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"
#include "transforms/geometry/longest_side.h"

namespace tenfold::builtin {
namespace {

struct CropAndPad {
  std::optional<Range> percent, px;
  bool sample_independently = true;
  bool keep_size = true;
};

std::optional<std::string> check(const CropAndPad& p) {
  if (p.percent && p.px) return "crop_and_pad takes 'percent' or 'px', but not both";
  if (!p.percent && !p.px) return "crop_and_pad needs 'percent' or 'px'";
  return std::nullopt;
}

// By how many pixels each side moves outwards.
struct Margins {
  int top = 0, right = 0, bottom = 0, left = 0;
};

Margins draw_margins(const CropAndPad& p, Draw& draw) {
  const cv::Size frame = draw.frame();
  const Range& range = p.percent ? *p.percent : *p.px;
  const auto amount = [&](const char* name) {
    return p.percent ? draw.uniform(name, range) : draw.integer(name, range);
  };
  const auto pixels = [&](double value, int side) {
    const double moved = std::round(p.percent ? value * side : value);
    return static_cast<int>(std::min<double>(moved, kLongestSide));
  };
  if (!p.sample_independently) {
    const double value = amount("amount");
    const int x = pixels(value, frame.width), y = pixels(value, frame.height);
    return {y, x, y, x};
  }
  Margins margins;
  margins.top = pixels(amount("top"), frame.height);
  margins.right = pixels(amount("right"), frame.width);
  margins.bottom = pixels(amount("bottom"), frame.height);
  margins.left = pixels(amount("left"), frame.width);
  return margins;
}

// Cuts less where nothing of a side would be left.
void leave_a_pixel(int& first, int& last, int side) {
  first = std::max(first, 1 - side);
  last = std::max(last, 1 - side - std::min(first, 0));
}

// Adds less where the side would become too long.
void keep_to_longest(int& first, int& last, int side) {
  first = std::min(first, grown_side(side, static_cast<double>(side) + first) - side);
  const int moved = side + first;
  last = std::min(last, grown_side(moved, static_cast<double>(moved) + last) - moved);
}

Step draw(const CropAndPad& p, Draw& draw) {
  const cv::Size frame = draw.frame();
  Margins margins = draw_margins(p, draw);
  leave_a_pixel(margins.left, margins.right, frame.width);
  leave_a_pixel(margins.top, margins.bottom, frame.height);
  keep_to_longest(margins.left, margins.right, frame.width);
  keep_to_longest(margins.top, margins.bottom, frame.height);
  // In pixels: drawn as fractions and as pixels, the amounts bear the same names.
  draw.record("top", static_cast<double>(margins.top));
  draw.record("right", static_cast<double>(margins.right));
  draw.record("bottom", static_cast<double>(margins.bottom));
  draw.record("left", static_cast<double>(margins.left));
  const cv::Rect window(-margins.left, -margins.top, frame.width + margins.left + margins.right,
                        frame.height + margins.top + margins.bottom);
  return window_step(window, p.keep_size ? frame : window.size());
}

}  // namespace

TransformSpec crop_and_pad() {
  using P = CropAndPad;
  return define<P>(
      {.name = "crop_and_pad",
       .summary = "Moves each side of the frame in or out and resizes the result to the image's size.",
       .use = "For frames that are drawn loosely, as those of a detector are. Not where the object touches "
              "the edge of every picture.",
       .formula = "input = (-left, -top) + (output + 0.5) · size / output size - 0.5, size = (w + left + "
                  "right, h + top + bottom)",
       .source = "imgaug CropAndPad",
       .example = "{percent: ±0.1}",
       .parameters = {{.name = "percent",
                       .member = &P::percent,
                       .bounds = {-0.49, 1},
                       .unit = "fraction of the side",
                       .neutral = 0,
                       .text = "how far each side moves; outwards (pads) where positive, inwards (crops) "
                               "where negative"},
                      {.name = "px",
                       .member = &P::px,
                       .bounds = {-10'000, 10'000},
                       .unit = "pixels",
                       .neutral = 0,
                       .whole = true,
                       .text = "how far each side moves; instead of percent"},
                      {.name = "sample_independently",
                       .member = &P::sample_independently,
                       .text = "whether each side draws an amount of its own"},
                      {.name = "keep_size",
                       .member = &P::keep_size,
                       .text = "whether the result is resized to the image's size"}},
       .draw = draw,
       .check = check});
}

}  // namespace tenfold::builtin
