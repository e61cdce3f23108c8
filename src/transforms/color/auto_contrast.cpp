// auto_contrast: stretches each channel so that its darkest value becomes black and its lightest white, after
// `cutoff` percent of the pixels at either end have been left out of account. Pixels of alpha 0 do not count.
//
// With n pixels, low is the lowest value that has more than floor(n · cutoff / 100) pixels at or below it,
// high the highest that has more than as many at or above it, and out = 255 (in - low) / (high - low),
// rounded; where high ≤ low the channel stays. Pillow's ImageOps.autocontrast cuts the fraction off instead
// of rounding, so it is up to one code value darker.

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tenfold/transforms/builtin.h"
#include "transforms/color/channel_histogram.h"
#include "transforms/define.h"
#include "transforms/pixel_layout.h"

namespace tenfold::builtin {
namespace {

struct AutoContrast {
  Range cutoff{0, 1};
};

// Where walking over the counts has met more than `ignored` pixels.
template <typename Iterator>
std::int64_t steps_past(Iterator first, std::int64_t ignored) {
  std::int64_t steps = 0;
  for (std::int64_t seen = *first; seen <= ignored; seen += *++first) ++steps;
  return steps;
}

// Empty if the channel stays as it is.
template <typename Code>
std::vector<Code> stretching_table(const std::vector<std::int64_t>& counts, double cutoff) {
  const std::int64_t pixels = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  if (pixels == 0) return {};
  const auto ignored = static_cast<std::int64_t>(std::floor(static_cast<double>(pixels) * cutoff / 100));
  constexpr std::int64_t kWhite = std::numeric_limits<Code>::max();
  const std::int64_t low = steps_past(counts.begin(), ignored);
  const std::int64_t high = kWhite - steps_past(counts.rbegin(), ignored);
  const std::int64_t width = high - low;
  if (width <= 0) return {};
  std::vector<Code> table(counts.size());
  for (std::int64_t value = 0; value <= kWhite; ++value) {
    const std::int64_t level = (kWhite * (std::max(value, low) - low) + width / 2) / width;
    table[static_cast<std::size_t>(value)] = static_cast<Code>(std::min(level, kWhite));
  }
  return table;
}

Step draw(const AutoContrast& p, Draw& draw) {
  const double cutoff = draw.uniform("cutoff", p.cutoff);
  return PixelStep{[cutoff](cv::Mat& image) {
    with_code_type(image, [&]<typename Code>(Code) {
      for (int channel = 0; channel < color_channels(image); ++channel)
        map_channel<Code>(image, channel,
                          stretching_table<Code>(channel_histogram<Code>(image, channel), cutoff));
    });
  }};
}

}  // namespace

TransformSpec auto_contrast() {
  using P = AutoContrast;
  return define<P>({.name = "auto_contrast",
                    .summary = "Stretches each channel to the full range from black to white.",
                    .use = "For images that differ in exposure: in prepare to even them out, in augment with "
                           "a p as a variation. Not where absolute brightness is the label.",
                    .formula = "out = 255 · (in - low) / (high - low), between the values that cutoff leaves",
                    .source = "Pillow ImageOps.autocontrast",
                    .example = "{cutoff: [0, 1], p: 0.2}",
                    .parameters = {{.name = "cutoff",
                                    .member = &P::cutoff,
                                    .bounds = {0, 49},
                                    .unit = "percent of the pixels",
                                    .weakest = 0,
                                    .text = "share of the darkest and of the lightest pixels that may "
                                            "saturate"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
