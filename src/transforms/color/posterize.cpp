// posterize: keeps the highest bits of each value and clears the others, as Pillow's ImageOps.posterize.
// 16-bit images get the same 2^bits levels, times 257.

#include "tenfold/transforms/builtin.h"
#include "transforms/color/tone_lookup.h"
#include "transforms/define.h"

namespace tenfold::builtin {
namespace {

struct Posterize {
  Range bits{4, 6};
};

Step draw(const Posterize& p, Draw& draw) { return posterized(draw.integer("bits", p.bits)); }

}  // namespace

TransformSpec posterize() {
  using P = Posterize;
  return define<P>({.name = "posterize",
                    .summary = "Leaves fewer levels of each color.",
                    .use = "For screens, scans and compression with few colors; four bits or more. Not where "
                           "fine shades decide.",
                    .formula = "out = w · floor(in / w), w = 2^(8 - bits)",
                    .source = "Pillow ImageOps.posterize",
                    .example = "{bits: [4, 6], p: 0.2}",
                    .parameters = {{.name = "bits",
                                    .member = &P::bits,
                                    .bounds = {1, kAllBits},
                                    .unit = "bits",
                                    .neutral = kAllBits,
                                    .whole = true,
                                    .text = "how many bits of each value are kept"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
