#include "tenfold/run/statistics.h"

namespace tenfold {
namespace {

struct Codes {
  std::array<std::uint8_t, 3> bgr;
  bool visible;
};

// A pixel of any layout, by the high byte of 16-bit codes.
template <typename Code>
Codes codes_at(const Code* pixel, int channels) {
  constexpr int kShift = 8 * (static_cast<int>(sizeof(Code)) - 1);
  const auto code = [&](int channel) { return static_cast<std::uint8_t>(pixel[channel] >> kShift); };
  const bool visible = channels % 2 == 1 || pixel[channels - 1] != 0;
  if (channels < 3) return {{code(0), code(0), code(0)}, visible};
  return {{code(0), code(1), code(2)}, visible};
}

template <typename Code>
void add_pixels(const cv::Mat& image, Statistics& sums) {
  const int channels = image.channels();
  for (int y = 0; y < image.rows; ++y) {
    const Code* pixel = image.ptr<Code>(y);
    for (int x = 0; x < image.cols; ++x, pixel += channels) {
      const Codes codes = codes_at(pixel, channels);
      if (!codes.visible) continue;
      ++sums.pixels;
      for (int i = 0; i < 3; ++i) {
        ++sums.histogram[i][codes.bgr[i]];
        for (int j = i; j < 3; ++j) sums.products[i][j] += std::uint32_t{codes.bgr[i]} * codes.bgr[j];
      }
    }
  }
}

void add_sums(const Statistics& other, Statistics& sums) {
  sums.pixels += other.pixels;
  for (int i = 0; i < 3; ++i) {
    for (int code = 0; code < 256; ++code) sums.histogram[i][code] += other.histogram[i][code];
    for (int j = 0; j < 3; ++j) sums.products[i][j] += other.products[i][j];
  }
}

Statistics finished(Statistics sums) {
  FieldHasher hasher;
  for (int i = 0; i < 3; ++i) {
    for (int j = i; j < 3; ++j) hasher.add(sums.products[i][j]);
    for (int j = 0; j < i; ++j) sums.products[i][j] = sums.products[j][i];
    for (const std::uint64_t count : sums.histogram[i]) hasher.add(count);
  }
  sums.hash = hasher.finish();
  return sums;
}

}  // namespace

void StatisticsSums::add(const cv::Mat& pixels, std::uint32_t class_index) {
  if (pixels.depth() == CV_8U)
    add_pixels<std::uint8_t>(pixels, by_class_[class_index]);
  else
    add_pixels<std::uint16_t>(pixels, by_class_[class_index]);
}

void StatisticsSums::add(const StatisticsSums& other) {
  for (std::size_t i = 0; i < by_class_.size(); ++i) add_sums(other.by_class_[i], by_class_[i]);
}

std::vector<Statistics> StatisticsSums::of_classes() const {
  std::vector<Statistics> all;
  for (const Statistics& sums : by_class_) all.push_back(finished(sums));
  return all;
}

Statistics StatisticsSums::of_all() const {
  Statistics all;
  for (const Statistics& sums : by_class_) add_sums(sums, all);
  return finished(all);
}

}  // namespace tenfold
