// channel_shuffle: puts the color channels into another order, one of the five that are not their own. Grey
// images stay as they are.

#include <array>
#include <string_view>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

struct ChannelShuffle {};

constexpr std::array<std::string_view, 5> kOrders{"rbg", "grb", "gbr", "brg", "bgr"};

// Which of b, g, r this letter names.
int channel_named(char letter) { return letter == 'b' ? 0 : letter == 'g' ? 1 : 2; }

Step draw(const ChannelShuffle&, Draw& draw) {
  const auto index = static_cast<std::size_t>(draw.unit() * kOrders.size());
  const std::string_view order = kOrders[index];
  draw.record("order", std::string(order));
  ColorStep step{cv::Matx34d::zeros()};
  for (int place = 0; place < 3; ++place)
    step.matrix(channel_named("rgb"[place]), channel_named(order[static_cast<std::size_t>(place)])) = 1;
  return step;
}

}  // namespace

TransformSpec channel_shuffle() {
  return define<ChannelShuffle>(
      {.name = "channel_shuffle",
       .summary = "Puts red, green and blue into another order.",
       .use = "Where color must tell nothing: toys, cars, clothes. Not for natural scenes, skin or stains; "
              "does nothing for grey images.",
       .formula = "order gbr: out = (G, B, R); one of the five orders that are not rgb",
       .example = "{p: 0.2}",
       .always_random = true,
       .draw = draw});
}

}  // namespace tenfold::builtin
