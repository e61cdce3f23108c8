#include "fusion/area_average.h"

#include <algorithm>
#include <opencv2/core/hal/intrin.hpp>

namespace tenfold {
namespace {

constexpr int kMaxShortRows = 257;   // whose 8-bit values sum to at most 65,535
constexpr int kMaxIntRows = 65'537;  // whose 16-bit values sum to at most 2^32 - 1

void add_row(const std::uint8_t* in, int count, std::uint16_t* sum) {
  int i = 0;
  for (; i + 8 <= count; i += 8) cv::v_store(sum + i, cv::v_load(sum + i) + cv::v_load_expand(in + i));
  for (; i < count; ++i) sum[i] = static_cast<std::uint16_t>(sum[i] + in[i]);
}

template <typename Value, typename Sum>
void add_row(const Value* in, int count, Sum* sum) {
  for (int i = 0; i < count; ++i) sum[i] += in[i];
}

// Divides by a number of pixels and puts `bits` behind the point: a product with a reciprocal of 40 bits,
// whose error is far below the last bit kept, for a division per value would take longer than all the sums.
class Division {
 public:
  Division(std::uint64_t pixels, int bits)
      : reciprocal_(((std::uint64_t{1} << (kBits + bits)) + pixels / 2) / pixels) {}

  std::uint16_t operator()(std::uint64_t sum) const {
    return static_cast<std::uint16_t>((sum * reciprocal_ + (std::uint64_t{1} << (kBits - 1))) >> kBits);
  }

 private:
  static constexpr int kBits = 40;

  std::uint64_t reciprocal_;
};

// Averages column sums of `rows` rows.
template <typename Sum>
void average_columns(const Sum* sum, int columns, int channels, int rows, int block, int bits,
                     std::uint16_t* out) {
  const int full = std::min(block, columns);
  const Division full_block(static_cast<std::uint64_t>(full) * rows, bits);
  for (int begin = 0; begin < columns; begin += block) {
    const int end = std::min(columns - begin, full) + begin;
    const Division divided =
        end - begin == full ? full_block : Division(static_cast<std::uint64_t>(end - begin) * rows, bits);
    for (int channel = 0; channel < channels; ++channel) {
      std::uint64_t total = 0;
      for (int x = begin; x < end; ++x) total += sum[x * channels + channel];
      out[channel] = divided(total);
    }
    if (channels == 3) out[3] = 0;
    out += channels == 3 ? 4 : channels;
  }
}

template <typename Value, typename Sum>
void average(const cv::Mat& input, cv::Size blocks, Sum* sum, int bits, cv::Mat& output) {
  const int values = input.cols * input.channels();
  for (int y = 0; y < output.rows; ++y) {
    const int begin = y * blocks.height, end = std::min(input.rows - begin, blocks.height) + begin;
    std::fill_n(sum, values, Sum{0});
    for (int row = begin; row < end; ++row) add_row(input.ptr<Value>(row), values, sum);
    average_columns(sum, input.cols, input.channels(), end - begin, blocks.width, bits,
                    output.ptr<std::uint16_t>(y));
  }
}

}  // namespace

cv::Size averaged_size(cv::Size input, cv::Size blocks) {
  return {(input.width - 1) / blocks.width + 1, (input.height - 1) / blocks.height + 1};
}

int averaged_type(int type) {
  const int channels = CV_MAT_CN(type);
  return CV_MAKETYPE(CV_16U, channels == 3 ? 4 : channels);
}

void average_blocks(const cv::Mat& input, cv::Size blocks, std::vector<std::uint64_t>& sums,
                    cv::Mat& output) {
  sums.resize(static_cast<std::size_t>(input.cols) * input.channels());
  const int rows = std::min(blocks.height, input.rows);
  if (input.depth() == CV_16U && rows > kMaxIntRows)
    average<std::uint16_t>(input, blocks, sums.data(), 0, output);
  else if (input.depth() == CV_16U)
    average<std::uint16_t>(input, blocks, reinterpret_cast<std::uint32_t*>(sums.data()), 0, output);
  else if (rows > kMaxShortRows)
    average<std::uint8_t>(input, blocks, sums.data(), kAverageBits, output);
  else
    average<std::uint8_t>(input, blocks, reinterpret_cast<std::uint16_t*>(sums.data()), kAverageBits, output);
}

}  // namespace tenfold
