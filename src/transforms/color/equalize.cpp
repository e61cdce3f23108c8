// equalize: spreads each channel's values so that its histogram becomes even; each channel on its own, alpha
// not at all, and pixels of alpha 0 do not count.
//
// In 8 bit this is Pillow's ImageOps.equalize to the code value: with n pixels, of which `last` have the
// highest value that occurs, step = (n - last) div 255, and
//
//   out(v) = (step div 2 + number of pixels below v) div step;  step = 0 leaves the channel as it is.
//
// In 16 bit that step would be 0 for every image below 65,535 pixels, so there it is not rounded:
//
//   out(v) = (65,535 · number of pixels below v + (n - last) div 2) div (n - last).
//
// With `scope: class` or `dataset` the pixels are those of all images that are expanded, counted once before
// the run in bins of 8 bit, and every image is mapped by the same table.

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <string>

#include "tenfold/transforms/builtin.h"
#include "transforms/color/channel_histogram.h"
#include "transforms/color/equalize_channels.h"
#include "transforms/define.h"
#include "transforms/pixel_layout.h"

namespace tenfold {
namespace {

template <typename Code>
constexpr std::int64_t kHighest = std::numeric_limits<Code>::max();

// Empty if the channel stays as it is.
template <typename Code>
std::vector<Code> equalizing_table(const std::vector<std::int64_t>& counts) {
  std::int64_t total = 0;
  std::int64_t last = 0;
  for (const std::int64_t count : counts) {
    total += count;
    if (count != 0) last = count;
  }
  const std::int64_t spread = total - last;  // 0 where all pixels have one value
  const std::int64_t step = spread / kHighest<Code>;
  if (spread == 0 || (sizeof(Code) == 1 && step == 0)) return {};

  std::vector<Code> table(counts.size());
  std::int64_t below = 0;
  for (std::size_t value = 0; value < counts.size(); ++value) {
    const std::int64_t level =
        sizeof(Code) == 1 ? (step / 2 + below) / step : (kHighest<Code> * below + spread / 2) / spread;
    table[value] = static_cast<Code>(std::min(level, kHighest<Code>));
    below += counts[value];
  }
  return table;
}

// One even table for all images: from the statistics' histogram, which in 16 bit is spread evenly inside each
// of its 256 bins.
template <typename Code>
std::vector<Code> equalizing_table(const std::array<std::uint64_t, 256>& histogram) {
  constexpr std::size_t kBin = (std::size_t{kHighest<Code>} + 1) / 256;
  std::vector<std::int64_t> counts(256 * kBin);
  for (std::size_t code = 0; code < counts.size(); ++code) {
    const std::uint64_t count = histogram[code / kBin], place = code % kBin;
    counts[code] = static_cast<std::int64_t>(count * (place + 1) / kBin - count * place / kBin);
  }
  return equalizing_table<Code>(counts);
}

// Grey images take all three channels together.
std::array<std::uint64_t, 256> histogram_for(const Statistics& statistics, int channel, int colors) {
  std::array<std::uint64_t, 256> sum = statistics.histogram[channel];
  if (colors == 1)
    for (std::size_t code = 0; code < sum.size(); ++code)
      sum[code] += statistics.histogram[1][code] + statistics.histogram[2][code];
  return sum;
}

void equalize_by(const Statistics& statistics, cv::Mat& image) {
  const int colors = color_channels(image);
  with_code_type(image, [&]<typename Code>(Code) {
    for (int channel = 0; channel < colors; ++channel)
      map_channel<Code>(image, channel, equalizing_table<Code>(histogram_for(statistics, channel, colors)));
  });
}

}  // namespace

void equalize_channels(cv::Mat& image) {
  with_code_type(image, [&]<typename Code>(Code) {
    for (int channel = 0; channel < color_channels(image); ++channel)
      map_channel<Code>(image, channel, equalizing_table<Code>(channel_histogram<Code>(image, channel)));
  });
}

namespace builtin {
namespace {

struct Equalize {
  std::string scope = "image";
};

StatisticsScope scope_of(const Equalize& p) {
  return p.scope == "dataset" ? StatisticsScope::kDataset : StatisticsScope::kClass;
}

Step draw(const Equalize& p, Draw& draw) {
  if (p.scope == "image") return PixelStep{equalize_channels};
  const Statistics* statistics = draw.statistics(scope_of(p));
  if (statistics == nullptr) return ColorStep{};
  const auto shared = std::make_shared<const Statistics>(*statistics);
  return PixelStep{[shared](cv::Mat& image) { equalize_by(*shared, image); }};
}

Needs needs(const Equalize& p) { return p.scope == "image" ? Needs{} : Needs{.statistics = {scope_of(p)}}; }

}  // namespace

TransformSpec equalize() {
  return define<Equalize>(
      {.name = "equalize",
       .summary = "Evens out the histogram of each channel, of the image or of the whole dataset.",
       .use = "For dull and dark images, such as X-rays; in prepare for all, or in augment with a p. Not for "
              "noisy images, whose noise it raises.",
       .formula =
           "out(v) = (step/2 + pixels below v) / step, step = (pixels - those of the highest value) / 255",
       .source = "Pillow ImageOps.equalize",
       .example = "{p: 0.2}",
       .parameters = {{.name = "scope",
                       .member = &Equalize::scope,
                       .choices = {"image", "class", "dataset"},
                       .text =
                           "whose pixels are counted: the image's own, or those of all images of its class "
                           "or of the dataset, which then are all mapped alike"}},
       .draw = draw,
       .needs = needs});
}

}  // namespace builtin
}  // namespace tenfold
