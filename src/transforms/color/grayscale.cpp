// grayscale: all three channels become the luma (ITU-R BT.601), which is saturation with factor 0. The image
// keeps its channels, so that a data set does not get images of two kinds.

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

struct Grayscale {};

Step draw(const Grayscale&, Draw&) {
  return ColorStep{{kLumaBlue, kLumaGreen, kLumaRed, 0,  //
                    kLumaBlue, kLumaGreen, kLumaRed, 0,  //
                    kLumaBlue, kLumaGreen, kLumaRed, 0}};
}

}  // namespace

TransformSpec grayscale() {
  return define<Grayscale>({.name = "grayscale",
                            .summary = "Takes the color away; the image keeps its three channels.",
                            .use = "With a small p, where shape and not color should decide, or where some "
                                   "cameras are grey. Not where color is the label.",
                            .formula = "out = 0.299 R + 0.587 G + 0.114 B",
                            .source = "ITU-R BT.601",
                            .example = "{p: 0.2}",
                            .draw = draw});
}

}  // namespace tenfold::builtin
