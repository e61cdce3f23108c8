#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <set>
#include <string_view>

#include "image/sample_files.h"

namespace tenfold {
namespace {

using test::pixels_of;
using test::png_file;
using test::read_and_decode;
using test::reason;

constexpr int kGrey = 0, kRgb = 2, kPalette = 3, kGreyAlpha = 4, kRgba = 6;

template <typename Pixel>
cv::Mat row(std::initializer_list<Pixel> pixels) {
  return cv::Mat(std::vector<Pixel>(pixels), true).reshape(0, 1);
}

// The filter types of the rows of a grey file of 8 bits, whose data are in one chunk.
std::set<int> filters_of(const cv::Mat& pixels) {
  constexpr std::string_view kType = "IDAT";
  Bytes file;
  EXPECT_TRUE(encode(pixels, {}, {.format = Format::kPng}, file));
  const auto type = std::search(file.begin(), file.end(), kType.begin(), kType.end());
  Bytes rows(pixels.rows * (pixels.cols + std::size_t{1}));
  uLongf size = rows.size();
  EXPECT_EQ(uncompress(rows.data(), &size, &type[kType.size()], file.end() - type - kType.size()), Z_OK);
  std::set<int> filters;
  for (std::size_t row = 0; row < rows.size(); row += pixels.cols + 1) filters.insert(rows[row]);
  return filters;
}

TEST(Png, WidensGreyOfFewBits) {
  EXPECT_TRUE(
      test::same(pixels_of(png_file(4, 1, 1, kGrey, {{0b10100000}})), row<std::uint8_t>({255, 0, 255, 0})));
  EXPECT_TRUE(
      test::same(pixels_of(png_file(4, 1, 2, kGrey, {{0b00011011}})), row<std::uint8_t>({0, 85, 170, 255})));
  EXPECT_TRUE(test::same(pixels_of(png_file(2, 1, 4, kGrey, {{0x1F}})), row<std::uint8_t>({17, 255})));
  EXPECT_TRUE(test::same(pixels_of(png_file(2, 1, 8, kGrey, {{7, 200}})), row<std::uint8_t>({7, 200})));
}

TEST(Png, KeepsSixteenBits) {
  EXPECT_TRUE(test::same(pixels_of(png_file(2, 1, 16, kGrey, {{0x12, 0x34, 0xFF, 0xFE}})),
                         row<std::uint16_t>({0x1234, 0xFFFE})));
  EXPECT_TRUE(
      test::same(pixels_of(png_file(1, 1, 16, kRgb, {{0, 1, 0, 2, 3, 0}})), row<cv::Vec3w>({{0x300, 2, 1}})));
}

TEST(Png, KeepsAlpha) {
  EXPECT_TRUE(test::same(pixels_of(png_file(1, 1, 8, kGreyAlpha, {{9, 100}})), row<cv::Vec2b>({{9, 100}})));
  EXPECT_TRUE(
      test::same(pixels_of(png_file(1, 1, 8, kRgba, {{1, 2, 3, 100}})), row<cv::Vec4b>({{3, 2, 1, 100}})));
}

TEST(Png, LooksColorsUpInThePalette) {
  const test::PngChunk palette{"PLTE", {10, 20, 30, 40, 50, 60}};
  EXPECT_TRUE(test::same(pixels_of(png_file(2, 1, 1, kPalette, {{0b01000000}}, {palette})),
                         row<cv::Vec3b>({{30, 20, 10}, {60, 50, 40}})));
  EXPECT_TRUE(test::same(pixels_of(png_file(2, 1, 8, kPalette, {{1, 0}}, {palette, {"tRNS", {77}}})),
                         row<cv::Vec4b>({{60, 50, 40, 255}, {30, 20, 10, 77}})));
}

TEST(Png, MakesTheTransparentColorAlpha) {
  EXPECT_TRUE(test::same(pixels_of(png_file(2, 1, 8, kGrey, {{5, 6}}, {{"tRNS", {0, 6}}})),
                         row<cv::Vec2b>({{5, 255}, {6, 0}})));
  EXPECT_TRUE(test::same(pixels_of(png_file(1, 1, 8, kRgb, {{1, 2, 3}}, {{"tRNS", {0, 1, 0, 2, 0, 3}}})),
                         row<cv::Vec4b>({{3, 2, 1, 0}})));
}

TEST(Png, DoesNotApplyGamma) {
  const test::PngChunk gamma{"gAMA", {0, 1, 0x86, 0xA0}};  // 1.0
  EXPECT_TRUE(
      test::same(pixels_of(png_file(2, 1, 8, kGrey, {{7, 200}}, {gamma})), row<std::uint8_t>({7, 200})));
}

TEST(Png, RoundTripsEveryType) {
  for (const int depth : {CV_8U, CV_16U}) {
    for (int channels = 1; channels <= 4; ++channels) {
      const cv::Mat pixels = test::pattern({150, 91}, CV_MAKETYPE(depth, channels));
      Bytes file;
      ASSERT_TRUE(encode(pixels, {}, {.format = Format::kPng}, file));
      EXPECT_TRUE(test::same(pixels_of(file), pixels)) << cv::typeToString(pixels.type());
    }
  }
}

TEST(Png, FiltersAllButSmallImagesOnEvenGround) {
  const auto ring = [](int side) {
    cv::Mat pixels(side, side, CV_8UC1, cv::Scalar::all(0));
    cv::circle(pixels, {side / 2, side / 2}, side / 3, cv::Scalar::all(255), 2, cv::LINE_AA);
    return pixels;
  };
  const std::set<int> none{0};
  EXPECT_EQ(filters_of(ring(28)), none);
  EXPECT_EQ(filters_of(ring(128)), none);
  EXPECT_NE(filters_of(ring(129)), none);
  EXPECT_NE(filters_of(test::pattern({28, 28}, CV_8UC1)), none);
  const auto rows_of = [](std::initializer_list<std::uint8_t> values) {
    return cv::repeat(row<std::uint8_t>(values), 8, 1);
  };
  EXPECT_EQ(filters_of(rows_of({0, 0, 0, 0, 0, 9, 5, 7})), none);  // half of them equal their left neighbours
  EXPECT_NE(filters_of(rows_of({0, 0, 0, 0, 9, 5, 7, 1})), none);
}

TEST(Png, CarriesTheProfileOver) {
  const SourceTraits source{.format = Format::kPng, .icc_profile = test::icc_profile("GRAY")};
  Bytes file;
  ASSERT_TRUE(encode(test::pattern({8, 8}, CV_8UC1), source, {.format = Format::kPng}, file));
  EXPECT_EQ(read_and_decode(file)->traits.icc_profile, source.icc_profile);
}

TEST(Png, LeavesOutAProfileOfOtherColorsOrWithoutSense) {
  for (const Bytes& profile : {test::icc_profile("GRAY"), Bytes(200, 0xAB), Bytes{1, 2}}) {
    SourceTraits source{.format = Format::kPng, .icc_profile = profile};
    Bytes file;
    ASSERT_TRUE(encode(test::pattern({8, 8}, CV_8UC3), source, {.format = Format::kPng}, file));
    EXPECT_TRUE(read_and_decode(file)->traits.icc_profile.empty());
  }
  SourceTraits broken{.format = Format::kPng, .icc_profile = test::icc_profile("RGB ")};
  broken.icc_profile[3] = 99;  // not its length
  Bytes file;
  EXPECT_TRUE(encode(test::pattern({8, 8}, CV_8UC3), broken, {.format = Format::kPng}, file));
}

TEST(Png, IsTurnedUpright) {
  const Bytes file = png_file(2, 1, 8, kGrey, {{7, 200}}, {{"eXIf", test::exif_block(6)}});
  EXPECT_TRUE(test::same(pixels_of(file), row<std::uint8_t>({7, 200}).reshape(0, 2)));
}

TEST(Png, CorruptInACriticalChunkIsAFailure) {
  Bytes file = png_file(2, 1, 8, kGrey, {{7, 200}});
  Bytes crc = file;
  crc[crc.size() - 13] ^= 1;  // of IDAT
  EXPECT_EQ(reason(crc), "cannot be decoded (libpng: IDAT: CRC error)");
  EXPECT_EQ(reason(png_file(2, 1, 8, kPalette, {{0, 1}})),
            "cannot be decoded (libpng: IDAT: Missing PLTE before IDAT)");
  EXPECT_EQ(reason(png_file(2, 2, 8, kGrey, {{7, 200}})),
            "cannot be decoded (libpng: Not enough image data)");
  EXPECT_EQ(reason(png_file(2, 1, 9, kGrey, {{7, 200}})), "cannot be decoded (libpng: Invalid IHDR data)");
}

TEST(Png, CorruptInAnAncillaryChunkPassesUnlessPixelsDependOnIt) {
  const Bytes comment = png_file(2, 1, 8, kGrey, {{7, 200}}, {{"iCCP", {'x', 0, 0, 1, 2, 3}}});
  EXPECT_EQ(reason(comment), "an image");
  Bytes transparent = png_file(2, 1, 8, kGrey, {{7, 200}}, {{"tRNS", {0, 7}}});
  transparent[33 + 8] ^= 1;
  EXPECT_EQ(reason(transparent), "cannot be decoded (libpng: tRNS: CRC error)");
}

TEST(Png, WithDataBehindTheLastRowPasses) {
  EXPECT_EQ(reason(png_file(2, 1, 8, kGrey, {{7, 200}, {1, 2}})), "an image");
}

TEST(Png, WithoutItsEndIsCutOff) {
  const Bytes file = png_file(2, 1, 8, kGrey, {{7, 200}});
  EXPECT_EQ(reason(test::first_bytes(file, file.size() - 12)), "the file ends in the middle of the image");
  EXPECT_EQ(reason(test::first_bytes(file, file.size() - 1)), "the file ends in the middle of the image");
}

}  // namespace
}  // namespace tenfold
