// channel_shift: adds one number to all channels alike, which is what Keras' channel_shift_range does. Keras
// then clips to the darkest and the lightest value of the image at hand; here the limits are black and white,
// so that the result does not depend on one stray pixel.

#include "tenfold/transforms/builtin.h"
#include "transforms/color/color_matrix.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

struct ChannelShift {
  Range shift{-20, 20};
};

Step draw(const ChannelShift& p, Draw& draw) {
  return ColorStep{line_matrix(1, draw.uniform("shift", p.shift))};
}

}  // namespace

TransformSpec channel_shift() {
  using P = ChannelShift;
  return define<P>(
      {.name = "channel_shift",
       .summary = "Adds one number to all channels.",
       .use =
           "For recipes that come from Keras, where it is a brightness in code values. Otherwise brightness.",
       .formula = "out = in + shift",
       .source = "Keras channel_shift_range, without its clip to the image's own values",
       .example = "{shift: ±20}",
       .parameters = {{.name = "shift",
                       .member = &P::shift,
                       .bounds = {-255, 255},
                       .unit = "code values",
                       .neutral = 0,
                       .text = "what is added, the same for all channels"}},
       .draw = draw});
}

}  // namespace tenfold::builtin
