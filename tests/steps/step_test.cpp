#include "tenfold/steps/step.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tenfold {
namespace {

const cv::Size kFrame(6, 4);

TEST(Step, GeometryIsNeutralIfItKeepsSizeAndPlaces) {
  EXPECT_TRUE(is_neutral(GeometryStep{kFrame, {}}, kFrame));
  EXPECT_FALSE(is_neutral(GeometryStep{{5, 4}, {}}, kFrame));
  GeometryMap shifted;
  shifted.matrix(0, 2) = 0.5;
  EXPECT_FALSE(is_neutral(GeometryStep{kFrame, shifted}, kFrame));
}

TEST(Step, GeometryWithAGridOrALaterMatrixIsNotNeutral) {
  GeometryMap map;
  map.then(1, 2) = 3;
  EXPECT_FALSE(is_neutral(GeometryStep{kFrame, map}, kFrame));
  map.then = cv::Matx33d::eye();
  map.grid = std::make_shared<DisplacementGrid>(
      DisplacementGrid{{6, 4}, cv::Mat_<cv::Vec2f>(2, 2, cv::Vec2f(1, 0))});
  EXPECT_FALSE(is_neutral(GeometryStep{kFrame, map}, kFrame));
}

TEST(Step, ColorIsNeutralIfItsMatrixIsTheIdentity) {
  ColorStep step;
  EXPECT_TRUE(is_neutral(step, kFrame));
  step.matrix(2, 3) = 1;
  EXPECT_FALSE(is_neutral(step, kFrame));
}

TEST(Step, LookupIsNeutralIfEveryCodeValueStays) {
  EXPECT_TRUE(is_neutral(LookupStep{[](double value) { return value; }}, kFrame));
  EXPECT_TRUE(is_neutral(LookupStep{[](double value) { return value + 0.001; }}, kFrame));
  EXPECT_FALSE(is_neutral(LookupStep{[](double value) { return 255 - value; }}, kFrame));
  EXPECT_FALSE(is_neutral(LookupStep{[](double) { return std::nan(""); }}, kFrame));
}

TEST(Step, LookupThatIsNeutralOnlyInEightBitIsNotNeutral) {
  EXPECT_FALSE(is_neutral(LookupStep{[](double value) { return value + 0.2; }}, kFrame));
  EXPECT_FALSE(is_neutral(LookupStep{[](double value) { return std::round(value); }}, kFrame));
}

TEST(Step, PixelStepIsNeverNeutral) {
  EXPECT_FALSE(is_neutral(PixelStep{[](cv::Mat&) {}}, kFrame));
}

TEST(Step, OnlyGeometryChangesTheFrame) {
  EXPECT_EQ(output_size(GeometryStep{{3, 9}, {}}, kFrame), cv::Size(3, 9));
  EXPECT_EQ(output_size(ColorStep{}, kFrame), kFrame);
  EXPECT_EQ(output_size(LookupStep{}, kFrame), kFrame);
  EXPECT_EQ(output_size(PixelStep{}, kFrame), kFrame);
}

}  // namespace
}  // namespace tenfold
