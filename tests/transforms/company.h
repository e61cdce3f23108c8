// A small dataset around the image under test: partners, reference images and statistics for the transforms
// that need them.

#pragma once

#include <array>

#include "drawing.h"
#include "tenfold/base/error.h"

namespace tenfold {

class Company : public DrawContext {
 public:
  Company() {
    statistics_.hash = hash128({});
    for (int y = 0; y < kPicture.rows; ++y) {
      for (int x = 0; x < kPicture.cols; ++x) {
        const auto& pixel = kPicture.at<cv::Vec3b>(y, x);
        for (int i = 0; i < 3; ++i) {
          ++statistics_.histogram[i][pixel[i]];
          for (int j = 0; j < 3; ++j) statistics_.products[i][j] += std::uint64_t{pixel[i]} * pixel[j];
        }
        ++statistics_.pixels;
      }
    }
  }

  std::optional<Partner> partner(std::uint64_t number, bool any_class) const override {
    return image(number % 2 == 0 ? "a.png" : "b.png", any_class && number % 3 == 0 ? "other" : "own");
  }
  std::optional<Partner> reference(const std::string&, std::uint64_t number) const override {
    return image(number % 2 == 0 ? "a.png" : "b.png", "");
  }
  const Statistics* statistics(StatisticsScope) const override { return &statistics_; }

 private:
  // The two differ in size and content; 24×18 and 18×24.
  Partner image(const std::string& path, const std::string& class_name) const {
    const cv::Size size = path == "a.png" ? kPicture.size() : cv::Size(kPicture.rows, kPicture.cols);
    const auto pixels = [size](int type) {
      cv::Mat picture = textured(size, type);
      return picture;
    };
    return {path, class_name, hash128({}), size, pixels};
  }

  const cv::Mat kPicture = textured({24, 18}, CV_8UC3);
  Statistics statistics_;
};

inline const Company& company() {
  static const Company kCompany;
  return kCompany;
}

}  // namespace tenfold
