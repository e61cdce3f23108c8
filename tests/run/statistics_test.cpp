#include "tenfold/run/statistics.h"

#include <gtest/gtest.h>

#include "tenfold/image/pixel_layout.h"

namespace tenfold {
namespace {

TEST(Statistics, CountCodesAndProductsOfEveryChannel) {
  const cv::Mat image = (cv::Mat_<cv::Vec3b>(1, 2) << cv::Vec3b(1, 2, 3), cv::Vec3b(10, 20, 30));
  StatisticsSums sums(2);
  sums.add(image, 1);
  const Statistics of_class = sums.of_classes().at(1);
  EXPECT_EQ(of_class.pixels, 2u);
  EXPECT_EQ(of_class.histogram[0][1], 1u);
  EXPECT_EQ(of_class.histogram[2][30], 1u);
  EXPECT_EQ(of_class.products[0][0], 1u + 100);
  EXPECT_EQ(of_class.products[0][2], 3u + 300);
  EXPECT_EQ(of_class.products[2][0], 3u + 300);
  EXPECT_EQ(sums.of_classes().at(0).pixels, 0u);
  EXPECT_EQ(sums.of_all().pixels, 2u);
}

TEST(Statistics, CountGreyThreeTimesAndSixteenBitByTheHighByte) {
  StatisticsSums sums(1);
  sums.add((cv::Mat_<std::uint16_t>(1, 1) << 0x1234), 0);
  const Statistics all = sums.of_all();
  for (int channel = 0; channel < 3; ++channel) EXPECT_EQ(all.histogram[channel][0x12], 1u);
}

TEST(Statistics, LeaveOutWhatCannotBeSeen) {
  StatisticsSums sums(1);
  sums.add((cv::Mat_<cv::Vec4b>(1, 2) << cv::Vec4b(5, 5, 5, 0), cv::Vec4b(7, 7, 7, 1)), 0);
  EXPECT_EQ(sums.of_all().pixels, 1u);
  EXPECT_EQ(sums.of_all().histogram[0][7], 1u);
}

TEST(Statistics, DoNotDependOnTheOrder) {
  const cv::Mat one(3, 3, CV_8UC3, cv::Scalar(1, 2, 3)), two(2, 2, CV_8UC1, cv::Scalar(9));
  StatisticsSums forth(1), back(1), part(1);
  forth.add(one, 0);
  forth.add(two, 0);
  back.add(two, 0);
  part.add(one, 0);
  back.add(part);
  EXPECT_EQ(forth.of_all().hash, back.of_all().hash);
  part.add(one, 0);
  EXPECT_NE(forth.of_all().hash, part.of_all().hash);
}

TEST(PixelLayout, TurnsAnyLayoutIntoAnyOther) {
  const cv::Mat bgr(1, 1, CV_8UC3, cv::Scalar(10, 20, 200));
  EXPECT_EQ(in_layout(bgr, CV_8UC1).at<std::uint8_t>(0), 73);  // 0.114·10 + 0.587·20 + 0.299·200 = 72.68
  EXPECT_EQ(in_layout(bgr, CV_16UC3).at<cv::Vec3w>(0), cv::Vec3w(2570, 5140, 51'400));
  EXPECT_EQ(in_layout(bgr, CV_8UC4).at<cv::Vec4b>(0), cv::Vec4b(10, 20, 200, 255));
  const cv::Mat half(1, 1, CV_8UC4, cv::Scalar(10, 20, 200, 128));
  EXPECT_EQ(in_layout(half, CV_8UC3).at<cv::Vec3b>(0), cv::Vec3b(132, 137, 227));  // on white
  EXPECT_EQ(in_layout(half, CV_16UC4).at<cv::Vec4w>(0), cv::Vec4w(2570, 5140, 51'400, 32'896));
  const cv::Mat grey(1, 1, CV_16UC1, cv::Scalar(51'400));
  EXPECT_EQ(in_layout(grey, CV_8UC3).at<cv::Vec3b>(0), cv::Vec3b(200, 200, 200));
  EXPECT_EQ(in_layout(bgr, CV_8UC3).data, bgr.data);
}

}  // namespace
}  // namespace tenfold
