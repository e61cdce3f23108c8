#include "fusion/lattice.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "fusion/border.h"

namespace tenfold {
namespace {

constexpr int kTransposedRows = 16;  // written at a time, so that a line of the input is read once

struct Axis {
  int sign, shift;
};

void index_axis(const Axis& axis, int count, int size, Border border, std::vector<int>& indices) {
  indices.resize(count);
  for (int i = 0; i < count; ++i)
    indices[i] = border_index(std::int64_t{axis.sign} * i + axis.shift, size, border);
}

template <std::size_t kBytes>
class Copier {
 public:
  using Pixel = std::array<std::byte, kBytes>;

  Copier(const cv::Mat& input, const void* fill, const LatticeIndices& indices, int first, cv::Mat& output)
      : input_(input), indices_(indices), first_(first), output_(output) {
    std::memcpy(fill_.data(), fill, kBytes);
  }

  void copy_straight(const LatticeMap& map) {
    const int run_begin = map.x_sign == 1 ? std::clamp(-map.x_shift, 0, output_.cols) : 0;
    const int run_end =
        map.x_sign == 1 ? std::clamp(input_.cols - map.x_shift, run_begin, output_.cols) : run_begin;
    for (int y = 0; y < output_.rows; ++y) {
      auto* out = output_.ptr<Pixel>(y);
      const int row = indices_.y[first_ + y];
      if (row == kFillPixel) {
        std::fill(out, out + output_.cols, fill_);
        continue;
      }
      const auto* in = input_.ptr<Pixel>(row);
      for (int x = 0; x < run_begin; ++x) out[x] = pick(in, indices_.x[x]);
      if (run_begin < run_end)
        std::memcpy(out + run_begin, in + indices_.x[run_begin], (run_end - run_begin) * kBytes);
      for (int x = run_end; x < output_.cols; ++x) out[x] = pick(in, indices_.x[x]);
    }
  }

  // indices.y follows the output's x here, and indices.x its y.
  void copy_transposed() {
    for (int begin = 0; begin < output_.rows; begin += kTransposedRows) {
      const int end = std::min(begin + kTransposedRows, output_.rows);
      for (int x = 0; x < output_.cols; ++x) {
        const int row = indices_.y[x];
        const auto* in = row == kFillPixel ? nullptr : input_.ptr<Pixel>(row);
        for (int y = begin; y < end; ++y)
          output_.ptr<Pixel>(y)[x] = in == nullptr ? fill_ : pick(in, indices_.x[first_ + y]);
      }
    }
  }

 private:
  Pixel pick(const Pixel* row, int x) const { return x == kFillPixel ? fill_ : row[x]; }

  const cv::Mat& input_;
  const LatticeIndices& indices_;
  const int first_;
  cv::Mat& output_;
  Pixel fill_;
};

template <std::size_t kBytes>
void copy(const cv::Mat& input, const LatticeMap& map, const void* fill, const LatticeIndices& indices,
          int first, cv::Mat& output) {
  Copier<kBytes> copier(input, fill, indices, first, output);
  map.swaps ? copier.copy_transposed() : copier.copy_straight(map);
}

}  // namespace

void find_lattice(cv::Size input, const LatticeMap& map, Border border, cv::Size output,
                  LatticeIndices& indices) {
  const int x_count = map.swaps ? output.height : output.width;
  const int y_count = map.swaps ? output.width : output.height;
  index_axis({map.x_sign, map.x_shift}, x_count, input.width, border, indices.x);
  index_axis({map.y_sign, map.y_shift}, y_count, input.height, border, indices.y);
}

void copy_lattice(const cv::Mat& input, const LatticeMap& map, const LatticeIndices& indices,
                  const void* fill, int first, cv::Mat& rows) {
  switch (input.elemSize()) {
    case 1:
      return copy<1>(input, map, fill, indices, first, rows);
    case 2:
      return copy<2>(input, map, fill, indices, first, rows);
    case 3:
      return copy<3>(input, map, fill, indices, first, rows);
    case 4:
      return copy<4>(input, map, fill, indices, first, rows);
    case 6:
      return copy<6>(input, map, fill, indices, first, rows);
    default:
      return copy<8>(input, map, fill, indices, first, rows);
  }
}

}  // namespace tenfold
