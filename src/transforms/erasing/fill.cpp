#include "transforms/erasing/fill.h"

#include <array>
#include <limits>

#include "transforms/pixel_layout.h"
#include "transforms/pixel_noise.h"

namespace tenfold {
namespace {

template <typename Code>
using Pixel = std::array<Code, 3>;

template <typename Code>
Pixel<Code> code_of(const Color& color, int colors) {
  constexpr double kScale = std::numeric_limits<Code>::max() / 255;
  const auto code = [](double value) { return static_cast<Code>(cvRound(value * kScale)); };
  if (colors == 1)
    return {code(kLumaBlue * color.blue + kLumaGreen * color.green + kLumaRed * color.red), 0, 0};
  return {code(color.blue), code(color.green), code(color.red)};
}

// Rounded half up; black where nothing is visible.
template <typename Code>
Pixel<Code> mean_of(const cv::Mat& image) {
  std::array<std::uint64_t, 3> sums{};
  std::uint64_t weights = 0;
  const int channels = image.channels();
  const int colors = color_channels(image);
  const bool alpha = has_alpha(image);
  for (int y = 0; y < image.rows; ++y) {
    const Code* pixel = image.ptr<Code>(y);
    for (int x = 0; x < image.cols; ++x, pixel += channels) {
      const std::uint64_t weight = alpha ? pixel[colors] : 1;
      for (int c = 0; c < colors; ++c) sums[static_cast<std::size_t>(c)] += weight * pixel[c];
      weights += weight;
    }
  }
  Pixel<Code> mean{};
  if (weights == 0) return mean;
  for (std::size_t c = 0; c < 3; ++c) mean[c] = static_cast<Code>((sums[c] + weights / 2) / weights);
  return mean;
}

template <typename Code>
void paint(cv::Mat& image, const ErasingMask& mask, const Pixel<Code>& color) {
  const int channels = image.channels();
  for (int y = 0; y < image.rows; ++y) {
    Code* pixel = image.ptr<Code>(y);
    for (int x = 0; x < image.cols; ++x, pixel += channels)
      if (mask(y, x) != 0) std::copy_n(color.begin(), color_channels(image), pixel);
  }
}

template <typename Code>
void paint_noise(cv::Mat& image, const ErasingMask& mask, std::uint64_t key) {
  constexpr int kUnusedBits = 32 - std::numeric_limits<Code>::digits;
  const int channels = image.channels();
  for (int y = 0; y < image.rows; ++y) {
    RowNoise noise(key, y);
    Code* pixel = image.ptr<Code>(y);
    for (int x = 0; x < image.cols; ++x, pixel += channels)
      if (mask(y, x) != 0)
        for (int c = 0; c < color_channels(image); ++c)
          pixel[c] = static_cast<Code>(noise.next() >> kUnusedBits);
  }
}

}  // namespace

void fill_erased(cv::Mat& image, const ErasingMask& mask, const Fill& fill) {
  constexpr std::uint64_t kOwnNoise = 0x66696c6c65726173u;  // another key than the mask's
  with_code_type(image, [&]<typename Code>(Code) {
    if (fill.settings.fill == "noise")
      paint_noise<Code>(image, mask, fill.key ^ kOwnNoise);
    else if (fill.settings.fill == "mean")
      paint<Code>(image, mask, mean_of<Code>(image));
    else
      paint<Code>(image, mask, code_of<Code>(fill.settings.color, color_channels(image)));
  });
}

}  // namespace tenfold
