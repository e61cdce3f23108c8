#include "rows.h"

namespace tenfold {

std::vector<Row> noise_rows() {
  // Black has no photons; without deviation, nothing to add.
  const cv::Mat black = cv::Mat::zeros(4, 4, CV_8UC3);
  return {
      {"gaussian_noise", {{"std", fixed(0)}}, {9, 9}, colors(cv::Matx34d::eye())},
      {"poisson_noise", {{"strength", fixed(3)}}, black.size(), paints(black, black)},
  };
}

}  // namespace tenfold
