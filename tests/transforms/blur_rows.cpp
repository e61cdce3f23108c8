#include "rows.h"

namespace tenfold {

std::vector<Row> blur_rows() {
  // Sigma 1: weights exp(-d²/2) / 2.50647 are 0.39905, 0.24204, 0.05401, 0.00443.
  cv::Mat impulse = cv::Mat::zeros(1, 9, CV_16UC1);
  impulse.at<std::uint16_t>(4) = 10'000;
  const std::array<double, 9> kWeights{0, 44.3, 540.1, 2420.4, 3990.5, 2420.4, 540.1, 44.3, 0};
  const auto blurs = [=](const Drawn& drawn) {
    cv::Mat result = impulse.clone();
    std::get<PixelStep>(drawn.step()).apply(result);
    for (int x = 0; x < 9; ++x)
      EXPECT_NEAR(result.at<std::uint16_t>(x), kWeights[static_cast<std::size_t>(x)], 1) << x;
  };
  return {
      {"gaussian_blur", {{"sigma", fixed(1)}}, impulse.size(), blurs},
      {"gaussian_blur", {{"sigma", fixed(0.1)}}, {9, 9}, colors(cv::Matx34d::eye())},
  };
}

}  // namespace tenfold
