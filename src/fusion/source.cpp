#include <array>
#include <cstdint>
#include <cstring>
#include <mutex>
#include <utility>
#include <vector>

#include "fusion/area_average.h"
#include "fusion/padding.h"
#include "fusion/plane_layouts.h"
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

bool is_sampled_as_it_is(int type) { return type == CV_16UC1 || type == CV_16UC3; }

int padded_type(int type) {
  if (type == CV_8UC1) return CV_8UC2;
  if (type == CV_8UC3) return CV_8UC4;
  return is_sampled_as_it_is(type) ? type : CV_MAKETYPE(CV_16U, CV_MAT_CN(type));
}

cv::Size padded_size(const cv::Mat& pixels) {
  return {pixels.type() == CV_8UC1 ? pixels.cols + 1 : pixels.cols, pixels.rows};
}

void pad(const cv::Mat& pixels, cv::Mat& padded) {
  if (pixels.type() == CV_8UC1) return pair_rows(pixels, padded);
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

struct Source::Layouts {
  cv::Mat pixels, padded;
  std::array<cv::Mat, kMaxAverageLevel + 1> averages;
  std::once_flag padded_made;
  std::array<std::once_flag, kMaxAverageLevel + 1> average_made;
};

Source::Source(cv::Mat pixels) : layouts_(std::make_unique<Layouts>()) {
  layouts_->pixels = std::move(pixels);
}

Source::Source(Source&&) noexcept = default;
Source& Source::operator=(Source&&) noexcept = default;
Source::~Source() = default;

const cv::Mat& Source::pixels() const { return layouts_->pixels; }

const cv::Mat& Source::padded() const {
  if (is_sampled_as_it_is(pixels().type())) return pixels();
  std::call_once(layouts_->padded_made, [this] {
    layouts_->padded.create(padded_size(pixels()), padded_type(pixels().type()));
    pad(pixels(), layouts_->padded);
  });
  return layouts_->padded;
}

const cv::Mat& Source::average(int level) const {
  cv::Mat& result = layouts_->averages[level];
  std::call_once(layouts_->average_made[level], [&] {
    const cv::Mat& finer = level > 1 ? average(level - 1) : averaged_from(*this);
    const cv::Size blocks(2, 2);
    result.create(averaged_size(finer.size(), blocks), averaged_type(finer.type()));
    if (pixels().type() == CV_8UC1) return halve_plane(finer, result);
    std::vector<std::uint64_t> sums;
    average_blocks(finer, blocks, sums, result);
  });
  return result;
}

const cv::Mat& averaged_from(const Source& source) {
  return source.pixels().channels() % 2 == 0 ? source.padded() : source.pixels();
}

}  // namespace tenfold
