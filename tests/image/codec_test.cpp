#include "tenfold/image/codec.h"

#include <gtest/gtest.h>

#include <thread>

#include "image/sample_files.h"

namespace tenfold {
namespace {

using test::read_and_decode;

cv::Mat through(const cv::Mat& pixels, Format format) {
  Bytes file;
  EXPECT_TRUE(encode(pixels, {}, {.format = format, .quality = 100}, file));
  return read_and_decode(file)->pixels;
}

TEST(Codec, NarrowsSixteenBitsToTheNearestLevel) {
  const cv::Mat pixels = (cv::Mat_<std::uint16_t>(1, 4) << 0, 128, 129, 65535);
  EXPECT_TRUE(test::same(through(pixels, Format::kBmp), (cv::Mat_<std::uint8_t>(1, 4) << 0, 0, 1, 255)));
  EXPECT_EQ(through(test::pattern({20, 10}, CV_16UC3), Format::kJpeg).type(), CV_8UC3);
}

TEST(Codec, FlattensAlphaOnWhite) {
  const cv::Mat color(8, 8, CV_8UC4, cv::Scalar(0, 100, 255, 51)), grey(8, 8, CV_16UC2, cv::Scalar(0, 13107));
  EXPECT_EQ(through(color, Format::kPnm).at<cv::Vec3b>(1, 1), cv::Vec3b(204, 224, 255));
  EXPECT_EQ(through(color, Format::kBmp).at<cv::Vec3b>(1, 1), cv::Vec3b(204, 224, 255));
  EXPECT_EQ(through(grey, Format::kPnm).at<std::uint16_t>(1, 1), 52428);
  EXPECT_EQ(through(grey, Format::kJpeg).at<std::uint8_t>(1, 1), 204);
}

TEST(Codec, EncodesAPartOfALargerImage) {
  const cv::Mat whole = test::pattern({40, 30}, CV_8UC3), part = whole(cv::Rect(5, 6, 20, 10));
  for (const Format format :
       {Format::kJpeg, Format::kPng, Format::kWebp, Format::kTiff, Format::kBmp, Format::kPnm}) {
    Bytes of_part, of_copy;
    ASSERT_TRUE(encode(part, {}, {.format = format}, of_part));
    ASSERT_TRUE(encode(part.clone(), {}, {.format = format}, of_copy));
    EXPECT_EQ(of_part, of_copy) << format_name(format);
  }
}

TEST(Codec, LeavesThePixelsThatItEncodesAlone) {
  for (const Format format :
       {Format::kJpeg, Format::kPng, Format::kWebp, Format::kTiff, Format::kBmp, Format::kPnm}) {
    for (const int type : {CV_8UC1, CV_8UC4, CV_16UC2}) {
      const cv::Mat pixels = test::pattern({40, 30}, type), before = pixels.clone();
      Bytes out;
      ASSERT_TRUE(encode(pixels, {}, {.format = format}, out));
      EXPECT_TRUE(test::same(pixels, before)) << format_name(format);
    }
  }
}

TEST(Codec, RefusesPixelsThatNoFormatHolds) {
  Bytes out;
  const Outcome<void> result = encode(cv::Mat(2, 2, CV_32FC3, cv::Scalar::all(0)), {}, {}, out);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error(), (SampleFailure{Stage::kEncode, "pixels of type CV_32FC3 are not supported"}));
  EXPECT_FALSE(encode(cv::Mat(), {}, {}, out));
}

TEST(Codec, NoticesThatTheHeaderWasThatOfAnotherFile) {
  for (const Format format :
       {Format::kJpeg, Format::kPng, Format::kWebp, Format::kTiff, Format::kBmp, Format::kPnm}) {
    Bytes file;
    ASSERT_TRUE(encode(test::pattern({40, 30}, CV_8UC3), {}, {.format = format}, file));
    const Outcome<DecodedImage> image = decode(file, {.format = format, .stored = {41, 30}});
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error(),
              (SampleFailure{Stage::kDecode, "the image's size is not the one that the header tells"}));
  }
}

TEST(Codec, WorksInSeveralThreads) {
  const cv::Mat pixels = test::pattern({200, 150}, CV_8UC3);
  std::array<Bytes, 4> results;
  std::vector<std::jthread> threads;
  for (Bytes& result : results) {
    threads.emplace_back([&] {
      for (int round = 0; round < 20; ++round) {
        for (const Format format : {Format::kPng, Format::kTiff, Format::kWebp, Format::kJpeg}) {
          if (!encode(pixels, {}, {.format = format}, result) || !read_and_decode(result)) result.clear();
        }
      }
    });
  }
  threads.clear();
  EXPECT_FALSE(results[0].empty());
  for (const Bytes& result : results) EXPECT_EQ(result, results[0]);
}

}  // namespace
}  // namespace tenfold
