#include "transforms/noise/regions.h"

#include <array>
#include <cstdint>

#include "transforms/pixel_layout.h"

namespace tenfold {
namespace {

struct Sum {
  std::array<std::uint64_t, 3> color{};  // times alpha
  std::uint64_t weight = 0;              // alpha; the number of pixels where there is none
};

template <typename Code>
std::vector<Sum> sums_of(const cv::Mat& image, const RegionMap& regions, std::size_t count) {
  std::vector<Sum> sums(count);
  const int channels = image.channels();
  const int colors = color_channels(image);
  const bool alpha = has_alpha(image);
  for (int y = 0; y < image.rows; ++y) {
    const Code* pixel = image.ptr<Code>(y);
    for (int x = 0; x < image.cols; ++x, pixel += channels) {
      Sum& sum = sums[static_cast<std::size_t>(regions(y, x))];
      const std::uint64_t weight = alpha ? pixel[colors] : 1;
      for (int c = 0; c < colors; ++c) sum.color[static_cast<std::size_t>(c)] += weight * pixel[c];
      sum.weight += weight;
    }
  }
  return sums;
}

template <typename Code>
void flatten(cv::Mat& image, const RegionMap& regions, const std::vector<bool>& replaced) {
  const std::vector<Sum> sums = sums_of<Code>(image, regions, replaced.size());
  const int channels = image.channels();
  const int colors = color_channels(image);
  for (int y = 0; y < image.rows; ++y) {
    Code* pixel = image.ptr<Code>(y);
    for (int x = 0; x < image.cols; ++x, pixel += channels) {
      const auto region = static_cast<std::size_t>(regions(y, x));
      const Sum& sum = sums[region];
      if (!replaced[region] || sum.weight == 0) continue;
      for (int c = 0; c < colors; ++c)
        pixel[c] = static_cast<Code>((sum.color[static_cast<std::size_t>(c)] + sum.weight / 2) / sum.weight);
    }
  }
}

}  // namespace

void flatten_regions(cv::Mat& image, const RegionMap& regions, const std::vector<bool>& replaced) {
  with_code_type(image, [&]<typename Code>(Code) { flatten<Code>(image, regions, replaced); });
}

}  // namespace tenfold
