#include <cstdint>
#include <cstring>
#include <utility>

#include "fusion/padding.h"
#include "tenfold/fusion/program.h"

namespace tenfold {
namespace {

constexpr int kPremultipliedBits = 8;

void pad_row(const uchar* in, int count, uchar* out) {
  for (int i = 0; i + 1 < count; ++i) {
    std::memcpy(out + 4 * i, in + 3 * i, 4);  // the fourth byte is the next pixel's
    out[4 * i + 3] = 0;
  }
  const uchar last[4] = {in[3 * count - 3], in[3 * count - 2], in[3 * count - 1], 0};
  std::memcpy(out + 4 * (count - 1), last, 4);
}

template <typename Code>
void premultiply_row(const Code* in, int count, int channels, std::uint16_t* out) {
  constexpr std::uint64_t kMax = static_cast<Code>(~Code{0});
  constexpr int kBits = sizeof(Code) == 1 ? kPremultipliedBits : 0;
  for (int i = 0; i < count; ++i, in += channels, out += channels) {
    const std::uint64_t alpha = in[channels - 1];
    for (int channel = 0; channel < channels - 1; ++channel)
      out[channel] = static_cast<std::uint16_t>(((in[channel] * alpha << kBits) + kMax / 2) / kMax);
    out[channels - 1] = static_cast<std::uint16_t>(alpha << kBits);
  }
}

}  // namespace

bool is_sampled_as_it_is(int type) { return CV_MAT_CN(type) == 1 || type == CV_16UC3; }

int sampled_type(int type) {
  if (type == CV_8UC3) return CV_8UC4;
  return is_sampled_as_it_is(type) ? type : CV_MAKETYPE(CV_16U, CV_MAT_CN(type));
}

void pad(const cv::Mat& pixels, cv::Mat& padded) {
  const int count = pixels.cols, channels = pixels.channels();
  for (int y = 0; y < pixels.rows; ++y) {
    if (pixels.type() == CV_8UC3)
      pad_row(pixels.ptr(y), count, padded.ptr(y));
    else if (pixels.depth() == CV_8U)
      premultiply_row(pixels.ptr<std::uint8_t>(y), count, channels, padded.ptr<std::uint16_t>(y));
    else
      premultiply_row(pixels.ptr<std::uint16_t>(y), count, channels, padded.ptr<std::uint16_t>(y));
  }
}

Source::Source(cv::Mat pixels) : pixels_(std::move(pixels)) {
  if (is_sampled_as_it_is(pixels_.type())) {
    padded_ = pixels_;
    return;
  }
  padded_.create(pixels_.size(), sampled_type(pixels_.type()));
  pad(pixels_, padded_);
}

}  // namespace tenfold
