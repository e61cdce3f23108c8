#include "transforms/mixing/partner_pixels.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "transforms/beta_quantile.h"
#include "transforms/pixel_layout.h"

namespace tenfold {
namespace {

// The largest rectangle of `aspect` about the centre.
cv::Rect centred(cv::Size of, cv::Size aspect) {
  const double scale =
      std::min(static_cast<double>(of.width) / aspect.width, static_cast<double>(of.height) / aspect.height);
  const auto side = [&](int length, int most) {
    return std::clamp(static_cast<int>(std::lround(length * scale)), 1, most);
  };
  const cv::Size size(side(aspect.width, of.width), side(aspect.height, of.height));
  return {{(of.width - size.width) / 2, (of.height - size.height) / 2}, size};
}

constexpr int kWeightBits = 16;

std::uint64_t weight_of(double share) {
  return static_cast<std::uint64_t>(std::llround(std::ldexp(share, kWeightBits)));
}

template <typename Code>
void blend_rows(cv::Mat& image, const cv::Mat& partner, std::uint64_t weight) {
  const std::uint64_t own = (std::uint64_t{1} << kWeightBits) - weight;
  const int channels = image.channels();
  const int colors = color_channels(image);
  for (int y = 0; y < image.rows; ++y) {
    Code* out = image.ptr<Code>(y);
    const Code* in = partner.ptr<Code>(y);
    for (int x = 0; x < image.cols; ++x, out += channels, in += channels)
      for (int c = 0; c < colors; ++c)
        out[c] =
            static_cast<Code>((out[c] * own + in[c] * weight + (1u << (kWeightBits - 1))) >> kWeightBits);
  }
}

}  // namespace

cv::Mat covering(const cv::Mat& pixels, cv::Size size) {
  const cv::Mat part = pixels(centred(pixels.size(), size));
  if (part.size() == size) return part;
  const bool shrinks = part.cols > size.width || part.rows > size.height;
  cv::Mat result;
  cv::resize(part, result, size, 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
  return result;
}

cv::Mat covering(const Partner& partner, cv::Size size, int type) {
  return covering(partner.pixels(type), size);
}

double own_share(double u, double alpha) {
  const double value = beta_quantile(alpha, alpha, u);
  return std::max(value, 1 - value);
}

cv::Size at_most_half(cv::Size size, cv::Size frame, double opacity) {
  const double pixels = static_cast<double>(frame.width) * frame.height;
  while (2 * opacity * size.width * size.height > pixels)
    --(size.width < size.height ? size.height : size.width);
  return size;
}

bool shows(double share) { return weight_of(share) > 0; }

void blend(cv::Mat& image, const cv::Mat& partner, double share) {
  const std::uint64_t weight = weight_of(share);
  with_code_type(image, [&]<typename Code>(Code) { blend_rows<Code>(image, partner, weight); });
}

}  // namespace tenfold
