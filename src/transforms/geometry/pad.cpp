// pad: enlarges the frame to at least width × height, or until both sides are multiples of a number, and
// leaves the picture's pixels as they are. What is added is the border policy's; a `fill` color of its own is
// painted by a pixel step, which fusion does not cross. In the centre an odd rest leaves the larger half on
// the right and at the bottom.

#include <algorithm>
#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/laid_out.h"
#include "transforms/geometry/longest_side.h"

namespace tenfold::builtin {
namespace {

constexpr Bounds kSideBounds{1, 65'535};

struct Pad {
  std::optional<int> width, height, multiple;
  std::string position = "center";
  std::optional<Color> fill;
};

std::optional<std::string> check(const Pad& p) {
  const bool in_pixels = p.width || p.height;
  if (p.multiple && in_pixels) return "pad takes 'multiple', or 'width' and 'height', but not both";
  if (!p.multiple && !in_pixels) return "pad needs 'width' and 'height', or 'multiple'";
  return std::nullopt;
}

int next_multiple(int side, int number) { return grown_side(side, std::ceil(1.0 * side / number) * number); }

std::vector<Step> draw_steps(const Pad& p, Draw& draw) {
  const cv::Size input = draw.frame();
  cv::Size frame(std::max(input.width, p.width.value_or(1)), std::max(input.height, p.height.value_or(1)));
  if (p.multiple) frame = {next_multiple(input.width, *p.multiple), next_multiple(input.height, *p.multiple)};
  const cv::Size rest = frame - input;
  cv::Point corner(0, 0);
  if (p.position == "center") corner = {rest.width / 2, rest.height / 2};
  if (p.position.ends_with("right")) corner.x = rest.width;
  if (p.position.starts_with("bottom")) corner.y = rest.height;
  return lay_out(input, {frame, {corner, input}}, p.fill);
}

}  // namespace

TransformSpec pad() {
  using P = Pad;
  return define<P>(
      {.name = "pad",
       .summary = "Enlarges the frame to a size and leaves the picture as it is.",
       .use = "To give images one size without bending them; in prepare, so that originals and copies are "
              "alike. Not needed where the trainer pads.",
       .formula = "input = output - corner, corner = floor((frame - image size) / 2) in the centre",
       .example = "{width: 256, height: 256}",
       .parameters = {{.name = "width",
                       .member = &P::width,
                       .bounds = kSideBounds,
                       .unit = "pixels",
                       .text = "least width of the frame; the image's if not given"},
                      {.name = "height",
                       .member = &P::height,
                       .bounds = kSideBounds,
                       .unit = "pixels",
                       .text = "least height of the frame; the image's if not given"},
                      {.name = "multiple",
                       .member = &P::multiple,
                       .bounds = {1, 4096},
                       .unit = "pixels",
                       .text = "both sides grow to the next multiple of it; instead of width and height"},
                      {.name = "position",
                       .member = &P::position,
                       .choices = {"center", "top_left", "top_right", "bottom_left", "bottom_right"},
                       .text = "where in the frame the picture stands"},
                      {.name = "fill",
                       .member = &P::fill,
                       .text = "color of what is added; the border policy's if not given"}},
       .draw_steps = draw_steps,
       .check = check});
}

}  // namespace tenfold::builtin
