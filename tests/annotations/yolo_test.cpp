#include <gtest/gtest.h>

#include "tenfold/annotations/annotation.h"
#include "transforms/drawing.h"

namespace tenfold {
namespace {

const cv::Size kSize(100, 50);
const ImageHeader kImage{.format = Format::kJpeg, .stored = kSize};

Bytes bytes_of(std::string_view text) { return Bytes(text.begin(), text.end()); }

std::string followed(std::string_view labels, const std::vector<Step>& steps, double min_visibility = 0.1) {
  const auto annotation = read_yolo(bytes_of(labels), kImage, min_visibility);
  if (!annotation) return annotation.error().reason;
  const Bytes bytes = (*annotation)->followed(Movement(steps, kSize, Border::kReflect), "a.jpg").value();
  return std::string(bytes.begin(), bytes.end());
}

std::string flipped(std::string_view labels) {
  return followed(labels, drawn("horizontal_flip", {}, kSize).steps);
}

std::string shifted(std::string_view labels, double x, double min_visibility) {
  return followed(labels, drawn("translate", {{"x", fixed(x)}, {"y", fixed(0)}}, kSize).steps,
                  min_visibility);
}

TEST(Yolo, BoxesAreMirroredWithTheImage) {
  EXPECT_EQ(flipped("3 0.2 0.5 0.2 0.4\n0 0.75 0.25 0.5 0.5\n"),
            "3 0.800000 0.500000 0.200000 0.400000\n0 0.250000 0.250000 0.500000 0.500000\n");
}

TEST(Yolo, PolygonsAreMirroredCornerByCorner) {
  EXPECT_EQ(flipped("1 0.1 0.2 0.3 0.2 0.3 0.6"),
            "1 0.900000 0.200000 0.700000 0.200000 0.700000 0.600000\n");
}

TEST(Yolo, WhatStaysWhereItIsKeepsItsBytes) {
  EXPECT_EQ(followed("3 .2 0.5 0.2 4e-1\r\n\r\n", {}), "3 .2 0.5 0.2 4e-1\r\n\r\n");
}

TEST(Yolo, BoxesAreCutAtTheFrameAndDroppedWhereTooLittleIsLeft) {
  // [60, 100] pixels moves to [90, 130]: a quarter is left.
  EXPECT_EQ(shifted("2 0.8 0.5 0.4 1", 0.3, 0.25), "2 0.950000 0.500000 0.100000 1.000000\n");
  EXPECT_EQ(shifted("2 0.8 0.5 0.4 1", 0.3, 0.26), "");
  EXPECT_EQ(shifted("2 0.8 0.5 0.4 1\n1 0.3 0.5 0.2 0.2", 0.3, 0.26),
            "1 0.600000 0.500000 0.200000 0.200000\n");
}

TEST(Yolo, AnImageWithoutObjectsHasAnEmptyFile) { EXPECT_EQ(flipped("\n \n"), ""); }

TEST(Yolo, AByteOrderMarkIsNoPartOfTheFirstClass) {
  EXPECT_EQ(flipped("\xEF\xBB\xBF"
                    "3 0.25 0.5 0.1 0.2\n"),
            flipped("3 0.25 0.5 0.1 0.2\n"));
}

TEST(Yolo, HostileLinesAreRefusedWithTheirNumber) {
  const std::pair<const char*, const char*> kLines[] = {
      {"\n0 nan 0.5 0.1 0.1", "line 2: 'nan' is no number"},
      {"0 inf 0.5 0.1 0.1", "line 1: 'inf' is no number"},
      {"0 0.5 0.5 1e999 0.1", "line 1: '1e999' is no number"},
      {"0 -0.5 0.5 0.1 0.1", "line 1: '-0.5' is not between 0 and 1"},
      {"0 50 20 10 10", "line 1: '50' is not between 0 and 1"},
      {"-1 0.5 0.5 0.1 0.1", "line 1: '-1' is no number of a class"},
      {"cat 0.5 0.5 0.1 0.1", "line 1: 'cat' is no number of a class"},
      {"99999999999 0.5 0.5 0.1 0.1", "line 1: '99999999999' is no number of a class"},
      {"1.5 0.5 0.5 0.1 0.1", "line 1: '1.5' is no number of a class"},
      {"0 0.5 0.5 0 0.1", "line 1: the box has no area"},
      {"0 0.5 0.5 0.1",
       "line 1: behind the class there are neither four numbers nor the corners of a polygon"},
      {"0 0.5 0.5 0.1 0.1 0.9",
       "line 1: behind the class there are neither four numbers nor the corners of a polygon"},
      {"0 0.5,0.5,0.1,0.1", "line 1: '0.5,0.5,0.1,0.1' is no number"}};
  for (const auto& [line, reason] : kLines) EXPECT_EQ(flipped(line), reason);
}

}  // namespace
}  // namespace tenfold
