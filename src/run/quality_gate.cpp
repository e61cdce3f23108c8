#include "quality_gate.h"

#include <bit>
#include <cmath>
#include <opencv2/img_hash.hpp>
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

std::uint64_t perceptual_hash(const cv::Mat& luma) {
  cv::Mat bytes;
  cv::img_hash::pHash(luma, bytes);
  std::uint64_t hash = 0;
  for (int i = 0; i < 8; ++i) hash = hash << 8 | bytes.at<std::uint8_t>(i);
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
