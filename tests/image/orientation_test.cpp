#include <gtest/gtest.h>

#include "image/sample_files.h"

namespace tenfold {
namespace {

using test::bytes_of;
using test::joined;
using std::string_view_literals::operator""sv;

// As a camera stores what is seen upright, by the definition of EXIF: where row 0 and column 0 are seen.
cv::Mat stored_as(const cv::Mat& upright, int orientation) {
  const int width = upright.cols, height = upright.rows;
  const cv::Size size = orientation >= 5 ? cv::Size(height, width) : upright.size();
  cv::Mat stored(size, upright.type());
  for (int r = 0; r < size.height; ++r) {
    for (int c = 0; c < size.width; ++c) {
      const int down = orientation >= 5 ? c : r, right = orientation >= 5 ? r : c;
      const bool from_bottom = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
      const bool from_right = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
      const int y = from_bottom ? height - 1 - down : down, x = from_right ? width - 1 - right : right;
      std::copy_n(upright.ptr(y, x), upright.elemSize(), stored.ptr(r, c));
    }
  }
  return stored;
}

Bytes with_orientation(const Bytes& jpeg, int orientation) {
  return test::with_segments(
      jpeg, test::jpeg_segment(0xE1, joined({bytes_of("Exif\0\0"sv), test::exif_block(orientation)})));
}

TEST(Orientation, IsUndoneExactlyForEveryValueAndType) {
  for (const int type : {CV_8UC1, CV_8UC2, CV_8UC3, CV_8UC4, CV_16UC1, CV_16UC2, CV_16UC3, CV_16UC4}) {
    const cv::Mat upright = test::pattern({7, 5}, type);
    for (int orientation = 1; orientation <= 8; ++orientation) {
      EXPECT_TRUE(test::same(turned_upright(stored_as(upright, orientation), orientation), upright))
          << orientation;
    }
  }
}

TEST(Orientation, OfAJpegIsAppliedWhenItIsDecoded) {
  const cv::Mat upright = test::pattern({45, 30}, CV_8UC3);
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const Bytes file =
        with_orientation(test::jpeg_file(stored_as(upright, orientation), {.quality = 98}), orientation);
    const Outcome<DecodedImage> image = test::read_and_decode(file);
    ASSERT_TRUE(image);
    EXPECT_LT(test::mean_difference(image->pixels, upright), 2) << orientation;
    EXPECT_EQ(read_header(file)->upright(), upright.size());
  }
}

TEST(Orientation, OfWholeBlocksIsUndoneWithoutLoss) {
  const cv::Mat upright = test::pattern({64, 32}, CV_8UC3);
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const Bytes file =
        with_orientation(test::jpeg_file(stored_as(upright, orientation), {.quality = 60}), orientation);
    const std::optional<Bytes> turned = turned_losslessly(file, *read_header(file), 1);
    ASSERT_TRUE(turned) << orientation;
    EXPECT_EQ(*read_header(*turned), (ImageHeader{.format = Format::kJpeg, .stored = {64, 32}}));
    // The inverse transform rounds a turned block otherwise, by one level here and there.
    const cv::Mat before = test::read_and_decode(file)->pixels,
                  after = test::read_and_decode(*turned)->pixels;
    EXPECT_LE(cv::norm(before, after, cv::NORM_INF), 3) << orientation;
    EXPECT_LT(test::mean_difference(before, after), 0.25) << orientation;
  }
}

TEST(Orientation, CombinedDoesBothTurns) {
  const cv::Mat pixels = test::pattern({7, 5}, CV_8UC3);
  for (int first = 1; first <= 8; ++first) {
    for (int second = 1; second <= 8; ++second) {
      EXPECT_TRUE(test::same(turned_upright(pixels, combined_orientation(first, second)),
                             turned_upright(turned_upright(pixels, first), second)))
          << first << ", then " << second;
    }
  }
}

TEST(Orientation, OfBrokenBlocksIsNotUndoneWithoutLoss) {
  const Bytes file = with_orientation(test::jpeg_file(test::pattern({60, 30}, CV_8UC3)), 3);
  EXPECT_EQ(turned_losslessly(file, *read_header(file), 1), std::nullopt);
}

TEST(Orientation, IsOnlyUndoneWithoutLossInAJpeg) {
  const Bytes png = test::png_file(1, 1, 8, 0, {{7}}, {{"eXIf", test::exif_block(3)}});
  EXPECT_EQ(turned_losslessly(png, *read_header(png), 1), std::nullopt);
}

TEST(Orientation, IsNotUndoneInAFileThatIsCut) {
  const Bytes file = with_orientation(test::jpeg_file(test::pattern({64, 32}, CV_8UC3)), 3);
  EXPECT_EQ(turned_losslessly(test::first_bytes(file, file.size() - 40), *read_header(file), 1),
            std::nullopt);
}

TEST(Orientation, TakesItsMetadataAwayAndLeavesTheProfile) {
  const Bytes profile = test::icc_profile("RGB ");
  const Bytes metadata =
      joined({test::jpeg_segment(0xE1, joined({bytes_of("Exif\0\0"sv), test::exif_block(3)})),
              test::jpeg_segment(0xE1, bytes_of("http://ns.adobe.com/xap/1.0/\0<x/>"sv)),
              test::jpeg_segment(0xE2, bytes_of("MPF\0....")),
              test::jpeg_segment(0xED, bytes_of("Photoshop 3.0\0"sv))});
  const Bytes file = test::with_segments(
      test::jpeg_file(test::pattern({64, 32}, CV_8UC3), {.icc_profile = profile}), metadata);
  const std::optional<Bytes> turned = turned_losslessly(file, *read_header(file), 1);
  ASSERT_TRUE(turned);
  const std::string text = test::text_of(*turned);
  for (const std::string_view gone : {"Exif", "ns.adobe", "MPF", "Photoshop"})
    EXPECT_EQ(text.find(gone), text.npos) << gone;
  EXPECT_NE(text.find("JFIF"), text.npos);
  EXPECT_EQ(test::read_and_decode(*turned)->traits.icc_profile, profile);
}

}  // namespace
}  // namespace tenfold
