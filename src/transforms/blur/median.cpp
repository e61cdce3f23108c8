// OpenCV's median takes 8 bit at any size, and 16 bit up to 5×5 pixels. For what it does not take, a
// histogram slides along each row and the median is kept up to date rather than searched (T. S. Huang et al.,
// "A fast two-dimensional median filtering algorithm", IEEE Transactions on Acoustics, Speech, and Signal
// Processing 27(1), 1979). It has two levels, of the high byte and of the whole value.

#include "transforms/blur/median.h"

#include <array>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace tenfold {
namespace {

class SlidingHistogram {
 public:
  SlidingHistogram() : fine_(65'536) {}

  void add(std::uint16_t value) { change(value, 1); }
  void remove(std::uint16_t value) { change(value, -1); }

  // The value that has `rank` values below or beside it in their order.
  std::uint16_t at_rank(int rank) const {
    std::size_t high = 0;
    for (; rank >= coarse_[high]; ++high) rank -= coarse_[high];
    std::size_t value = high << 8;
    for (; rank >= fine_[value]; ++value) rank -= fine_[value];
    return static_cast<std::uint16_t>(value);
  }

 private:
  void change(std::uint16_t value, int by) {
    coarse_[value >> 8] += by;
    fine_[value] += by;
  }

  std::array<int, 256> coarse_{};
  std::vector<int> fine_;
};

// One plane with a border of `radius` around it.
void slide(const cv::Mat& bordered, cv::Mat& out, int radius) {
  const int side = 2 * radius + 1;
  const int middle = side * side / 2;
  SlidingHistogram histogram;
  const auto change_column = [&](int y, int x, bool enters) {
    for (int row = y; row < y + side; ++row) {
      const auto value = bordered.at<std::uint16_t>(row, x);
      enters ? histogram.add(value) : histogram.remove(value);
    }
  };
  for (int y = 0; y < out.rows; ++y) {
    for (int x = 0; x < side - 1; ++x) change_column(y, x, true);
    for (int x = 0; x < out.cols; ++x) {
      change_column(y, x + side - 1, true);
      out.at<std::uint16_t>(y, x) = histogram.at_rank(middle);
      change_column(y, x, false);
    }
    for (int x = out.cols; x < out.cols + side - 1; ++x) change_column(y, x, false);
  }
}

void slide_over_planes(const cv::Mat& bordered, cv::Mat& out, int radius) {
  for (int channel = 0; channel < out.channels(); ++channel) {
    cv::Mat plane;
    cv::extractChannel(bordered, plane, channel);
    cv::Mat median(out.size(), CV_16UC1);
    slide(plane, median, radius);
    cv::insertChannel(median, out, channel);
  }
}

}  // namespace

void median_filter(const cv::Mat& in, cv::Mat& out, int radius) {
  constexpr int kWidestOf16Bit = 2;
  cv::Mat bordered;  // as OpenCV would repeat the outermost pixels instead
  cv::copyMakeBorder(in, bordered, radius, radius, radius, radius,
                     cv::BORDER_REFLECT_101 | cv::BORDER_ISOLATED);
  out.create(in.size(), in.type());
  if (in.depth() == CV_16U && radius > kWidestOf16Bit) {
    slide_over_planes(bordered, out, radius);
    return;
  }
  cv::Mat median;
  cv::medianBlur(bordered, median, 2 * radius + 1);
  median(cv::Rect({radius, radius}, in.size())).copyTo(out);
}

}  // namespace tenfold
