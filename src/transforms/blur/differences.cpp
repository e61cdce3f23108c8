#include "transforms/blur/differences.h"

#include <algorithm>
#include <limits>

#include "transforms/pixel_layout.h"

namespace tenfold {
namespace {

template <typename Code>
using Rows = std::array<const Code*, 3>;  // above, here, below, at the same column

template <typename Code>
Code with_differences(const Rows<Code>& rows, int channels, int channel, const NeighbourWeights& weights) {
  constexpr std::array<std::array<int, 2>, 8> kPlaces{
      {{-1, 0}, {0, 0}, {1, 0}, {-1, 1}, {1, 1}, {-1, 2}, {0, 2}, {1, 2}}};  // column, row
  constexpr double kWhite = std::numeric_limits<Code>::max();
  const double own = rows[1][channel];
  double sum = own;
  for (std::size_t i = 0; i < kPlaces.size(); ++i) {
    const Code* neighbour = rows[static_cast<std::size_t>(kPlaces[i][1])] + kPlaces[i][0] * channels;
    const double share = channels % 2 == 0 ? neighbour[channels - 1] / kWhite : 1;
    sum += weights[i] * share * (neighbour[channel] - own);
  }
  return static_cast<Code>(std::clamp(sum, 0.0, kWhite) + 0.5);
}

}  // namespace

void add_differences(cv::Mat& image, const NeighbourWeights& weights) {
  cv::Mat bordered;
  cv::copyMakeBorder(image, bordered, 1, 1, 1, 1, cv::BORDER_REFLECT_101 | cv::BORDER_ISOLATED);
  with_code_type(image, [&]<typename Code>(Code) {
    const int channels = image.channels();
    const int colors = color_channels(image);
    for (int y = 0; y < image.rows; ++y) {
      Code* out = image.ptr<Code>(y);
      for (int x = 0; x < image.cols; ++x, out += channels) {
        const int column = (x + 1) * channels;
        const Rows<Code> rows{bordered.ptr<Code>(y) + column, bordered.ptr<Code>(y + 1) + column,
                              bordered.ptr<Code>(y + 2) + column};
        for (int c = 0; c < colors; ++c) out[c] = with_differences<Code>(rows, channels, c, weights);
      }
    }
  });
}

}  // namespace tenfold
