#include <gtest/gtest.h>
#include <tiffio.h>

#include <algorithm>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "image/sample_files.h"

namespace tenfold {
namespace {

using test::pixels_of;
using test::reason;
using test::tiff_file;

cv::Mat swapped(const cv::Mat& rgb) {
  cv::Mat bgr;
  cv::cvtColor(rgb, bgr, rgb.channels() == 4 ? cv::COLOR_RGBA2BGRA : cv::COLOR_RGB2BGR);
  return bgr;
}

TEST(Tiff, IsReadInEveryTypeAndLayout) {
  for (const int depth : {CV_8U, CV_16U}) {
    for (int channels = 1; channels <= 4; ++channels) {
      const cv::Mat stored = test::pattern({37, 23}, CV_MAKETYPE(depth, channels));
      const cv::Mat expected = channels >= 3 ? swapped(stored) : stored;
      for (const bool big_endian : {false, true}) {
        EXPECT_TRUE(test::same(pixels_of(tiff_file(stored, {.big_endian = big_endian})), expected));
      }
      EXPECT_TRUE(test::same(pixels_of(tiff_file(stored, {.tiled = true})), expected));
      EXPECT_TRUE(test::same(pixels_of(tiff_file(stored, {.planar = true})), expected));
      EXPECT_TRUE(test::same(pixels_of(tiff_file(stored, {.big_tiff = true, .pages = 2})), expected));
      EXPECT_TRUE(
          test::same(pixels_of(tiff_file(stored, {.compression = COMPRESSION_ADOBE_DEFLATE})), expected));
      EXPECT_TRUE(test::same(pixels_of(tiff_file(stored, {.compression = COMPRESSION_PACKBITS})), expected));
    }
  }
}

TEST(Tiff, WithWhiteAsZeroIsInverted) {
  const cv::Mat stored = test::pattern({37, 23}, CV_8UC1);
  EXPECT_TRUE(test::same(pixels_of(tiff_file(stored, {.min_is_white = true})), 255 - stored));
}

TEST(Tiff, WithPremultipliedAlphaIsDivided) {
  const cv::Mat stored(3, 3, CV_8UC4, cv::Scalar(50, 100, 20, 100));
  EXPECT_EQ(pixels_of(tiff_file(stored, {.premultiplied = true})).at<cv::Vec4b>(1, 1),
            cv::Vec4b(51, 255, 128, 100));
}

TEST(Tiff, IsTurnedUprightOnce) {
  const cv::Mat stored = test::pattern({37, 23}, CV_8UC1);
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const cv::Mat pixels = pixels_of(tiff_file(stored, {.orientation = orientation}));
    EXPECT_TRUE(test::same(pixels, turned_upright(stored, orientation))) << orientation;
  }
}

TEST(Tiff, ThatLibtiffConvertsIsTurnedUprightOnceToo) {
  // One bit a pixel, as CCITT group 4.
  for (int orientation = 1; orientation <= 8; ++orientation) {
    std::FILE* file = std::tmpfile();
    TIFF* tiff = TIFFFdOpen(dup(fileno(file)), "sample", "w");
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, 16);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, 2);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 1);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
    TIFFSetField(tiff, TIFFTAG_ORIENTATION, orientation);
    std::uint8_t rows[2][2] = {{0xF0, 0x00}, {0xFF, 0xFE}};
    for (std::uint32_t y = 0; y < 2; ++y) TIFFWriteScanline(tiff, rows[y], y, 0);
    TIFFClose(tiff);
    Bytes bytes(4096);
    std::rewind(file);
    bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file));
    std::fclose(file);
    cv::Mat stored(2, 16, CV_8UC1, cv::Scalar(255));
    stored(cv::Rect(0, 0, 4, 1)) = 0;
    stored(cv::Rect(0, 1, 15, 1)) = 0;
    EXPECT_TRUE(test::same(pixels_of(bytes), turned_upright(stored, orientation))) << orientation;
  }
}

TEST(Tiff, OfFloatPixelsIsRefused) {
  const cv::Mat stored(4, 4, CV_32FC1, cv::Scalar(0.5));
  EXPECT_EQ(reason(tiff_file(stored, {.is_float = true})), "pixels of type float 32 are not supported");
}

TEST(Tiff, WhoseStripsLeaveTheFileIsCutOff) {
  // The directory stands behind the pixels, so that a cut takes it away: the offset of the strip is changed.
  Bytes file = tiff_file(test::pattern({37, 5}, CV_8UC1));
  const Bytes tag{0x11, 0x01};  // StripOffsets, one LONG
  const auto entry = std::search(file.begin(), file.end(), tag.begin(), tag.end());
  *(entry + 9) = 0x7F;
  EXPECT_EQ(reason(file), "the file ends in the middle of the image");
}

TEST(Tiff, WithCorruptPixelsIsAFailure) {
  Bytes file = tiff_file(test::pattern({37, 23}, CV_8UC1), {.compression = COMPRESSION_ADOBE_DEFLATE});
  std::fill(file.begin() + 10, file.begin() + 30, std::uint8_t{0xFF});
  EXPECT_TRUE(reason(file).starts_with("cannot be decoded (libtiff: ")) << reason(file);
}

TEST(Tiff, RoundTripsEveryTypeAndIsReadByOthers) {
  for (const int depth : {CV_8U, CV_16U}) {
    for (int channels = 1; channels <= 4; ++channels) {
      const cv::Mat pixels = test::pattern({150, 91}, CV_MAKETYPE(depth, channels));
      Bytes file;
      ASSERT_TRUE(encode(pixels, {}, {.format = Format::kTiff}, file));
      EXPECT_TRUE(test::same(pixels_of(file), pixels)) << cv::typeToString(pixels.type());
      if (channels % 2 == 1) {  // OpenCV multiplies by alpha
        EXPECT_TRUE(test::same(cv::imdecode(file, cv::IMREAD_UNCHANGED), pixels));
      }
    }
  }
}

TEST(Tiff, WritesTheSameBytesForTheSamePixels) {
  Bytes first, second;
  const cv::Mat pixels = test::pattern({30, 20}, CV_8UC3);
  ASSERT_TRUE(encode(pixels, {}, {.format = Format::kTiff}, first));
  second.assign(5000, 7);
  ASSERT_TRUE(encode(pixels, {}, {.format = Format::kTiff}, second));
  EXPECT_EQ(first, second);
}

}  // namespace
}  // namespace tenfold
