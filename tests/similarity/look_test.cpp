#include "tenfold/similarity/look.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "scenes.h"

namespace tenfold {
namespace {

// Not of any library's making, so that its look can be written down.
cv::Mat pattern(cv::Size size) {
  cv::Mat image(size, CV_8UC3);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x)
      for (int c = 0; c < 3; ++c)
        image.at<cv::Vec3b>(y, x)[c] = static_cast<std::uint8_t>((x * x / 40 + y * (x + 9 * c) / 30) % 256);
  return image;
}

// With weights in floating point.
double average(const cv::Mat& grey, int column, int row) {
  const auto overlap = [](int cell, int pixel, int side) {
    const double begin = cell * side / 64.0, end = (cell + 1) * side / 64.0;
    return std::max(0.0, std::min<double>(end, pixel + 1) - std::max<double>(begin, pixel));
  };
  double sum = 0;
  for (int y = 0; y < grey.rows; ++y)
    for (int x = 0; x < grey.cols; ++x)
      sum += grey.at<std::uint8_t>(y, x) * overlap(column, x, grey.cols) * overlap(row, y, grey.rows);
  return sum * 64 * 64 / grey.cols / grey.rows;
}

TEST(Thumbnail, AveragesWhatLiesInEachCell) {
  for (const cv::Size size : {cv::Size(64, 64), cv::Size(101, 77), cv::Size(128, 640), cv::Size(1000, 65)}) {
    cv::Mat grey;
    cv::extractChannel(pattern(size), grey, 0);
    const Thumbnail thumbnail = thumbnail_of(grey);
    for (int y = 0; y < 64; y += 9)
      for (int x = 0; x < 64; x += 7)
        EXPECT_NEAR(thumbnail.luma[y * 64 + x], 256 * average(grey, x, y), 0.51)
            << size << ' ' << x << ' ' << y;
  }
}

TEST(Thumbnail, IsTheSameOfEveryLayout) {
  const cv::Mat bgr = pattern({90, 70});
  cv::Mat grey, deep, opaque, deep_opaque, gray_alpha, gray_as_color;
  cv::extractChannel(bgr, grey, 1);
  bgr.convertTo(deep, CV_16U, 257);
  cv::cvtColor(bgr, opaque, cv::COLOR_BGR2BGRA);
  cv::cvtColor(deep, deep_opaque, cv::COLOR_BGR2BGRA);
  cv::merge(std::vector{grey, cv::Mat(grey.size(), CV_8U, cv::Scalar(255))}, gray_alpha);
  cv::cvtColor(grey, gray_as_color, cv::COLOR_GRAY2BGR);
  EXPECT_EQ(thumbnail_of(deep), thumbnail_of(bgr));
  EXPECT_EQ(thumbnail_of(opaque), thumbnail_of(bgr));
  EXPECT_EQ(thumbnail_of(deep_opaque), thumbnail_of(bgr));
  EXPECT_EQ(thumbnail_of(gray_alpha), thumbnail_of(grey));
  EXPECT_EQ(thumbnail_of(gray_as_color), thumbnail_of(grey));
  EXPECT_EQ(thumbnail_of(cv::Mat(opaque.size(), CV_8UC4, cv::Scalar(255, 0, 255, 0))).luma[0], 128 * 256);
  const cv::Mat wide = pattern({120, 80});
  EXPECT_EQ(thumbnail_of(wide(cv::Rect(9, 5, 90, 70))), thumbnail_of(wide(cv::Rect(9, 5, 90, 70)).clone()));
}

TEST(Look, IsTheSameOnEveryMachine) {
  const Look look = look_of(pattern({320, 200})).value();
  EXPECT_EQ(look.proportion, 2048 * 320 / 200 + 1);  // rounded
  EXPECT_EQ(text_of(look),
            "0ccdeef3e6dbf5d8eeebc9f6c9f2e9f2b9f8bef6f4ecf7acf9fafbb9f7f6f80006fba4fac0f90cfa080017fda6fbd506"
            "f915012efd2efc0f0721020c14030e0b07");
}

TEST(Look, IsNotOfImagesUnder64Pixels) {
  EXPECT_FALSE(look_of(pattern({63, 400})));
  EXPECT_FALSE(look_of(pattern({400, 63})));
  EXPECT_TRUE(look_of(pattern({64, 64})));
}

TEST(Look, IsNotOfBlankImages) {
  cv::Mat paper(300, 200, CV_8UC3, cv::Scalar::all(240)), grain(paper.size(), CV_8UC3);
  EXPECT_FALSE(look_of(paper));
  cv::RNG(5).fill(grain, cv::RNG::UNIFORM, 0, 12);
  EXPECT_FALSE(look_of(paper + grain - cv::Scalar::all(6)));
  cv::Mat shaded(300, 200, CV_8U);
  for (int x = 0; x < shaded.cols; ++x) shaded.col(x) = 40 + x / 2;
  EXPECT_FALSE(look_of(shaded));
}

TEST(Look, IsReadBackFromItsText) {
  const Look look = look_of(test::scene(3)).value();
  const std::string text = text_of(look);
  EXPECT_EQ(text.size(), 130);
  EXPECT_EQ(parse_look(text), look);
}

TEST(Look, IsNotReadFromAnyOtherText) {
  const std::string text = text_of(look_of(test::scene(3)).value());
  EXPECT_FALSE(parse_look(""));
  EXPECT_FALSE(parse_look(text.substr(1)));
  EXPECT_FALSE(parse_look(text + "0"));
  for (const char wrong : {'A', 'g', ' ', '-', '+', '\0'})
    EXPECT_FALSE(parse_look(text.substr(0, 4) + wrong + text.substr(5))) << wrong;
}

}  // namespace
}  // namespace tenfold
