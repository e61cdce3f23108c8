// A drawn picture for measurements: soft shapes of several sizes and a little grain, neither flat nor noise,
// as codecs and caches expect. The same pixels on every call.

#pragma once

#include <opencv2/imgproc.hpp>

namespace tenfold::test {

inline cv::Mat picture(cv::Size size, int type) {
  cv::RNG random(7);
  cv::Mat sum(size, CV_MAKETYPE(CV_32F, CV_MAT_CN(type)), cv::Scalar::all(0));
  for (int cells = 4; cells <= 64; cells *= 2) {
    cv::Mat coarse(cells, cells, sum.type()), fine;
    random.fill(coarse, cv::RNG::UNIFORM, 0, 360.0 / cells);
    cv::resize(coarse, fine, size, 0, 0, cv::INTER_CUBIC);
    sum += fine;
  }
  cv::Mat image;
  sum.convertTo(image, type);
  return image;
}

}  // namespace tenfold::test
