// equalize: spreads each channel's values so that its histogram becomes even; each channel on its own, alpha
// not at all.
//
// In 8 bit this is Pillow's ImageOps.equalize to the code value: with n pixels, of which `last` have the
// highest value that occurs, step = (n - last) div 255, and
//
//   out(v) = (step div 2 + number of pixels below v) div step;  step = 0 leaves the channel as it is.
//
// In 16 bit that step would be 0 for every image below 65,535 pixels, so there it is not rounded:
//
//   out(v) = (65,535 · number of pixels below v + (n - last) div 2) div (n - last).

#include <algorithm>
#include <limits>

#include "tenfold/transforms/builtin.h"
#include "transforms/color/equalize_channels.h"
#include "transforms/define.h"
#include "transforms/pixel_layout.h"

namespace tenfold {
namespace {

template <typename Code>
constexpr std::int64_t kHighest = std::numeric_limits<Code>::max();

template <typename Code>
std::vector<std::int64_t> histogram(const cv::Mat& image, int channel) {
  std::vector<std::int64_t> counts(kHighest<Code> + 1);
  const int stride = image.channels();
  for (int y = 0; y < image.rows; ++y) {
    const Code* row = image.ptr<Code>(y) + channel;
    for (int x = 0; x < image.cols; ++x) ++counts[row[x * stride]];
  }
  return counts;
}

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

template <typename Code>
void equalize_channel(cv::Mat& image, int channel) {
  const std::vector<Code> table = equalizing_table<Code>(histogram<Code>(image, channel));
  if (table.empty()) return;
  const int stride = image.channels();
  for (int y = 0; y < image.rows; ++y) {
    Code* row = image.ptr<Code>(y) + channel;
    for (int x = 0; x < image.cols; ++x) row[x * stride] = table[row[x * stride]];
  }
}

}  // namespace

void equalize_channels(cv::Mat& image) {
  with_code_type(image, [&]<typename Code>(Code) {
    for (int channel = 0; channel < color_channels(image); ++channel) equalize_channel<Code>(image, channel);
  });
}

namespace builtin {
namespace {

struct Equalize {};

Step draw(const Equalize&, Draw&) { return PixelStep{equalize_channels}; }

}  // namespace

TransformSpec equalize() {
  return define<Equalize>({.name = "equalize",
                           .summary = "Evens out the histogram of each channel.",
                           .formula = "out(v) = (step/2 + pixels below v) / step, step = (pixels - those of "
                                      "the highest value) / 255",
                           .source = "Pillow ImageOps.equalize",
                           .example = "{p: 0.2}",
                           .draw = draw});
}

}  // namespace builtin
}  // namespace tenfold
