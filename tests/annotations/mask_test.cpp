#include <gtest/gtest.h>

#include <opencv2/core.hpp>

#include "image/sample_files.h"
#include "tenfold/annotations/annotation.h"
#include "tenfold/image/raw_png.h"
#include "transforms/drawing.h"

namespace tenfold {
namespace {

using test::png_file;

constexpr int kGrey = 0, kColor = 2, kPalette = 3;
// Four colors; the second one transparent.
const std::vector<test::PngChunk> kColors = {{"PLTE", {0, 0, 0, 255, 0, 0, 0, 255, 0, 9, 9, 9}},
                                             {"tRNS", {255, 0}}};

ImageHeader image_of(cv::Size stored, int orientation = 1) {
  return {.format = Format::kJpeg, .stored = stored, .orientation = orientation};
}

Movement moved_by(std::string_view transform, cv::Size frame, const ParameterValues& values = {}) {
  return Movement(drawn(transform, values, frame).steps, frame, Border::kReflect);
}

Movement still(cv::Size frame) { return Movement({}, frame, Border::kReflect); }

std::string reason_of(const Bytes& file, const ImageHeader& image) {
  const auto mask = read_mask(file, image);
  return mask ? "a mask" : mask.error().reason;
}

RawPng followed(const Bytes& file, const ImageHeader& image, const Movement& movement) {
  const auto mask = read_mask(file, image);
  return decode_raw_png((*mask)->followed(movement, "a.jpg").value(), movement.output()).value();
}

std::vector<int> values_of(const RawPng& png) {
  return std::vector<int>(png.values.begin<std::uint8_t>(), png.values.end<std::uint8_t>());
}

TEST(Mask, KeepsTheIndicesOfItsPalette) {
  const Bytes file = png_file(3, 2, 8, kPalette, {{0, 1, 2}, {3, 3, 1}}, kColors);
  const RawPng flipped = followed(file, image_of({3, 2}), moved_by("horizontal_flip", {3, 2}));
  EXPECT_EQ(values_of(flipped), (std::vector<int>{2, 1, 0, 1, 3, 3}));
  EXPECT_EQ(flipped.color_type, kPalette);
  EXPECT_EQ(flipped.palette, kColors[0].payload);
  EXPECT_EQ(flipped.palette_alpha, kColors[1].payload);
}

TEST(Mask, KeepsItsDepth) {
  // Rows of 3 pixels: 1 bit 101, 2 bits 01 10 11, 4 bits 1 2 15.
  const struct {
    int depth, color_type;
    Bytes row;
    std::vector<int> flipped;
  } kMasks[] = {{1, kGrey, {0b10000000}, {0, 0, 1}},
                {2, kPalette, {0b01101100}, {3, 2, 1}},
                {4, kGrey, {0x12, 0xF0}, {15, 2, 1}}};
  for (const auto& [depth, color_type, row, wanted] : kMasks) {
    SCOPED_TRACE(depth);
    const Bytes file = png_file(3, 1, depth, color_type, {row},
                                color_type == kPalette ? kColors : std::vector<test::PngChunk>{});
    const RawPng flipped = followed(file, image_of({3, 1}), moved_by("horizontal_flip", {3, 1}));
    EXPECT_EQ(values_of(flipped), wanted);
    EXPECT_EQ(flipped.bit_depth, depth);
    EXPECT_EQ(flipped.color_type, color_type);
  }
}

TEST(Mask, KeepsSixteenBitsAndColorsWhole) {
  const Bytes deep = png_file(2, 1, 16, kGrey, {{0x12, 0x34, 0xAB, 0xCD}});
  const RawPng flipped = followed(deep, image_of({2, 1}), moved_by("horizontal_flip", {2, 1}));
  EXPECT_EQ(Bytes(flipped.values.datastart, flipped.values.dataend), (Bytes{0xAB, 0xCD, 0x12, 0x34}));
  const Bytes color = png_file(2, 1, 8, kColor, {{1, 2, 3, 4, 5, 6}});
  const RawPng mirrored = followed(color, image_of({2, 1}), moved_by("horizontal_flip", {2, 1}));
  EXPECT_EQ(Bytes(mirrored.values.datastart, mirrored.values.dataend), (Bytes{4, 5, 6, 1, 2, 3}));
}

TEST(Mask, IsNotAveragedWhereTheImageShrinks) {
  const Bytes file = png_file(4, 2, 8, kGrey, {{0, 200, 0, 200}, {200, 0, 200, 0}});
  const RawPng small =
      followed(file, image_of({4, 2}), moved_by("resize", {4, 2}, {{"width", 2}, {"height", 1}}));
  for (const int value : values_of(small)) EXPECT_TRUE(value == 0 || value == 200) << value;
}

TEST(Mask, StaysAsItIsWhereNothingMoves) {
  const Bytes file = png_file(3, 2, 8, kGrey, {{0, 1, 2}, {3, 3, 1}});
  EXPECT_EQ((*read_mask(file, image_of({3, 2})))->followed(still({3, 2}), "a.jpg").value(), file);
}

TEST(Mask, IsTurnedWithTheStoredPixelsIfItHasTheirSize) {
  const Bytes stored = png_file(3, 2, 8, kGrey, {{1, 2, 3}, {4, 5, 6}});
  const RawPng turned = followed(stored, image_of({3, 2}, 6), still({2, 3}));  // to be turned right
  EXPECT_EQ(values_of(turned), (std::vector<int>{4, 1, 5, 2, 6, 3}));
  const Bytes upright = png_file(2, 3, 8, kGrey, {{1, 2}, {3, 4}, {5, 6}});
  EXPECT_EQ(values_of(followed(upright, image_of({3, 2}, 6), still({2, 3}))),
            (std::vector<int>{1, 2, 3, 4, 5, 6}));
}

TEST(Mask, IsRefusedWhereItIsNotTheImages) {
  const Bytes file = png_file(3, 2, 8, kGrey, {{0, 1, 2}, {3, 3, 1}});
  EXPECT_EQ(reason_of(file, image_of({4, 2})), "is for 3×2 pixels, and the image has 4×2");
  EXPECT_EQ(reason_of(file, image_of({4, 3}, 6)), "is for 3×2 pixels, and the image has 3×4");
  EXPECT_EQ(reason_of({1, 2, 3}, image_of({3, 2})), "is no PNG");
  EXPECT_EQ(reason_of(test::first_bytes(file, file.size() - 20), image_of({3, 2})),
            "the file ends in the middle of the image");
}

}  // namespace
}  // namespace tenfold
