#include "quality_gate.h"

#include <bit>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "tenfold/image/pixel_layout.h"

namespace tenfold {
namespace {

constexpr int kLongestSide = 128;

cv::Mat small_luma(const cv::Mat& pixels) {
  const double shrink = static_cast<double>(kLongestSide) / std::max(pixels.cols, pixels.rows);
  cv::Mat small = pixels;
  if (shrink < 1) {
    const auto side = [&](int length) { return std::max(1, static_cast<int>(std::lround(length * shrink))); };
    cv::resize(pixels, small, {side(pixels.cols), side(pixels.rows)}, 0, 0, cv::INTER_AREA);
  }
  return in_layout(small, CV_8UC1);
}

// Which of the lowest frequencies of a cosine transform lie above their mean: the hash of C. Zauner,
// "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010), with the details of OpenCV's
// img_hash module, which would bring hundreds of packages for this one function.
std::uint64_t perceptual_hash(const cv::Mat& luma) {
  constexpr int kSide = 32, kFrequencies = 8;
  cv::Mat small, frequencies;
  cv::resize(luma, small, {kSide, kSide}, 0, 0, cv::INTER_LINEAR_EXACT);
  small.convertTo(frequencies, CV_32F);
  cv::dct(frequencies, frequencies);
  cv::Mat lowest = frequencies(cv::Rect(0, 0, kFrequencies, kFrequencies)).clone();
  lowest.at<float>(0, 0) = 0;  // the brightness
  const auto mean = static_cast<float>(cv::mean(lowest)[0]);
  std::uint64_t hash = 0;
  for (auto value = lowest.begin<float>(); value != lowest.end<float>(); ++value)
    hash = hash << 1 | static_cast<std::uint64_t>(*value > mean);
  return hash;
}

}  // namespace

Appearance appearance_of(const cv::Mat& pixels) {
  const cv::Mat luma = small_luma(pixels);
  Appearance appearance;
  cv::Scalar mean, deviation;
  cv::meanStdDev(luma, mean, deviation);
  appearance.deviation = deviation[0];
  cv::Mat laplacian;
  cv::Laplacian(luma, laplacian, CV_16S);
  appearance.detail = cv::norm(laplacian, cv::NORM_L1) / static_cast<double>(luma.total());
  appearance.hash = perceptual_hash(luma);
  return appearance;
}

std::optional<std::string_view> refusal(const Appearance& copy, const Appearance& source,
                                        const AcceptRecipe& accept) {
  if (source.deviation < accept.min_deviation) return std::nullopt;
  if (copy.deviation < accept.min_deviation) return "blank";
  if (copy.deviation < accept.min_contrast * source.deviation) return "contrast";
  if (copy.detail < accept.min_detail * source.detail) return "detail";
  if (std::popcount(copy.hash ^ source.hash) < accept.min_distance) return "distance";
  return std::nullopt;
}

}  // namespace tenfold
