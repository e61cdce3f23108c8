// invert: the negative. Alpha stays.

#include "tenfold/transforms/builtin.h"
#include "transforms/color/color_matrix.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

struct Invert {};

Step draw(const Invert&, Draw&) { return ColorStep{line_matrix(-1, 255)}; }

}  // namespace

TransformSpec invert() {
  return define<Invert>({.name = "invert",
                         .summary = "Turns the image into its negative.",
                         .use = "Where dark on light and light on dark mean the same: documents, digits, "
                                "line drawings. Not for photographs.",
                         .formula = "out = 255 - in",
                         .example = "{p: 0.1}",
                         .draw = draw});
}

}  // namespace tenfold::builtin
