// resize: another size for the image; nothing is drawn. `width` and `height` are exact, one of them alone
// keeps the aspect; `shorter` and `longer` set that side and keep the aspect. Sides are rounded half up and
// lie between 1 and 65,535 pixels.
//
// Where both width and height are given, `fit` says what becomes of the aspect:
//
//   stretch   the picture takes the frame's
//   pad       the largest picture of its own aspect that fits into the frame, in the middle ("letterbox");
//             what lies around it is the border policy's, or painted in `fill`
//   crop      the smallest picture of its own aspect that covers the frame; what stands out is cut off

#include <algorithm>
#include <cstdint>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"
#include "transforms/geometry/laid_out.h"

namespace tenfold::builtin {
namespace {

constexpr int kLongestSide = 65'535;

struct Resize {
  std::optional<int> width, height, shorter, longer;
  std::string fit = "stretch";
  std::optional<Color> fill;
};

std::optional<std::string> check(const Resize& p) {
  const int ways = (p.width || p.height ? 1 : 0) + (p.shorter ? 1 : 0) + (p.longer ? 1 : 0);
  if (ways == 0) return "resize needs 'width', 'height', 'shorter' or 'longer'";
  if (ways > 1) return "resize takes 'width' and 'height', or 'shorter', or 'longer', but only one of these";
  if (p.fit != "stretch" && !(p.width && p.height)) return "'fit' goes with both 'width' and 'height'";
  if (p.fill && p.fit != "pad") return "'fill' goes with 'fit: pad'";
  return std::nullopt;
}

// The side that goes with `target` when `side` goes with `reference`.
int proportional(int side, int target, int reference) {
  const std::int64_t twice = 2 * std::int64_t{side} * target + reference;
  return static_cast<int>(std::clamp<std::int64_t>(twice / (2 * std::int64_t{reference}), 1, kLongestSide));
}

cv::Size by_width(cv::Size input, int width) {
  return {width, proportional(input.height, width, input.width)};
}

cv::Size by_height(cv::Size input, int height) {
  return {proportional(input.width, height, input.height), height};
}

// The picture's size where only one side is set.
cv::Size resized(const Resize& p, cv::Size input) {
  if (p.width) return by_width(input, *p.width);
  if (p.height) return by_height(input, *p.height);
  const bool is_wide = input.width >= input.height;
  if (p.shorter) return is_wide ? by_height(input, *p.shorter) : by_width(input, *p.shorter);
  return is_wide ? by_width(input, *p.longer) : by_height(input, *p.longer);
}

// The picture's size in a frame of this size.
cv::Size fitted(const std::string& fit, cv::Size input, cv::Size frame) {
  if (fit == "stretch") return frame;
  const bool is_wider = std::int64_t{input.width} * frame.height >= std::int64_t{frame.width} * input.height;
  return is_wider == (fit == "pad") ? by_width(input, frame.width) : by_height(input, frame.height);
}

std::vector<Step> draw_steps(const Resize& p, Draw& draw) {
  const cv::Size input = draw.frame();
  const cv::Size frame = p.width && p.height ? cv::Size(*p.width, *p.height) : resized(p, input);
  const cv::Size size = fitted(p.fit, input, frame);
  // Halves are rounded down alike on both sides of 0.
  const cv::Point corner((frame.width - size.width) / 2, (frame.height - size.height) / 2);
  return lay_out(input, {frame, {corner, size}}, p.fill);
}

ParameterDefinition<Resize> side(std::string name, std::optional<int> Resize::*member, std::string text) {
  return {.name = std::move(name),
          .member = member,
          .bounds = {1, kLongestSide},
          .unit = "pixels",
          .text = std::move(text)};
}

}  // namespace

TransformSpec resize() {
  using P = Resize;
  return define<P>(
      {.name = "resize",
       .summary = "Gives the image another size.",
       .use = "To give images the size that a trainer wants; in prepare, so that originals and copies are "
              "alike. Do it before other transforms, so they have less to do.",
       .formula =
           "input = (output - corner + 0.5) · size / picture size - 0.5, corner = (0, 0) unless fit is "
           "pad or crop",
       .example = "{shorter: 256}",
       .parameters = {side("width", &P::width, "width; the aspect stays if height is not given"),
                      side("height", &P::height, "height; the aspect stays if width is not given"),
                      side("shorter", &P::shorter, "length of the shorter side; the aspect stays"),
                      side("longer", &P::longer, "length of the longer side; the aspect stays"),
                      {.name = "fit",
                       .member = &P::fit,
                       .choices = {"stretch", "pad", "crop"},
                       .text = "what becomes of the aspect where width and height are given: it is "
                               "changed, or kept by padding or by cropping"},
                      {.name = "fill",
                       .member = &P::fill,
                       .text = "color of the padding; the border policy's if not given"}},
       .draw_steps = draw_steps,
       .check = check});
}

}  // namespace tenfold::builtin
