#include "transforms/blur/convolution.h"

#include <algorithm>
#include <cstdlib>

#include "transforms/pixel_layout.h"

namespace tenfold {
namespace {

int reach_of(const Kernel& kernel) {
  int reach = 0;
  for (const Tap& tap : kernel) reach = std::max({reach, std::abs(tap.dx), std::abs(tap.dy)});
  return reach;
}

// 16-bit values times weights that add up to 2^16 fit into 32 bits, and rounding by 2^15 does too.
template <typename Code>
void convolve_row(const std::vector<const Code*>& rows, const Kernel& kernel,
                  std::vector<std::uint32_t>& sums, Code* out) {
  std::fill(sums.begin(), sums.end(), kWholeWeight / 2);
  const std::size_t count = sums.size();
  for (std::size_t i = 0; i < kernel.size(); ++i) {
    const Code* row = rows[i];
    const std::uint32_t weight = kernel[i].weight;
    std::uint32_t* sum = sums.data();
    for (std::size_t x = 0; x < count; ++x) sum[x] += weight * row[x];
  }
  for (std::size_t x = 0; x < count; ++x) out[x] = static_cast<Code>(sums[x] >> 16);
}

}  // namespace

Kernel kernel_of(const cv::Mat_<double>& weights) {
  const int reach = weights.rows / 2;
  double total = 0;
  for (const double weight : weights) total += weight;
  Kernel kernel;
  double sum = 0;
  std::uint32_t given = 0;
  for (int dy = -reach; dy <= reach; ++dy) {
    for (int dx = -reach; dx <= reach; ++dx) {
      sum += weights(dy + reach, dx + reach);
      const auto rounded = static_cast<std::uint32_t>(sum / total * kWholeWeight + 0.5);
      if (rounded == given) continue;
      kernel.push_back({dx, dy, rounded - given});
      given = rounded;
    }
  }
  return kernel;
}

bool is_identity(const Kernel& kernel) {
  return kernel.size() == 1 && kernel.front().dx == 0 && kernel.front().dy == 0;
}

void convolve(const cv::Mat& in, cv::Mat& out, const Kernel& kernel) {
  const int reach = reach_of(kernel);
  cv::Mat bordered;
  cv::copyMakeBorder(in, bordered, reach, reach, reach, reach, cv::BORDER_REFLECT_101 | cv::BORDER_ISOLATED);
  out.create(in.size(), in.type());
  with_code_type(in, [&]<typename Code>(Code) {
    const int channels = in.channels();
    std::vector<std::uint32_t> sums(static_cast<std::size_t>(in.cols) * static_cast<std::size_t>(channels));
    std::vector<const Code*> rows(kernel.size());
    for (int y = 0; y < in.rows; ++y) {
      for (std::size_t i = 0; i < kernel.size(); ++i)
        rows[i] = bordered.ptr<Code>(y + reach + kernel[i].dy) + (reach + kernel[i].dx) * channels;
      convolve_row<Code>(rows, kernel, sums, out.ptr<Code>(y));
    }
  });
}

}  // namespace tenfold
