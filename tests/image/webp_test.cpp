#include <gtest/gtest.h>

#include <opencv2/imgcodecs.hpp>

#include "image/sample_files.h"

namespace tenfold {
namespace {

using test::bytes_of;
using test::read_and_decode;
using std::string_view_literals::operator""sv;

constexpr int kLosslessQuality = 101;  // of cv::imencode

Bytes webp_file(const cv::Mat& pixels, int quality) {
  Bytes file;
  cv::imencode(".webp", pixels, file, {cv::IMWRITE_WEBP_QUALITY, quality});
  return file;
}

Bytes little(std::uint32_t value, int bytes) {
  Bytes out;
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<std::uint8_t>(value >> 8 * i & 0xFF));
  return out;
}

Bytes chunk(std::string_view type, const Bytes& payload) {
  Bytes out = test::joined({bytes_of(type), little(static_cast<std::uint32_t>(payload.size()), 4), payload});
  out.resize(out.size() + payload.size() % 2);
  return out;
}

Bytes riff(const Bytes& body) {
  return test::joined(
      {bytes_of("RIFF"), little(static_cast<std::uint32_t>(body.size() + 4), 4), bytes_of("WEBP"), body});
}

// The chunks of a still file, without the RIFF head.
Bytes chunks_of(const Bytes& file) { return Bytes(file.begin() + 12, file.end()); }

TEST(Webp, DecodesToTheSamePixelsAsAnotherDecoder) {
  for (const int quality : {80, kLosslessQuality}) {
    const Bytes file = webp_file(test::pattern({67, 45}, CV_8UC3), quality);
    const Outcome<DecodedImage> image = read_and_decode(file);
    ASSERT_TRUE(image);
    EXPECT_TRUE(test::same(image->pixels, cv::imdecode(file, cv::IMREAD_UNCHANGED)));
    EXPECT_EQ(image->traits.lossless, quality == kLosslessQuality);
  }
}

TEST(Webp, ThatWasLosslessStaysSo) {
  const cv::Mat pixels = test::pattern({67, 45}, CV_8UC3);
  const Outcome<DecodedImage> source = read_and_decode(webp_file(pixels, kLosslessQuality));
  Bytes out;
  ASSERT_TRUE(encode(source->pixels, source->traits, {.format = Format::kWebp, .quality = 10}, out));
  EXPECT_TRUE(test::same(read_and_decode(out)->pixels, pixels));
  EXPECT_TRUE(read_and_decode(out)->traits.lossless);
}

TEST(Webp, OfAnotherSourceIsLossy) {
  const cv::Mat pixels = test::pattern({67, 45}, CV_8UC4);
  Bytes good, poor;
  ASSERT_TRUE(encode(pixels, {}, {.format = Format::kWebp, .quality = 95}, good));
  ASSERT_TRUE(encode(pixels, {}, {.format = Format::kWebp, .quality = 5}, poor));
  EXPECT_LT(poor.size(), good.size());
  const Outcome<DecodedImage> image = read_and_decode(good);
  EXPECT_EQ(image->pixels.type(), CV_8UC4);
  EXPECT_LT(test::mean_difference(image->pixels, pixels), 3);
  EXPECT_FALSE(image->traits.lossless);
}

TEST(Webp, OfGreyPixelsHoldsColor) {
  Bytes out;
  const cv::Mat grey(20, 30, CV_8UC1, cv::Scalar(100)), grey_alpha(20, 30, CV_8UC2, cv::Scalar(100, 50));
  ASSERT_TRUE(encode(grey, {}, {.format = Format::kWebp}, out));
  EXPECT_LE(cv::norm(read_and_decode(out)->pixels, cv::Mat(20, 30, CV_8UC3, cv::Scalar(100, 100, 100)),
                     cv::NORM_INF),
            1);
  ASSERT_TRUE(encode(grey_alpha, {}, {.format = Format::kWebp}, out));
  EXPECT_LE(cv::norm(read_and_decode(out)->pixels, cv::Mat(20, 30, CV_8UC4, cv::Scalar(100, 100, 100, 50)),
                     cv::NORM_INF),
            1);
}

TEST(Webp, IsTurnedUprightByTheExifBehindTheImage) {
  const cv::Mat pixels = test::pattern({64, 48}, CV_8UC3);
  const Bytes still = webp_file(pixels, kLosslessQuality);
  const Bytes extended = chunk("VP8X", test::joined({{8, 0, 0, 0}, little(63, 3), little(47, 3)}));
  const Bytes file = riff(test::joined({extended, chunks_of(still), chunk("EXIF", test::exif_block(6))}));
  const Outcome<DecodedImage> image = read_and_decode(file);
  ASSERT_TRUE(image);
  cv::Mat expected;
  cv::rotate(pixels, expected, cv::ROTATE_90_CLOCKWISE);
  EXPECT_TRUE(test::same(image->pixels, expected));
}

TEST(Webp, WithoutItsMetadataKeepsPixelsAndProfile) {
  const Bytes still = chunks_of(webp_file(test::pattern({64, 48}, CV_8UC3), kLosslessQuality));
  const auto extended = [](std::uint8_t flags) {
    return chunk("VP8X", test::joined({{flags, 0, 0, 0}, little(63, 3), little(47, 3)}));
  };
  const Bytes profile = chunk("ICCP", test::icc_profile("RGB "));
  const Bytes file = riff(test::joined({extended(0x2C), profile, still, chunk("EXIF", test::gps_block(true)),
                                        chunk("XMP ", bytes_of("<x/>")), chunk("odd ", {1})}));
  EXPECT_EQ(*without_metadata(test::joined({file, bytes_of("more")}), Format::kWebp),
            riff(test::joined({extended(0x20), profile, still})));
}

TEST(Webp, OfAnAnimationShowsTheFirstFrameOnItsCanvas) {
  const cv::Mat frame = test::pattern({20, 10}, CV_8UC3);
  const Bytes extended = chunk("VP8X", test::joined({{2, 0, 0, 0}, little(31, 3), little(15, 3)}));
  const Bytes place =
      test::joined({little(2, 3), little(1, 3), little(19, 3), little(9, 3), little(100, 3), {0}});
  const Bytes shown = chunk("ANMF", test::joined({place, chunks_of(webp_file(frame, kLosslessQuality))}));
  const Bytes file = riff(test::joined({extended, chunk("ANIM", {0, 0, 0, 0, 0, 0}), shown, shown}));
  const Outcome<ImageHeader> header = read_header(file);
  ASSERT_TRUE(header);
  EXPECT_EQ(*header, (ImageHeader{.format = Format::kWebp, .stored = {32, 16}, .several_images = true}));
  const Outcome<DecodedImage> image = decode(file, *header);
  ASSERT_TRUE(image) << image.error().reason;
  EXPECT_EQ(image->pixels.at<cv::Vec4b>(0, 0), cv::Vec4b(0, 0, 0, 0));
  const cv::Vec3b first = frame.at<cv::Vec3b>(0, 0);
  EXPECT_EQ(image->pixels.at<cv::Vec4b>(2, 4), cv::Vec4b(first[0], first[1], first[2], 255));
  EXPECT_TRUE(image->traits.lossless);
}

TEST(Webp, CutOffOrCorruptIsAFailure) {
  const Bytes file = webp_file(test::pattern({64, 48}, CV_8UC3), 80);
  const Outcome<DecodedImage> cut = read_and_decode(test::first_bytes(file, file.size() - 1));
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error(), (SampleFailure{Stage::kDecode, "the file ends in the middle of the image"}));
  Bytes corrupt = webp_file(test::pattern({64, 48}, CV_8UC3), kLosslessQuality);
  std::fill(corrupt.begin() + 26, corrupt.begin() + 60, std::uint8_t{0xFF});
  const Outcome<DecodedImage> bad = read_and_decode(corrupt);
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error(),
            (SampleFailure{Stage::kDecode, "cannot be decoded (libwebp: the data are corrupt)"}));
}

TEST(Webp, TooLargeForTheFormatIsAFailureOfTheEncoder) {
  Bytes out;
  const Outcome<void> result =
      encode(cv::Mat(1, 16384, CV_8UC3, cv::Scalar::all(0)), {}, {.format = Format::kWebp}, out);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error(), (SampleFailure{Stage::kEncode, "a WebP has at most 16383 pixels a side"}));
}

}  // namespace
}  // namespace tenfold
