#include "fusion/map.h"

#include <gtest/gtest.h>

#include "fusion/random_steps.h"

namespace tenfold {
namespace {

using test::linear_step;
using test::rotation;
using test::translation;

const cv::Size kFrame(40, 30);

GeometryMap bulge() {
  auto grid = std::make_shared<DisplacementGrid>();
  grid->frame = kFrame;
  grid->offset = cv::Mat_<cv::Vec2f>(3, 3, cv::Vec2f(0, 0));
  grid->offset(1, 1) = {4, -2};
  return {cv::Matx33d::eye(), grid, cv::Matx33d::eye()};
}

void expect_near(const cv::Point2d& actual, double x, double y) {
  EXPECT_NEAR(actual.x, x, 1e-12);
  EXPECT_NEAR(actual.y, y, 1e-12);
}

TEST(Map, AppliesTheLaterStepToThePointFirst) {
  Map map;
  map.append(linear_step(kFrame, {2, 0, 0, 2}).map);  // halves about (19.5, 14.5)
  map.append(translation(kFrame, 3, 1).map);
  expect_near(map(19.5 + 3, 14.5 + 1), 19.5, 14.5);
  expect_near(map(19.5, 14.5), 19.5 - 6, 14.5 - 2);
}

TEST(Map, GridIsBilinearBetweenKnotsAndClampedOutside) {
  Map map;
  map.append(bulge());
  expect_near(map(19.5, 14.5), 19.5 + 4, 14.5 - 2);
  expect_near(map(9.5, 14.5), 9.5 + 2, 14.5 - 1);
  expect_near(map(9.5, 7), 9.5 + 1, 7 - 0.5);
  expect_near(map(-0.5, 14.5), -0.5, 14.5);
  expect_near(map(-100, 14.5), -100, 14.5);
  expect_near(map(19.5, 1000), 19.5, 1000);
}

TEST(Map, ComposesTwoGridsAndTheMatricesBetween) {
  Map map;
  map.append(bulge());
  map.append(translation(kFrame, 10, 0).map);
  map.append(bulge());
  EXPECT_FALSE(map.affine());
  // (19.5, 14.5) → bulge (23.5, 12.5) → shift (13.5, 12.5) → bulge, 14/20 across and 13/15 down of its
  // middle.
  const double weight = 14.0 / 20 * 13 / 15;
  expect_near(map(19.5, 14.5), 13.5 + 4 * weight, 12.5 - 2 * weight);
}

TEST(Map, LatticeIsFoundAfterManyTurns) {
  Map map;
  for (int i = 0; i < 9; ++i) map.append(rotation({31, 31}, 10).map);
  const auto lattice = as_lattice(map, {31, 31});
  ASSERT_TRUE(lattice);
  EXPECT_TRUE(lattice->swaps);
}

TEST(Map, LatticeIsNotFoundWhereAPixelWouldMove) {
  Map map;
  map.append(translation(kFrame, 0.001, 0).map);
  EXPECT_FALSE(as_lattice(map, kFrame));
  Map stretched;
  stretched.append(linear_step(kFrame, {1 + 1e-6, 0, 0, 1}).map);
  EXPECT_FALSE(as_lattice(stretched, kFrame));
}

TEST(Map, ShrinkIsTheLengthOfARowAndNotOfAColumn) {
  const auto blocks = [](const cv::Matx22d& linear) {
    Map map;
    map.append(linear_step(kFrame, linear).map);
    return shrink_blocks(map, kFrame);
  };
  EXPECT_EQ(blocks({1, 0, 0, 1}), cv::Size(1, 1));
  EXPECT_EQ(blocks({3, 0, 0, 1.9}), cv::Size(3, 1));
  EXPECT_EQ(blocks({3 - 1e-12, 0, 0, 2}), cv::Size(3, 2));
  EXPECT_EQ(blocks({1.8, 2.4, 0, 0.5}), cv::Size(3, 1));
  EXPECT_EQ(blocks({0.6, -0.8, 0.8, 0.6}), cv::Size(1, 1));
}

TEST(Map, BlocksAreTwoOrThreeTimesAPowerOfTwo) {
  const auto blocks = [](double width, double height) {
    Map map;
    map.append(linear_step(kFrame, {width, 0, 0, height}).map);
    return shrink_blocks(map, kFrame);
  };
  EXPECT_EQ(blocks(3.9, 4), cv::Size(3, 4));
  EXPECT_EQ(blocks(5.9, 6 - 1e-12), cv::Size(4, 6));
  EXPECT_EQ(blocks(7.9, 8), cv::Size(6, 8));
  EXPECT_EQ(blocks(11, 13), cv::Size(8, 12));
}

}  // namespace
}  // namespace tenfold
