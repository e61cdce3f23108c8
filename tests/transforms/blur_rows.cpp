#include "rows.h"

namespace tenfold {
namespace {

// One bright pixel in the middle of a black square, 16 bit.
cv::Mat impulse(int side, int height) {
  cv::Mat image = cv::Mat::zeros(side, side, CV_16UC1);
  image.at<std::uint16_t>(side / 2, side / 2) = static_cast<std::uint16_t>(height);
  return image;
}

// Wide enough that nothing is mirrored.
cv::Mat framed(const cv::Mat& image) {
  cv::Mat result;
  cv::copyMakeBorder(image, result, 1, 1, 1, 1, cv::BORDER_CONSTANT);
  return result;
}

cv::Mat rounded(const cv::Mat_<double>& values, int depth) {
  cv::Mat result;
  values.convertTo(result, depth);
  return result;
}

// Figures "of references" are what references/blur.py prints.
std::vector<Row> gaussian_rows() {
  // Sigma 1: weights exp(-d²/2) / 2.50647 are 0.39905, 0.24204, 0.05401, 0.00443.
  cv::Mat bright = cv::Mat::zeros(1, 9, CV_16UC1);
  bright.at<std::uint16_t>(4) = 10'000;
  const cv::Mat_<double> bell =
      (cv::Mat_<double>(1, 9) << 0, 44.3, 540.1, 2420.4, 3990.5, 2420.4, 540.1, 44.3, 0);
  cv::Mat raised(1, 9, CV_16UC1, cv::Scalar(20'000));
  raised.at<std::uint16_t>(4) = 30'000;
  const cv::Mat_<double> unsharp = (cv::Mat_<double>(1, 9) << 20'000, 19'977.8, 19'730.0, 18'789.8, 33'004.7,
                                    18'789.8, 19'730.0, 19'977.8, 20'000);
  const cv::Mat_<double> unsharp_above_3000 =
      (cv::Mat_<double>(1, 9) << 20'000, 20'000, 20'000, 20'000, 33'004.7, 20'000, 20'000, 20'000, 20'000);
  const cv::Mat_<double> twice = (cv::Mat_<double>(1, 9) << 20'101.3, 20'301.6, 21'038.5, 22'197.9, 22'822.8,
                                  22'197.9, 21'038.5, 20'301.6, 20'101.3);
  return {
      {"gaussian_blur", {{"sigma", fixed(1)}}, bright.size(), paints_about(bright, rounded(bell, CV_16U), 1)},
      {"gaussian_blur", {{"sigma", fixed(0.1)}}, {9, 9}, colors(cv::Matx34d::eye())},
      {"glass_blur",
       {{"sigma", fixed(1)}, {"max_delta", fixed(0)}},
       raised.size(),
       paints_about(raised, rounded(twice, CV_16U), 1)},
      {"unsharp_mask",
       {{"sigma", fixed(1)}, {"amount", fixed(0.5)}},
       raised.size(),
       paints_about(raised, rounded(unsharp, CV_16U), 1)},
      {"unsharp_mask",
       {{"sigma", fixed(1)}, {"amount", fixed(0.5)}, {"threshold", 12}},
       raised.size(),
       paints_about(raised, rounded(unsharp_above_3000, CV_16U), 1)},
  };
}

std::vector<Row> smearing_rows() {
  // Half of the line's 3 pixels reach 1.5 to either side: the hats at 0, 1 and 2 get 1, 7/8 and 1/8 of a
  // pixel.
  const cv::Mat line = (cv::Mat_<std::uint16_t>(1, 7) << 0, 0, 0, 48'000, 0, 0, 0);
  const cv::Mat smeared = (cv::Mat_<std::uint16_t>(1, 7) << 0, 2000, 14'000, 16'000, 14'000, 2000, 0);
  // Two layers; the larger one is looked up at 0.668, 1.332, 2, 2.668 and 3.332, in 256ths of a pixel.
  const cv::Mat ramp = (cv::Mat_<std::uint8_t>(1, 5) << 0, 60, 120, 180, 240);
  const cv::Mat zoomed = (cv::Mat_<std::uint8_t>(1, 5) << 20, 70, 120, 170, 220);
  const cv::Mat_<double> disk = (cv::Mat_<double>(7, 7) << 0, 0, 0, 0, 0, 0, 0,  //
                                 0, 112.5, 1971.0, 2822.6, 1971.0, 112.5, 0,     //
                                 0, 1971.0, 3610.1, 3610.1, 3610.1, 1971.0, 0,   //
                                 0, 2822.6, 3610.1, 3610.1, 3610.1, 2822.6, 0,   //
                                 0, 1971.0, 3610.1, 3610.1, 3610.1, 1971.0, 0,   //
                                 0, 112.5, 1971.0, 2822.6, 1971.0, 112.5, 0,     //
                                 0, 0, 0, 0, 0, 0, 0);
  const cv::Mat_<double> slanted = (cv::Mat_<double>(7, 7) << 0, 0, 0, 0, 0, 0, 0,  //
                                    0, 0, 0, 0, 25.7, 683.2, 41.2,                  //
                                    0, 0, 0, 1333.3, 7948.7, 7820.4, 147.6,         //
                                    0, 523.1, 5882.1, 11189.7, 5882.1, 523.1, 0,    //
                                    147.6, 7820.4, 7948.7, 1333.3, 0, 0, 0,         //
                                    41.2, 683.2, 25.7, 0, 0, 0, 0,                  //
                                    0, 0, 0, 0, 0, 0, 0);
  return {
      {"motion_blur",
       {{"length", fixed(3)}, {"angle", fixed(0)}},
       line.size(),
       paints_about(line, smeared, 2)},
      {"motion_blur",
       {{"length", fixed(5)}, {"angle", fixed(30)}},
       {9, 9},
       paints_about(impulse(9, 60'000), framed(rounded(slanted, CV_16U)), 6)},
      {"defocus",
       {{"radius", fixed(2.3)}},
       {9, 9},
       paints_about(impulse(9, 60'000), framed(rounded(disk, CV_16U)), 20)},
      {"defocus", {{"radius", fixed(0.5)}}, {7, 7}, colors(cv::Matx34d::eye())},
      {"zoom_blur", {{"factor", fixed(1.5)}}, ramp.size(), paints(ramp, zoomed)},
  };
}

std::vector<Row> patch_rows() {
  // Of references.
  const cv::Mat patch = (cv::Mat_<std::uint8_t>(3, 4) << 10, 200, 30, 90, 250, 60, 70, 180, 20, 110, 130, 40);
  const cv::Mat boxed =
      (cv::Mat_<std::uint8_t>(3, 4) << 128, 111, 104, 88, 113, 98, 101, 86, 109, 113, 100, 104);
  const cv::Mat median = (cv::Mat_<std::uint8_t>(3, 4) << 60, 70, 70, 70, 110, 70, 90, 70, 60, 70, 70, 70);
  const cv::Mat wide_median =
      (cv::Mat_<std::uint8_t>(3, 4) << 70, 70, 70, 70, 90, 70, 70, 70, 70, 70, 70, 70);
  const cv::Mat sharp = (cv::Mat_<std::uint8_t>(3, 4) << 0, 255, 0, 92, 255, 26, 42, 255, 0, 107, 157, 0);
  const cv::Mat relief = (cv::Mat_<std::uint8_t>(3, 4) << 10, 148, 55, 90, 224, 69, 44, 205, 20, 67, 159, 40);
  return {
      {"box_blur", {{"radius", fixed(1)}}, patch.size(), paints(patch, boxed)},
      {"median_blur", {{"radius", fixed(1)}}, patch.size(), paints(patch, median)},
      {"median_blur", {{"radius", fixed(3)}}, patch.size(), paints(patch, wide_median)},
      {"sharpen", {{"alpha", fixed(0.1)}}, patch.size(), paints(patch, sharp)},
      {"emboss", {{"alpha", fixed(0.2)}, {"strength", fixed(0.5)}}, patch.size(), paints(patch, relief)},
  };
}

}  // namespace

std::vector<Row> blur_rows() {
  std::vector<Row> all;
  for (const auto& rows : {gaussian_rows(), smearing_rows(), patch_rows()})
    all.insert(all.end(), rows.begin(), rows.end());
  return all;
}

}  // namespace tenfold
