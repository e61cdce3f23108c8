#include <gtest/gtest.h>

#include <opencv2/imgcodecs.hpp>

#include "image/sample_files.h"

namespace tenfold {
namespace {

using test::pixels_of;
using test::reason;

void put(Bytes& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<std::uint8_t>(value >> 8 * i & 0xFF));
}

struct Bmp {
  int width, height, bits;
  std::uint32_t compression = 0;
  Bytes palette{};  // or masks
  Bytes data{};
  std::uint32_t colors = 0;
};

Bytes bmp_file(const Bmp& bmp) {
  Bytes file{'B', 'M'};
  const auto offset = static_cast<std::uint32_t>(54 + bmp.palette.size());
  const auto data_bytes = static_cast<std::uint32_t>(bmp.data.size());
  for (const std::uint32_t field : {offset + data_bytes, 0U, offset, 40U}) put(file, field, 4);
  put(file, static_cast<std::uint32_t>(bmp.width), 4);
  put(file, static_cast<std::uint32_t>(bmp.height), 4);
  put(file, 1, 2);
  put(file, static_cast<std::uint32_t>(bmp.bits), 2);
  for (const std::uint32_t field : {bmp.compression, data_bytes, 0U, 0U, bmp.colors, 0U}) put(file, field, 4);
  return test::joined({file, bmp.palette, bmp.data});
}

Bytes masks(std::initializer_list<std::uint32_t> values) {
  Bytes out;
  for (const std::uint32_t value : values) put(out, value, 4);
  return out;
}

const Bytes kRedAndGreen{0, 0, 255, 0, 0, 255, 0, 0};  // blue, green, red, nothing
const Bytes kGreys{10, 10, 10, 0, 20, 20, 20, 0};

TEST(Bmp, LiesFromTheBottomUpUnlessItsHeightIsNegative) {
  const Bytes rows{1, 2, 3, 0, 4, 5, 6, 0};
  EXPECT_TRUE(test::same(pixels_of(bmp_file({1, 2, 24, 0, {}, rows})),
                         (cv::Mat_<cv::Vec3b>(2, 1) << cv::Vec3b(4, 5, 6), cv::Vec3b(1, 2, 3))));
  EXPECT_TRUE(test::same(pixels_of(bmp_file({1, -2, 24, 0, {}, rows})),
                         (cv::Mat_<cv::Vec3b>(2, 1) << cv::Vec3b(1, 2, 3), cv::Vec3b(4, 5, 6))));
}

TEST(Bmp, LooksColorsUpInThePalette) {
  EXPECT_TRUE(test::same(
      pixels_of(bmp_file({3, 1, 1, 0, kRedAndGreen, {0b01000000, 0, 0, 0}})),
      (cv::Mat_<cv::Vec3b>(1, 3) << cv::Vec3b(0, 0, 255), cv::Vec3b(0, 255, 0), cv::Vec3b(0, 0, 255))));
  EXPECT_TRUE(test::same(pixels_of(bmp_file({3, 1, 4, 0, kGreys, {0x10, 0x10, 0, 0}, 2})),
                         (cv::Mat_<std::uint8_t>(1, 3) << 20, 10, 20)));
  EXPECT_TRUE(test::same(pixels_of(bmp_file({3, 1, 8, 0, kGreys, {1, 0, 7, 0}, 2})),
                         (cv::Mat_<std::uint8_t>(1, 3) << 20, 10, 0)));
}

TEST(Bmp, SpreadsMasksOverTheWholeRange) {
  const Bytes white_then_blue{0xFF, 0x7F, 0x1F, 0x00};
  EXPECT_TRUE(test::same(pixels_of(bmp_file({2, 1, 16, 0, {}, white_then_blue})),
                         (cv::Mat_<cv::Vec3b>(1, 2) << cv::Vec3b(255, 255, 255), cv::Vec3b(255, 0, 0))));
  EXPECT_TRUE(
      test::same(pixels_of(bmp_file({2, 1, 16, 3, masks({0xF800, 0x7E0, 0x1F}), {0x00, 0xF8, 0x20, 0x00}})),
                 (cv::Mat_<cv::Vec3b>(1, 2) << cv::Vec3b(0, 0, 255), cv::Vec3b(0, 4, 0))));
}

TEST(Bmp, HasAlphaOnlyWhereAMaskSaysSoAndSomeIsNotZero) {
  const Bytes pixel{1, 2, 3, 100}, clear{1, 2, 3, 0};
  const Bytes with_alpha = masks({0xFF0000, 0xFF00, 0xFF, 0xFF000000});
  EXPECT_TRUE(test::same(pixels_of(bmp_file({1, 1, 32, 0, {}, pixel})),
                         (cv::Mat_<cv::Vec3b>(1, 1) << cv::Vec3b(1, 2, 3))));
  EXPECT_TRUE(test::same(pixels_of(bmp_file({1, 1, 32, 6, with_alpha, pixel})),
                         (cv::Mat_<cv::Vec4b>(1, 1) << cv::Vec4b(1, 2, 3, 100))));
  EXPECT_TRUE(test::same(pixels_of(bmp_file({1, 1, 32, 6, with_alpha, clear})),
                         (cv::Mat_<cv::Vec3b>(1, 1) << cv::Vec3b(1, 2, 3))));
}

TEST(Bmp, UnpacksRunLengths) {
  // Bottom row: three of color 1, end of row; top row: move right by one, two of color 1, end.
  const Bytes runs8{3, 1, 0, 0, 0, 2, 1, 0, 2, 1, 0, 1};
  EXPECT_TRUE(test::same(pixels_of(bmp_file({3, 2, 8, 1, kGreys, runs8, 2})),
                         (cv::Mat_<std::uint8_t>(2, 3) << 10, 20, 20, 20, 20, 20)));
  // Alternating colors, then three literals in nibbles, padded to two bytes.
  const Bytes runs4{3, 0x10, 0, 0, 0, 3, 0x01, 0x10, 0, 1};
  EXPECT_TRUE(test::same(pixels_of(bmp_file({3, 2, 4, 2, kGreys, runs4, 2})),
                         (cv::Mat_<std::uint8_t>(2, 3) << 10, 20, 20, 20, 10, 20)));
}

TEST(Bmp, OfRunLengthsThatLeaveTheImageIsRefused) {
  const Bytes far{0, 2, 0, 200, 0, 2, 0, 200, 1, 1, 0, 1};
  EXPECT_EQ(reason(bmp_file({3, 2, 8, 1, kGreys, far, 2})), "the run lengths leave the image");
  const Bytes unfinished{3, 1, 0, 0, 2, 1};
  EXPECT_EQ(reason(bmp_file({3, 2, 8, 1, kGreys, unfinished, 2})),
            "the file ends in the middle of the image");
}

TEST(Bmp, CutOffIsNoticed) {
  const Bytes file = bmp_file({1, 2, 24, 0, {}, {1, 2, 3, 0, 4, 5, 6, 0}});
  EXPECT_EQ(reason(test::first_bytes(file, file.size() - 1)), "the file ends in the middle of the image");
  EXPECT_EQ(reason(bmp_file({3, 1, 8, 0, {1, 2, 3}, {}, 0})), "the file ends in the middle of the image");
}

TEST(Bmp, OfAnUnknownPackingIsRefused) {
  EXPECT_EQ(reason(bmp_file({1, 1, 24, 4, {}, {1, 2, 3, 0}})),
            "a BMP of compression 4 and 24 bits is not supported");
}

TEST(Bmp, RoundTripsAndIsReadByOthers) {
  for (const int type : {CV_8UC1, CV_8UC3}) {
    const cv::Mat pixels = test::pattern({37, 23}, type);
    Bytes file;
    ASSERT_TRUE(encode(pixels, {}, {.format = Format::kBmp}, file));
    EXPECT_TRUE(test::same(pixels_of(file), pixels));
    EXPECT_TRUE(test::same(cv::imdecode(file, cv::IMREAD_UNCHANGED), pixels));
  }
}

}  // namespace
}  // namespace tenfold
