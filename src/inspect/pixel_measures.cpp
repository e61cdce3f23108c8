#include "pixel_measures.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <opencv2/imgproc.hpp>

#include "tenfold/image/pixel_layout.h"

namespace tenfold {
namespace {

constexpr int kReducedSide = 256;
constexpr double kEnd = 0.01;  // the share of the pixels beyond `dark_end`, and beyond `bright_end`

using Histogram = std::array<std::int64_t, 256>;

cv::Mat reduced(const cv::Mat& luma) {
  const std::int64_t side = std::max(luma.cols, luma.rows);
  if (side <= kReducedSide) return luma;
  const auto length = [side](int before) {
    return std::max(1, static_cast<int>(before * std::int64_t{kReducedSide} / side));
  };
  cv::Mat small;
  cv::resize(luma, small, {length(luma.cols), length(luma.rows)}, 0, 0, cv::INTER_AREA);
  return small;
}

Histogram histogram_of(const cv::Mat& luma) {
  Histogram histogram{};
  for (int row = 0; row < luma.rows; ++row)
    for (const std::uint8_t *value = luma.ptr(row), *end = value + luma.cols; value != end; ++value)
      ++histogram[*value];
  return histogram;
}

// The least value that at least this share of the pixels do not exceed.
float quantile(const Histogram& histogram, double share, std::size_t pixels) {
  std::int64_t seen = 0;
  for (std::size_t value = 0; value < histogram.size(); ++value) {
    seen += histogram[value];
    if (static_cast<double>(seen) >= share * static_cast<double>(pixels)) return static_cast<float>(value);
  }
  return 255;
}

double deviation(const cv::Mat& values) {
  cv::Scalar mean, deviation;
  cv::meanStdDev(values, mean, deviation);
  return deviation[0];
}

}  // namespace

PixelMeasures measure_pixels(const cv::Mat& pixels) {
  const cv::Mat luma = reduced(in_layout(pixels, CV_8UC1));
  const Histogram histogram = histogram_of(luma);
  const double contrast = deviation(luma);
  cv::Mat laplacian;
  cv::Laplacian(luma, laplacian, CV_16S);
  const double detail = contrast > 0 ? 100 * deviation(laplacian) / contrast : 0;
  return {.dark_end = quantile(histogram, kEnd, luma.total()),
          .bright_end = quantile(histogram, 1 - kEnd, luma.total()),
          .contrast = static_cast<float>(contrast),
          .detail = static_cast<float>(detail)};
}

}  // namespace tenfold
