// resize: another size for the image; nothing is drawn. `width` and `height` are exact, one of them alone
// keeps the aspect; `shorter` and `longer` set that side and keep the aspect. Sides are rounded half up and
// lie between 1 and 65,535 pixels.

#include <algorithm>
#include <cstdint>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"

namespace tenfold::builtin {
namespace {

constexpr int kLongestSide = 65'535;

struct Resize {
  std::optional<int> width, height, shorter, longer;
};

std::optional<std::string> check(const Resize& p) {
  const int ways = (p.width || p.height ? 1 : 0) + (p.shorter ? 1 : 0) + (p.longer ? 1 : 0);
  if (ways == 0) return "resize needs 'width', 'height', 'shorter' or 'longer'";
  if (ways > 1) return "resize takes 'width' and 'height', or 'shorter', or 'longer', but only one of these";
  return std::nullopt;
}

// The side that goes with `target` when `side` goes with `reference`.
int proportional(int side, int target, int reference) {
  const std::int64_t twice = 2 * std::int64_t{side} * target + reference;
  return static_cast<int>(std::clamp<std::int64_t>(twice / (2 * std::int64_t{reference}), 1, kLongestSide));
}

cv::Size resized(const Resize& p, cv::Size frame) {
  if (p.width && p.height) return {*p.width, *p.height};
  const bool is_wide = frame.width >= frame.height;
  const bool by_width = p.width || (p.shorter && !is_wide) || (p.longer && is_wide);
  const int target = p.width ? *p.width : p.height ? *p.height : p.shorter ? *p.shorter : *p.longer;
  if (by_width) return {target, proportional(frame.height, target, frame.width)};
  return {proportional(frame.width, target, frame.height), target};
}

Step draw(const Resize& p, Draw& draw) {
  const cv::Size frame = draw.frame();
  return window_step({{0, 0}, frame}, resized(p, frame));
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
       .formula = "input = (output + 0.5) · size / output size - 0.5",
       .example = "{shorter: 256}",
       .parameters = {side("width", &P::width, "width; the aspect stays if height is not given"),
                      side("height", &P::height, "height; the aspect stays if width is not given"),
                      side("shorter", &P::shorter, "length of the shorter side; the aspect stays"),
                      side("longer", &P::longer, "length of the longer side; the aspect stays")},
       .draw = draw,
       .check = check});
}

}  // namespace tenfold::builtin
