#include "whole_image.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "transforms/color/channel_histogram.h"
#include "transforms/pixel_layout.h"

namespace tenfold::policies {
namespace {

// ITU-R BT.601 in 1/65536 (Pillow's convert("L")), b, g, r.
constexpr std::int64_t kLuma[] = {7471, 38470, 19595};
constexpr int kLumaBits = 16;

template <typename Code>
constexpr int kFull = std::numeric_limits<Code>::max();

// degenerate + factor·(value - degenerate).
template <typename Code>
Code mixed(double degenerate, double value, double factor) {
  const double result = std::floor(degenerate + factor * (value - degenerate) + 0.5);
  return static_cast<Code>(std::clamp(result, 0.0, static_cast<double>(kFull<Code>)));
}

template <typename Code>
std::int64_t luma(const Code* pixel, int colors) {
  if (colors == 1) return pixel[0];
  const std::int64_t sum = kLuma[0] * pixel[0] + kLuma[1] * pixel[1] + kLuma[2] * pixel[2];
  return (sum + (1 << (kLumaBits - 1))) >> kLumaBits;
}

// 0 where nothing can be seen.
template <typename Code>
std::int64_t mean_luma(const cv::Mat& image) {
  const int colors = color_channels(image);
  std::int64_t sum = 0, count = 0;
  for_each_visible<Code>(image, [&](const Code* pixel) {
    sum += luma(pixel, colors);
    ++count;
  });
  return count == 0 ? 0 : (2 * sum + count) / (2 * count);
}

// The mean of the 3×3 pixels about `pixel`, rounded; each counts as much as it is opaque.
template <typename Code>
std::int64_t smoothed(const Code* pixel, std::ptrdiff_t row, int channels, int channel) {
  constexpr std::int64_t kMiddle = 5;
  std::int64_t sum = 0, weights = 0;
  for (int dy = -1; dy <= 1; ++dy) {
    for (int dx = -1; dx <= 1; ++dx) {
      const Code* neighbour = pixel + dy * row + dx * channels;
      const std::int64_t cover = channels % 2 == 0 ? neighbour[channels - 1] : 1;
      const std::int64_t weight = (dx == 0 && dy == 0 ? kMiddle : 1) * cover;
      sum += weight * neighbour[channel];
      weights += weight;
    }
  }
  return weights == 0 ? pixel[channel] : (2 * sum + weights) / (2 * weights);
}

template <typename Code>
void stretch_channel(cv::Mat& image, int channel) {
  int low = kFull<Code>, high = 0;
  for_each_visible<Code>(image, [&](const Code* pixel) {
    low = std::min<int>(low, pixel[channel]);
    high = std::max<int>(high, pixel[channel]);
  });
  if (high <= low) return;
  // In doubles, as Pillow computes it, so that the cut-off fractions agree.
  const double scale = static_cast<double>(kFull<Code>) / (high - low);
  const double offset = -low * scale;
  std::vector<Code> table(kFull<Code> + 1);
  for (std::size_t code = 0; code < table.size(); ++code) {
    const double value = static_cast<double>(code) * scale + offset;
    table[code] = static_cast<Code>(std::clamp<double>(value, 0, kFull<Code>));
  }
  map_channel(image, channel, table);
}

}  // namespace

void spread_about_mean(cv::Mat& image, double factor) {
  with_code_type(image, [&]<typename Code>(Code) {
    const auto mean = static_cast<double>(mean_luma<Code>(image));
    std::vector<Code> table(kFull<Code> + 1);
    for (std::size_t code = 0; code < table.size(); ++code)
      table[code] = mixed<Code>(mean, static_cast<double>(code), factor);
    for (int channel = 0; channel < color_channels(image); ++channel) map_channel(image, channel, table);
  });
}

void sharpen(cv::Mat& image, double factor) {
  const cv::Mat before = image.clone();
  const int channels = image.channels();
  with_code_type(image, [&]<typename Code>(Code) {
    const auto row = static_cast<std::ptrdiff_t>(before.step1());
    for (int y = 1; y < image.rows - 1; ++y) {
      for (int x = 1; x < image.cols - 1; ++x) {
        const Code* in = before.ptr<Code>(y) + x * channels;
        Code* out = image.ptr<Code>(y) + x * channels;
        for (int c = 0; c < color_channels(image); ++c)
          out[c] = mixed<Code>(static_cast<double>(smoothed(in, row, channels, c)), in[c], factor);
      }
    }
  });
}

void stretch_contrast(cv::Mat& image) {
  with_code_type(image, [&]<typename Code>(Code) {
    for (int channel = 0; channel < color_channels(image); ++channel) stretch_channel<Code>(image, channel);
  });
}

}  // namespace tenfold::policies
