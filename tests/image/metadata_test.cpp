#include <gtest/gtest.h>

#include "image/sample_files.h"

namespace tenfold {
namespace {

using test::bytes_of;
using test::joined;
using test::jpeg_segment;
using std::string_view_literals::operator""sv;

constexpr std::uint8_t kApp0 = 0xE0, kApp1 = 0xE1, kApp2 = 0xE2, kApp13 = 0xED, kComment = 0xFE;

// What cameras and editors leave in a file, each with a word that can be found again.
Bytes jpeg_metadata() {
  return joined({jpeg_segment(kApp1, joined({bytes_of("Exif\0\0"sv), test::gps_block(true)})),
                 jpeg_segment(kApp1, bytes_of("http://ns.adobe.com/xap/1.0/\0<x/>"sv)),
                 jpeg_segment(kApp2, bytes_of("MPF\0....")),
                 jpeg_segment(kApp13, bytes_of("Photoshop 3.0\0"sv)),
                 jpeg_segment(kApp0, bytes_of("JFXX\0\x13thumbnail"sv)),
                 jpeg_segment(kComment, bytes_of("taken at home"))});
}

TEST(Metadata, OfAJpegGoAndAllElseStays) {
  for (const test::JpegOptions& options :
       {test::JpegOptions{}, test::JpegOptions{.progressive = true},
        test::JpegOptions{.separate_scans = true}, test::JpegOptions{.restart_interval = 2},
        test::JpegOptions{.rgb = true}, test::JpegOptions{.icc_profile = test::icc_profile("RGB ")}}) {
    const Bytes plain = test::jpeg_file(test::pattern({64, 48}, CV_8UC3), options);
    const Bytes file =
        joined({test::with_segments(plain, jpeg_metadata()), bytes_of("a film behind the picture")});
    EXPECT_EQ(*without_metadata(file, Format::kJpeg), plain);
    EXPECT_EQ(*without_metadata(plain, Format::kJpeg), plain);
  }
  const Bytes cmyk = test::jpeg_file(test::pattern({16, 16}, CV_8UC4));
  EXPECT_EQ(*without_metadata(test::with_segments(cmyk, jpeg_metadata()), Format::kJpeg), cmyk);
}

TEST(Metadata, OfAJpegAreFoundBehindBytesThatDecodersSkip) {
  const Bytes plain = test::jpeg_file(test::pattern({64, 48}, CV_8UC3));
  const Bytes filled =
      test::with_segments(plain, joined({{0xFF, 0xFF, 0xFF}, jpeg_metadata(), {0xFF, 0xFF}}));
  ASSERT_EQ(test::reason(filled), "an image");
  EXPECT_EQ(*without_metadata(filled, Format::kJpeg), plain);
}

TEST(Metadata, OfAJpegIncludeTheThumbnailInItsFirstSegment) {
  const Bytes plain = test::jpeg_file(test::pattern({64, 48}, CV_8UC3));
  const Bytes head = jpeg_segment(kApp0, bytes_of("JFIF\0\1\1\0\0\1\0\1\1\1rgb"sv));
  const Bytes tail(plain.begin() + 2 + 18, plain.end());  // behind SOI and its own segment
  EXPECT_EQ(*without_metadata(joined({{0xFF, 0xD8}, head, tail}), Format::kJpeg), plain);
}

TEST(Metadata, OfAPngGoAndWhatTellsColorsStays) {
  const std::vector<Bytes> rows{{7, 200}};
  const std::vector<test::PngChunk> colors{{"gAMA", {0, 0, 0xB1, 0x8F}},
                                           {"pHYs", {0, 0, 1, 0, 0, 0, 1, 0, 1}}};
  std::vector<test::PngChunk> all = colors;
  all.insert(all.begin() + 1, {"tEXt", bytes_of("Author\0someone"sv)});
  all.push_back({"eXIf", test::gps_block(true)});
  all.push_back({"vpAg", {0, 0, 0, 2, 0, 0, 0, 1, 0}});
  const std::vector<test::PngChunk> behind{{"tIME", {7, 230, 1, 1, 1, 1, 1}}, {"zTXt", bytes_of("a\0\0b"sv)}};
  const Bytes file = joined({test::png_file(2, 1, 8, 0, rows, all, behind), bytes_of("and more")});
  EXPECT_EQ(*without_metadata(file, Format::kPng), test::png_file(2, 1, 8, 0, rows, colors));
}

TEST(Metadata, OfABmpAreNone) {
  Bytes file;
  ASSERT_TRUE(encode(test::pattern({5, 4}, CV_8UC3), {}, {.format = Format::kBmp}, file));
  EXPECT_EQ(*without_metadata(file, Format::kBmp), file);
}

TEST(Metadata, OfTiffAndPnmAreNotTakenOutOfTheFile) {
  EXPECT_EQ(without_metadata(test::tiff_file(test::pattern({5, 4}, CV_8UC3)), Format::kTiff), std::nullopt);
  EXPECT_EQ(without_metadata(bytes_of("P5 # by hand\n1 1 255\n7"), Format::kPnm), std::nullopt);
}

}  // namespace
}  // namespace tenfold
