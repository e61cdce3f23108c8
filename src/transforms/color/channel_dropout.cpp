// channel_dropout: one or two of the color channels take a constant value. A grey image counts as three equal
// channels and keeps the luma of the result, so it gets darker or lighter.

#include <array>
#include <string_view>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

struct ChannelDropout {
  Range channels{1, 1};
  int fill = 0;
};

constexpr std::array<std::string_view, 3> kOne{"r", "g", "b"};
constexpr std::array<std::string_view, 3> kTwo{"gb", "rb", "rg"};

Step draw(const ChannelDropout& p, Draw& draw) {
  const int count = draw.integer("channels", p.channels);
  const auto index = static_cast<std::size_t>(draw.unit() * kOne.size());
  const std::string_view dropped = (count == 1 ? kOne : kTwo)[index];
  draw.record("dropped", std::string(dropped));
  ColorStep step;
  for (const char letter : dropped) {
    const int channel = letter == 'b' ? 0 : letter == 'g' ? 1 : 2;
    step.matrix(channel, channel) = 0;
    step.matrix(channel, 3) = p.fill;
  }
  return step;
}

}  // namespace

TransformSpec channel_dropout() {
  using P = ChannelDropout;
  return define<P>(
      {.name = "channel_dropout",
       .summary = "Replaces one or two of the color channels by a constant.",
       .use = "Where channels may fail or must not be relied on one by one. Not for everyday photographs.",
       .formula = "out = fill in the dropped channels",
       .example = "{channels: 1, p: 0.2}",
       .always_random = true,
       .parameters = {{.name = "channels",
                       .member = &P::channels,
                       .bounds = {1, 2},
                       .weakest = 1,
                       .whole = true,
                       .text = "how many channels are dropped; any of them"},
                      {.name = "fill",
                       .member = &P::fill,
                       .bounds = {0, 255},
                       .unit = "code values of 0-255",
                       .text = "the value they take"}},
       .draw = draw});
}

}  // namespace tenfold::builtin
