// Sums over the pixels of an image, for the mean and the standard deviation of its channels.
//
//   * The channels are red, green and blue, or grey alone. Alpha does not count: what lies under it does.
//   * Codes are fractions of full scale, whatever their depth.
//   * Of an image of at least 256 rows, one of every ⌊rows / 128⌋ counts, each time another one: at least
//   128.
//   * A JPEG's planes are colors as of a decoder that does not interpolate chroma and has room for codes
//   beyond
//     0 to 255.
//   * Sums are whole numbers: the same on every instruction set.

#pragma once

#include <array>
#include <cstdint>
#include <opencv2/core.hpp>

#include "tenfold/image/planes.h"

namespace tenfold {

struct PixelMoments {
  int channels = 0;  // 1 grey, 3 red, green and blue
  std::array<double, 3> mean{}, std{};
};

// `pixels`: H×W×{1,2,3,4} of CV_8U or CV_16U.
PixelMoments moments_of(const cv::Mat& pixels);

// Of one channel.
struct ChannelSums {
  std::uint64_t codes = 0, squares = 0;
};
using ColorSums = std::array<ChannelSums, 3>;  // red, green, blue; or grey

// Of planes, over samples of luma: of the codes, chroma's less 128, and of their products.
struct PlaneProducts {
  std::int64_t luma = 0, cb = 0, cr = 0;
  std::int64_t luma_luma = 0, luma_cb = 0, luma_cr = 0, cb_cb = 0, cb_cr = 0, cr_cr = 0;

  PlaneProducts& operator+=(const PlaneProducts& other);
};

// Takes the planes of an image row by row, as they are made for encode_planes(). Not thread-safe.
class PlaneSums {
 public:
  explicit PlaneSums(const PlaneLayout& layout) : layout_(layout) {}

  // Rows of a plane from `first` on. Those of luma come first, then those of chroma that belong to them; they
  // are read with the last of them.
  void add(int plane, int first, const cv::Mat& rows);

  PixelMoments moments() const;

 private:
  const PlaneLayout layout_;
  std::array<cv::Mat, 3> rows_;
  PlaneProducts products_;
  ColorSums grey_{};  // where there is but one
  std::uint64_t pixels_ = 0;
};

}  // namespace tenfold
