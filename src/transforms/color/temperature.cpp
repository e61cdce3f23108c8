// temperature: the light of the scene takes another color temperature: below 6504 K, that of daylight,
// warmer, above it bluer.
//
// A black body of T kelvin has, after Krystek, the chromaticity (CIE 1960)
//
//   u = (0.860117757 + 1.54118254e-4 T + 1.28641212e-7 T²) / (1 + 8.42420235e-4 T + 7.08145163e-7 T²)
//   v = (0.317398726 + 4.22806245e-5 T + 4.20481691e-8 T²) / (1 - 2.89741816e-5 T + 1.61456053e-7 T²),
//
// which gives x = 3u / (2u - 8v + 4), y = 2v / (2u - 8v + 4) and linear sRGB (IEC 61966-2-1). Its ratio to
// that of 6504 K is a gain on linear light. Code values follow a power law, near enough 1/2.2, so theirs is
// gain^(1/2.2); all three are scaled so that white keeps its luma. A grey image stays as it is.
//
// Temperatures are drawn evenly in their logarithm, which is closer to what the eye sees than kelvins are.
//
// Source: M. Krystek, "An algorithm to calculate correlated colour temperature", Color Research and
// Application 10(1), 1985; good to 1e-4 from 1,000 to 15,000 K.

#include <cmath>

#include "tenfold/transforms/builtin.h"
#include "transforms/color/color_matrix.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

constexpr double kDaylight = 6504;
constexpr double kDisplayGamma = 2.2;

struct Temperature {
  Range kelvin{4500, 9500};
};

// Linear sRGB of a black body's light, of luminance 1; in the order b, g, r.
cv::Vec3d black_body(double kelvin) {
  const double t = kelvin;
  const double u =
      (0.860117757 + t * (1.54118254e-4 + t * 1.28641212e-7)) / (1 + t * (8.42420235e-4 + t * 7.08145163e-7));
  const double v = (0.317398726 + t * (4.22806245e-5 + t * 4.20481691e-8)) /
                   (1 + t * (-2.89741816e-5 + t * 1.61456053e-7));
  const double x = 3 * u / (2 * u - 8 * v + 4);
  const double y = 2 * v / (2 * u - 8 * v + 4);
  const double X = x / y;
  const double Z = (1 - x - y) / y;
  return {0.0557 * X - 0.2040 + 1.0570 * Z, -0.9689 * X + 1.8758 + 0.0415 * Z,
          3.2406 * X - 1.5372 - 0.4986 * Z};
}

// Of code values.
cv::Vec3d gains(double kelvin) {
  const cv::Vec3d light = black_body(kelvin);
  const cv::Vec3d daylight = black_body(kDaylight);
  cv::Vec3d gain;
  for (int c = 0; c < 3; ++c) gain[c] = std::pow(light[c] / daylight[c], 1 / kDisplayGamma);
  return gain / gain.dot({kLumaBlue, kLumaGreen, kLumaRed});
}

Step draw(const Temperature& p, Draw& draw) {
  const double kelvin = draw.log_uniform("kelvin", p.kelvin);
  if (kelvin == kDaylight) return ColorStep{};
  return ColorStep{diagonal_matrix(gains(kelvin), {0, 0, 0})};
}

}  // namespace

TransformSpec temperature() {
  using P = Temperature;
  return define<P>({.name = "temperature",
                    .summary = "Gives the light of the scene another color temperature.",
                    .use = "For scenes in daylight and lamplight: colors stay those of real light. Not for "
                           "stains and other colors that are measured.",
                    .formula = "out = in · (black body of kelvin / black body of 6504 K)^(1/2.2), in linear "
                               "sRGB, luma of white kept",
                    .source = "Krystek, Color Research and Application 10(1), 1985; IEC 61966-2-1",
                    .example = "{kelvin: [4500, 9500]}",
                    .parameters = {{.name = "kelvin",
                                    .member = &P::kelvin,
                                    .bounds = {2000, 15'000},
                                    .unit = "kelvin",
                                    .neutral = kDaylight,
                                    .log_uniform = true,
                                    .text = "color temperature; lower is warmer, higher is bluer"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
