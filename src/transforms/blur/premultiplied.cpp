#include "transforms/blur/premultiplied.h"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "transforms/pixel_layout.h"

namespace tenfold {
namespace {

constexpr std::uint32_t k16Bit = 65'535;

// Color times alpha and alpha itself, both with 65,535 for full.
template <typename Code>
cv::Mat premultiplied(const cv::Mat& image) {
  constexpr std::uint32_t kFull = std::numeric_limits<Code>::max();
  constexpr std::uint32_t kAlphaScale = k16Bit / kFull;
  constexpr std::uint64_t kColorScale = std::uint64_t{k16Bit} / kFull * kAlphaScale;
  const int channels = image.channels();
  cv::Mat result(image.size(), CV_MAKETYPE(CV_16U, channels));
  for (int y = 0; y < image.rows; ++y) {
    const Code* in = image.ptr<Code>(y);
    auto* out = result.ptr<std::uint16_t>(y);
    for (int x = 0; x < image.cols; ++x, in += channels, out += channels) {
      const std::uint64_t alpha = in[channels - 1];
      for (int c = 0; c + 1 < channels; ++c)
        out[c] = static_cast<std::uint16_t>((in[c] * alpha * kColorScale + k16Bit / 2) / k16Bit);
      out[channels - 1] = static_cast<std::uint16_t>(alpha * kAlphaScale);
    }
  }
  return result;
}

// The way back; where alpha is 0 the color is 0.
template <typename Code>
void store_straight(const cv::Mat& premultiplied, cv::Mat& image) {
  constexpr std::uint64_t kFull = std::numeric_limits<Code>::max();
  const int channels = image.channels();
  for (int y = 0; y < image.rows; ++y) {
    const auto* in = premultiplied.ptr<std::uint16_t>(y);
    Code* out = image.ptr<Code>(y);
    for (int x = 0; x < image.cols; ++x, in += channels, out += channels) {
      const std::uint64_t alpha = in[channels - 1];
      for (int c = 0; c + 1 < channels; ++c)
        out[c] =
            alpha == 0 ? Code{0} : static_cast<Code>(std::min(kFull, (in[c] * kFull + alpha / 2) / alpha));
      out[channels - 1] = static_cast<Code>((alpha * kFull + k16Bit / 2) / k16Bit);
    }
  }
}

cv::Mat filtered_premultiplied(const cv::Mat& image, const Filter& filter) {
  cv::Mat filtered;
  with_code_type(image, [&]<typename Code>(Code) { filter(premultiplied<Code>(image), filtered); });
  return filtered;
}

}  // namespace

void filter_in_place(cv::Mat& image, const Filter& filter) {
  if (has_alpha(image)) {
    const cv::Mat filtered = filtered_premultiplied(image, filter);
    with_code_type(image, [&]<typename Code>(Code) { store_straight<Code>(filtered, image); });
    return;
  }
  cv::Mat filtered;
  filter(image, filtered);
  filtered.copyTo(image);
}

cv::Mat filtered_16_bit(const cv::Mat& image, const Filter& filter) {
  if (has_alpha(image)) {
    cv::Mat filtered = filtered_premultiplied(image, filter);
    store_straight<std::uint16_t>(filtered, filtered);
    return filtered;
  }
  cv::Mat wide, filtered;
  image.convertTo(wide, CV_16U, image.depth() == CV_8U ? k16Bit / 255 : 1);
  filter(wide, filtered);
  return filtered;
}

}  // namespace tenfold
