#include "tenfold/image/pixel_layout.h"

#include <array>
#include <cmath>
#include <limits>

namespace tenfold {
namespace {

constexpr double kLumaBlue = 0.114, kLumaGreen = 0.587, kLumaRed = 0.299;  // ITU-R BT.601

template <typename From, typename To>
void convert_row(const From* in, int channels_in, To* out, int channels_out, int width) {
  constexpr double kScale =
      static_cast<double>(std::numeric_limits<To>::max()) / std::numeric_limits<From>::max();
  constexpr double kWhite = std::numeric_limits<From>::max();
  const bool color_in = channels_in >= 3, color_out = channels_out >= 3;
  const bool alpha_in = channels_in % 2 == 0, alpha_out = channels_out % 2 == 0;
  for (int x = 0; x < width; ++x, in += channels_in, out += channels_out) {
    const double alpha = alpha_in ? in[channels_in - 1] / kWhite : 1;
    std::array<double, 3> bgr{};
    for (int i = 0; i < 3; ++i) {
      const double code = in[color_in ? i : 0];
      bgr[i] = alpha_out ? code : code * alpha + kWhite * (1 - alpha);
    }
    const double luma = color_in ? kLumaBlue * bgr[0] + kLumaGreen * bgr[1] + kLumaRed * bgr[2] : bgr[0];
    for (int i = 0; i < (color_out ? 3 : 1); ++i)
      out[i] = static_cast<To>(std::lround((color_out ? bgr[i] : luma) * kScale));
    if (alpha_out) out[channels_out - 1] = static_cast<To>(std::lround(alpha * kWhite * kScale));
  }
}

template <typename From, typename To>
cv::Mat converted(const cv::Mat& pixels, int type) {
  cv::Mat result(pixels.size(), type);
  for (int y = 0; y < pixels.rows; ++y)
    convert_row(pixels.ptr<From>(y), pixels.channels(), result.ptr<To>(y), result.channels(), pixels.cols);
  return result;
}

}  // namespace

cv::Mat in_layout(const cv::Mat& pixels, int type) {
  if (pixels.type() == type) return pixels;
  using Byte = std::uint8_t;
  using Word = std::uint16_t;
  if (pixels.depth() == CV_8U)
    return CV_MAT_DEPTH(type) == CV_8U ? converted<Byte, Byte>(pixels, type)
                                       : converted<Byte, Word>(pixels, type);
  return CV_MAT_DEPTH(type) == CV_8U ? converted<Word, Byte>(pixels, type)
                                     : converted<Word, Word>(pixels, type);
}

}  // namespace tenfold
