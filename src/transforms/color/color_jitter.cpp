// color_jitter: brightness, contrast, saturation and hue in one draw, in this order. A parameter that is not
// given is neutral.
//
// torchvision's ColorJitter has the same parameters and differs in three ways. Its contrast spreads values
// about the mean luma of the image, here about 128. Its hue is HSV's, here the linear one of `hue`. It
// shuffles the order and clips after each of the four; here they are one matrix with one rounding.

#include "tenfold/transforms/builtin.h"
#include "transforms/color/color_matrix.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

constexpr Range kSame{1, 1};
constexpr Range kStill{0, 0};
constexpr double kTurn = 360;

struct ColorJitter {
  std::optional<Range> brightness, contrast, saturation, hue;
};

std::optional<std::string> check(const ColorJitter& p) {
  if (p.brightness || p.contrast || p.saturation || p.hue) return std::nullopt;
  return "color_jitter needs at least one of 'brightness', 'contrast', 'saturation' and 'hue'";
}

Step draw(const ColorJitter& p, Draw& draw) {
  const double brightness = draw.uniform("brightness", p.brightness.value_or(kSame));
  const double contrast = draw.uniform("contrast", p.contrast.value_or(kSame));
  const double saturation = draw.uniform("saturation", p.saturation.value_or(kSame));
  const double hue = draw.uniform("hue", p.hue.value_or(kStill));
  const cv::Matx34d tone = composed(contrast_matrix(contrast), line_matrix(brightness, 0));
  return ColorStep{composed(hue_matrix(kTurn * hue), composed(saturation_matrix(saturation), tone))};
}

}  // namespace

TransformSpec color_jitter() {
  using P = ColorJitter;
  return define<P>({.name = "color_jitter",
                    .summary = "Changes brightness, contrast, saturation and hue in one draw.",
                    .use = "For photographs of any kind: the usual start, as in torchvision. Keep its hue "
                           "small, or 0, where color tells the class.",
                    .formula = "out = hue · saturation · contrast · brightness · in, as the transforms of "
                               "these names",
                    .source = "torchvision ColorJitter, with contrast about 128, a linear hue and this order",
                    .example = "{brightness: [0.8, 1.2], contrast: [0.8, 1.2], saturation: [0.8, 1.2], "
                               "hue: ±0.03}",
                    .parameters = {{.name = "brightness",
                                    .member = &P::brightness,
                                    .bounds = {0, 10},
                                    .neutral = 1,
                                    .text = "what code values are multiplied by; 0 is black"},
                                   {.name = "contrast",
                                    .member = &P::contrast,
                                    .bounds = {0, 10},
                                    .neutral = 1,
                                    .text = "how far values lie from the middle; 0 is flat grey"},
                                   {.name = "saturation",
                                    .member = &P::saturation,
                                    .bounds = {0, 10},
                                    .neutral = 1,
                                    .text = "how far colors lie from grey; 0 is grey"},
                                   {.name = "hue",
                                    .member = &P::hue,
                                    .bounds = {-0.5, 0.5},
                                    .unit = "turns",
                                    .neutral = 0,
                                    .text = "angle as a fraction of the full circle; positive goes from red "
                                            "to green to blue"}},
                    .draw = draw,
                    .check = check});
}

}  // namespace tenfold::builtin
