#include <gtest/gtest.h>

#include "image/sample_files.h"

namespace tenfold {
namespace {

using test::bytes_of;
using test::read_and_decode;
using std::string_view_literals::operator""sv;

std::string reason(std::string_view file) {
  const Outcome<DecodedImage> image = read_and_decode(bytes_of(file));
  return image ? "an image" : image.error().reason;
}

cv::Mat pixels_of(std::string_view file) {
  const Outcome<DecodedImage> image = read_and_decode(bytes_of(file));
  EXPECT_TRUE(image) << image.error().reason;
  return image ? image->pixels : cv::Mat();
}

TEST(Pnm, ReadsEveryKind) {
  EXPECT_TRUE(test::same(pixels_of("P1 3 2\n101 # white\n0 1 0"),
                         (cv::Mat_<std::uint8_t>(2, 3) << 0, 255, 0, 255, 0, 255)));
  EXPECT_TRUE(
      test::same(pixels_of("P2 3 1 255\n0 128 255\n"), (cv::Mat_<std::uint8_t>(1, 3) << 0, 128, 255)));
  EXPECT_TRUE(
      test::same(pixels_of("P3 1 1 255\n1 2 3\n"), (cv::Mat_<cv::Vec3b>(1, 1) << cv::Vec3b(3, 2, 1))));
  EXPECT_TRUE(test::same(pixels_of("P4 9 2\n\xAA\x80\0\0"sv),
                         (cv::Mat_<std::uint8_t>(2, 9) << 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 255, 255,
                          255, 255, 255, 255, 255, 255)));
  EXPECT_TRUE(test::same(pixels_of("P5 2 1 255\nab"), (cv::Mat_<std::uint8_t>(1, 2) << 'a', 'b')));
  EXPECT_TRUE(
      test::same(pixels_of("P6 1 1 255\nabc"), (cv::Mat_<cv::Vec3b>(1, 1) << cv::Vec3b('c', 'b', 'a'))));
  EXPECT_TRUE(test::same(pixels_of("P5 1 1 65535\n\x12\x34"), (cv::Mat_<std::uint16_t>(1, 1) << 0x1234)));
}

TEST(Pnm, SpreadsAnyLargestValueOverTheWholeRange) {
  EXPECT_TRUE(test::same(pixels_of("P2 3 1 15\n0 8 15\n"), (cv::Mat_<std::uint8_t>(1, 3) << 0, 136, 255)));
  EXPECT_TRUE(
      test::same(pixels_of("P2 2 1 1023\n512 1023\n"), (cv::Mat_<std::uint16_t>(1, 2) << 32800, 65535)));
}

TEST(Pnm, CutOffIsNoticed) {
  EXPECT_EQ(reason("P5 2 2 255\nabc"), "the file ends in the middle of the image");
  EXPECT_EQ(reason("P4 9 2\nabc"), "the file ends in the middle of the image");
  EXPECT_EQ(reason("P5 1 1 65535\na"), "the file ends in the middle of the image");
  EXPECT_EQ(reason("P1 2 2\n101"), "the file ends in the middle of the image");
  EXPECT_EQ(reason("P2 2 1 255\n12 25"), "the file ends in the middle of the image");
  EXPECT_EQ(reason("P6 30000 30000 255\nabc"), "the file ends in the middle of the image");
}

TEST(Pnm, BrokenPixelsAreRefused) {
  EXPECT_EQ(reason("P2 2 1 255\n12 x\n"), "there is no number where a pixel should be");
  EXPECT_EQ(reason("P2 2 1 255\n12 2x3\n"), "there is no number where a pixel should be");
  EXPECT_EQ(reason("P2 2 1 255\n12 256\n"), "a pixel is larger than the largest value of the header");
  EXPECT_EQ(reason("P5 2 1 15\nab"), "a pixel is larger than the largest value of the header");
}

TEST(Pnm, HasTheKindThatItsPixelsNeed) {
  for (const auto& [type, magic] : {std::pair{CV_8UC1, "P5\n37 23\n255\n"},
                                    {CV_8UC3, "P6\n37 23\n255\n"},
                                    {CV_16UC1, "P5\n37 23\n65535\n"},
                                    {CV_16UC3, "P6\n37 23\n65535\n"}}) {
    const cv::Mat pixels = test::pattern({37, 23}, type);
    Bytes file;
    ASSERT_TRUE(encode(pixels, {}, {.format = Format::kPnm}, file));
    EXPECT_TRUE(test::text_of(file).starts_with(magic));
    EXPECT_TRUE(test::same(read_and_decode(file)->pixels, pixels));
  }
}

}  // namespace
}  // namespace tenfold
