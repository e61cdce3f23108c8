// hue_saturation_value: adds a number to each of HSV's coordinates: hue, saturation and value. A parameter
// that is not given is neutral.
//
// With max, min and C = max - min of a pixel's channels, value is max, saturation 255 C / max, and hue the
// place on the circle of red (0), green (120) and blue (240). Saturation and value are clamped to [0, 255],
// and saturation at most doubles: else the blocks of a JPEG file that are all but grey would show as stains
// of color. So grey, which has no hue, stays grey, and a grey image has but its value. Albumentations'
// HueSaturationValue is the same without that limit, with hue in OpenCV's unit of two degrees, and rounds all
// three to 8 bit.
//
// It is not linear, so it does not fuse; `hue`, `saturation` and `color_jitter` do.
//
// Source: A. R. Smith, "Color gamut transform pairs", SIGGRAPH 1978.

#include <algorithm>
#include <cmath>
#include <limits>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/pixel_layout.h"

namespace tenfold::builtin {
namespace {

constexpr Range kStill{0, 0};
constexpr double kSixth = 60;  // degrees

struct HueSaturationValue {
  std::optional<Range> hue, saturation, value;
};

struct Shift {
  double hue;         // in sixths of the circle, [0, 6)
  double saturation;  // share of the full one
  double value;       // share of white
};

// In sixths of the circle, at least -1 and below 5.
double hue_of(double b, double g, double r, double max, double chroma) {
  if (max == r) return (g - b) / chroma;
  if (max == g) return 2 + (b - r) / chroma;
  return 4 + (r - g) / chroma;
}

// How much of the chroma a channel lacks, by its distance from where its hue begins, in [0, 12).
double lack(double distance) {
  const double k = distance >= 6 ? distance - 6 : distance;
  return std::clamp(std::min(k, 4 - k), 0.0, 1.0);
}

template <typename Code>
void shift_color(Code* pixel, const Shift& shift) {
  constexpr double kWhite = std::numeric_limits<Code>::max();
  const double b = pixel[0], g = pixel[1], r = pixel[2];
  const double max = std::max({b, g, r});
  const double chroma = max - std::min({b, g, r});
  const double value = std::clamp(max + shift.value * kWhite, 0.0, kWhite);
  if (chroma == 0) {
    pixel[0] = pixel[1] = pixel[2] = static_cast<Code>(value + 0.5);
    return;
  }
  const double own = chroma / max;
  const double saturation = std::clamp(own + std::min(shift.saturation, own), 0.0, 1.0);
  double hue = hue_of(b, g, r, max, chroma) + shift.hue;
  if (hue < 0) hue += 6;
  if (hue >= 6) hue -= 6;
  constexpr double kOrigins[3] = {1, 3, 5};  // of b, g, r
  for (int c = 0; c < 3; ++c)
    pixel[c] = static_cast<Code>(value * (1 - saturation * lack(hue + kOrigins[c])) + 0.5);
}

template <typename Code>
void shift_image(cv::Mat& image, const Shift& shift) {
  constexpr double kWhite = std::numeric_limits<Code>::max();
  const int channels = image.channels();
  for (int y = 0; y < image.rows; ++y) {
    Code* pixel = image.ptr<Code>(y);
    for (int x = 0; x < image.cols; ++x, pixel += channels) {
      if (channels < 3)
        pixel[0] = static_cast<Code>(std::clamp(pixel[0] + shift.value * kWhite, 0.0, kWhite) + 0.5);
      else
        shift_color(pixel, shift);
    }
  }
}

std::optional<std::string> check(const HueSaturationValue& p) {
  if (p.hue || p.saturation || p.value) return std::nullopt;
  return "hue_saturation_value needs at least one of 'hue', 'saturation' and 'value'";
}

Step draw(const HueSaturationValue& p, Draw& draw) {
  const double hue = draw.uniform("hue", p.hue.value_or(kStill));
  const double saturation = draw.uniform("saturation", p.saturation.value_or(kStill));
  const double value = draw.uniform("value", p.value.value_or(kStill));
  if (hue == 0 && saturation == 0 && value == 0) return ColorStep{};
  const Shift shift{(hue < 0 ? hue + 360 : hue) / kSixth, saturation / 255, value / 255};
  return PixelStep{[shift](cv::Mat& image) {
    with_code_type(image, [&]<typename Code>(Code) { shift_image<Code>(image, shift); });
  }};
}

}  // namespace

TransformSpec hue_saturation_value() {
  using P = HueSaturationValue;
  return define<P>({.name = "hue_saturation_value",
                    .summary = "Adds to hue, saturation and value of HSV.",
                    .use = "For recipes that come from Albumentations or OpenCV, whose numbers it takes. "
                           "Otherwise color_jitter; not where color is the label.",
                    .formula = "out = HSV⁻¹(HSV(in) + (hue, saturation, value)); grey stays grey",
                    .source = "Smith, Color gamut transform pairs, SIGGRAPH 1978",
                    .example = "{hue: ±20, saturation: ±30, value: ±20}",
                    .parameters = {{.name = "hue",
                                    .member = &P::hue,
                                    .bounds = {-180, 180},
                                    .unit = "degrees",
                                    .neutral = 0,
                                    .text = "angle; positive goes from red to green to blue"},
                                   {.name = "saturation",
                                    .member = &P::saturation,
                                    .bounds = {-255, 255},
                                    .unit = "code values of 0-255",
                                    .neutral = 0,
                                    .text = "what is added to the saturation, which at most doubles"},
                                   {.name = "value",
                                    .member = &P::value,
                                    .bounds = {-255, 255},
                                    .unit = "code values of 0-255",
                                    .neutral = 0,
                                    .text = "what is added to the largest channel, the others keeping their "
                                            "share of it"}},
                    .draw = draw,
                    .check = check});
}

}  // namespace tenfold::builtin
