// tone_curve: bends dark and light tones by moving the two inner control points of a cubic Bézier curve from
// black to white, each up or down; all channels alike. With t = in / 255, a = 1/3 + shadows and
// b = 2/3 + highlights,
//
//   out = 255 · (3 (1-t)² t · a + 3 (1-t) t² · b + t³).
//
// Thirds give a straight line, so 0 is neutral. For a and b in [0, 1] the curve never falls: with c = 1 - b,
// its slope is a quadratic form with the coefficients a, b - a and c, not negative where a + c - 1 ≤ √(ac),
// and (1-a)(1-c) ≥ 0 gives a + c - 1 ≤ ac ≤ √(ac).

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

constexpr double kWhite = 255;
constexpr Range kStill{0, 0};

struct ToneCurve {
  std::optional<Range> shadows, highlights;
};

std::optional<std::string> check(const ToneCurve& p) {
  if (p.shadows || p.highlights) return std::nullopt;
  return "tone_curve needs 'shadows' or 'highlights', or both";
}

Step draw(const ToneCurve& p, Draw& draw) {
  const double shadows = draw.uniform("shadows", p.shadows.value_or(kStill));
  const double highlights = draw.uniform("highlights", p.highlights.value_or(kStill));
  return LookupStep{[a = 1.0 / 3 + shadows, b = 2.0 / 3 + highlights](double value) {
    const double t = value / kWhite;
    const double s = 1 - t;
    return kWhite * t * (3 * s * (s * a + t * b) + t * t);
  }};
}

}  // namespace

TransformSpec tone_curve() {
  using P = ToneCurve;
  return define<P>({.name = "tone_curve",
                    .summary = "Bends dark and light tones along a smooth curve; black and white stay.",
                    .use = "For cameras and photo programs with tone curves of their own. Use gamma where "
                           "one number is enough.",
                    .formula =
                        "out = 255 · (3 (1-t)² t (1/3 + shadows) + 3 (1-t) t² (2/3 + highlights) + t³), "
                        "t = in / 255",
                    .source = "Bézier's cubic curve; the idea of two moved points: Albumentations "
                              "RandomToneCurve",
                    .example = "{shadows: ±0.2, highlights: ±0.2}",
                    .parameters = {{.name = "shadows",
                                    .member = &P::shadows,
                                    .bounds = {-0.33, 0.33},
                                    .unit = "fraction of white",
                                    .neutral = 0,
                                    .text = "how far dark tones are lifted; 0 if only highlights is given"},
                                   {.name = "highlights",
                                    .member = &P::highlights,
                                    .bounds = {-0.33, 0.33},
                                    .unit = "fraction of white",
                                    .neutral = 0,
                                    .text = "how far light tones are lifted; 0 if only shadows is given"}},
                    .draw = draw,
                    .check = check});
}

}  // namespace tenfold::builtin
