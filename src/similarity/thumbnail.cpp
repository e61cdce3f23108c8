#include <algorithm>
#include <vector>

#include "tenfold/similarity/look.h"

namespace tenfold {
namespace {

constexpr int kSide = kThumbnailSide;
constexpr int kGround = 128;  // behind transparent pixels

// 8 bits without alpha.
template <typename Value>
cv::Mat plain(const cv::Mat& pixels) {
  constexpr int kStep = sizeof(Value) == 1 ? 1 : 257, kOpaque = 255 * kStep;
  const int channels = pixels.channels(), colors = channels < 3 ? 1 : 3;
  cv::Mat result(pixels.size(), CV_8UC(colors));
  for (int y = 0; y < pixels.rows; ++y) {
    const Value* from = pixels.ptr<Value>(y);
    std::uint8_t* to = result.ptr(y);
    for (int x = 0; x < pixels.cols; ++x, from += channels, to += colors) {
      const int alpha = channels == colors ? kOpaque : from[colors];
      for (int c = 0; c < colors; ++c) {
        const std::int64_t mixed =
            std::int64_t{from[c]} * alpha + std::int64_t{kGround * kStep} * (kOpaque - alpha);
        to[c] = static_cast<std::uint8_t>((mixed + std::int64_t{kStep} * kOpaque / 2) /
                                          (std::int64_t{kStep} * kOpaque));
      }
    }
  }
  return result;
}

// The sums of columns over the rows of one cell. Cells and pixels are measured in units of which a pixel has
// 64 and a cell as many as the image has pixels there, so weights are whole numbers.
class ColumnSums {
 public:
  explicit ColumnSums(const cv::Mat& image)
      : image_(image),
        values_((static_cast<std::size_t>(image.cols) * image.channels() + kBlock - 1) / kBlock * kBlock) {
    partial_.resize(values_);
    whole_.resize(values_);
    row_.resize(values_);
  }

  // Of the rows of cell row `cell`.
  const std::vector<std::uint32_t>& of_cells(int cell) {
    std::fill(partial_.begin(), partial_.end(), 0);
    const std::int64_t begin = std::int64_t{cell} * image_.rows, end = begin + image_.rows;
    int rows = 0;
    for (std::int64_t y = begin / kSide; y * kSide < end; ++y) {
      const auto weight = std::min(y * kSide + kSide, end) - std::max(y * kSide, begin);
      const std::uint8_t* row = image_.ptr(static_cast<int>(y));
      if (weight == kSide) {
        add_whole(row);
        if (++rows == kMostRows) flush(), rows = 0;
      } else {
        add_partial(row, static_cast<std::uint32_t>(weight));
      }
    }
    flush();
    return partial_;
  }

 private:
  static constexpr std::size_t kBlock = 16;  // a fixed number of turns, for which compilers make vector code
  static constexpr int kMostRows = 257;      // that 16 bits hold

  // `row` with room for the last block.
  const std::uint8_t* padded(const std::uint8_t* row) {
    std::copy_n(row, static_cast<std::size_t>(image_.cols) * image_.channels(), row_.begin());
    return row_.data();
  }

  void add_whole(const std::uint8_t* row) {
    const std::uint8_t* __restrict from = padded(row);
    std::uint16_t* __restrict to = whole_.data();
    for (std::size_t x = 0; x < values_; x += kBlock)
      for (std::size_t i = 0; i < kBlock; ++i)
        to[x + i] = static_cast<std::uint16_t>(to[x + i] + from[x + i]);
  }

  void add_partial(const std::uint8_t* row, std::uint32_t weight) {
    const std::uint8_t* __restrict from = padded(row);
    std::uint32_t* __restrict to = partial_.data();
    for (std::size_t x = 0; x < values_; x += kBlock)
      for (std::size_t i = 0; i < kBlock; ++i) to[x + i] += weight * from[x + i];
  }

  void flush() {
    for (std::size_t x = 0; x < values_; ++x) partial_[x] += std::uint32_t{kSide} * whole_[x];
    std::fill(whole_.begin(), whole_.end(), std::uint16_t{0});
  }

  const cv::Mat& image_;
  std::size_t values_;
  std::vector<std::uint32_t> partial_;
  std::vector<std::uint16_t> whole_;
  std::vector<std::uint8_t> row_;
};

// The luma (BT.601) of one row of cells, from the sums of its columns.
template <int kChannels>
void average_row(const std::vector<std::uint32_t>& columns, cv::Size size, std::uint16_t* luma) {
  constexpr std::array<std::uint64_t, 3> kBgr{1868, 9617, 4899};  // 16,384 together
  const std::int64_t width = size.width;
  const std::uint64_t area = static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(size.height);
  for (std::int64_t cell = 0; cell < kSide; ++cell) {
    std::array<std::uint64_t, kChannels> sums{};
    const std::int64_t begin = cell * width, end = begin + width;
    for (std::int64_t x = begin / kSide; x * kSide < end; ++x) {
      const auto weight =
          static_cast<std::uint64_t>(std::min(x * kSide + kSide, end) - std::max(x * kSide, begin));
      for (int c = 0; c < kChannels; ++c)
        sums[c] += weight * columns[static_cast<std::size_t>(x * kChannels + c)];
    }
    std::uint64_t sum = sums[0];
    if constexpr (kChannels == 3) sum = (kBgr[0] * sums[0] + kBgr[1] * sums[1] + kBgr[2] * sums[2]) >> 14;
    luma[cell] = static_cast<std::uint16_t>((sum * 256 + area / 2) / area);
  }
}

}  // namespace

Thumbnail thumbnail_of(const cv::Mat& pixels) {
  CV_Assert(std::min(pixels.rows, pixels.cols) >= kSide);
  const bool is_plain = pixels.type() == CV_8UC1 || pixels.type() == CV_8UC3;
  const cv::Mat image = is_plain                  ? pixels
                        : pixels.depth() == CV_8U ? plain<std::uint8_t>(pixels)
                                                  : plain<std::uint16_t>(pixels);
  Thumbnail thumbnail;
  ColumnSums sums(image);
  for (int y = 0; y < kSide; ++y) {
    const std::vector<std::uint32_t>& columns = sums.of_cells(y);
    std::uint16_t* luma = thumbnail.luma.data() + y * kSide;
    image.channels() == 1 ? average_row<1>(columns, image.size(), luma)
                          : average_row<3>(columns, image.size(), luma);
  }
  return thumbnail;
}

}  // namespace tenfold
