#include "tenfold/image/format.h"

#include <gtest/gtest.h>

#include "image/sample_files.h"

namespace tenfold {
namespace {

using test::bytes_of;
using std::string_view_literals::operator""sv;

TEST(Format, IsKnownByTheFirstBytes) {
  EXPECT_EQ(recognise(bytes_of("\xFF\xD8\xFF\xE0"sv)), Format::kJpeg);
  EXPECT_EQ(recognise(bytes_of("\x89PNG\r\n\x1A\n"sv)), Format::kPng);
  EXPECT_EQ(recognise(bytes_of("RIFF\x10\0\0\0WEBPVP8 "sv)), Format::kWebp);
  for (const std::string_view magic : {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv}) {
    EXPECT_EQ(recognise(bytes_of(magic)), Format::kTiff);
  }
  EXPECT_EQ(recognise(bytes_of("BM\0\0\0\0\0\0\0\0\0\0\0\0\x28\0"sv)), Format::kBmp);
  EXPECT_EQ(recognise(bytes_of("P5\n"sv)), Format::kPnm);
  EXPECT_EQ(recognise(bytes_of("P1#"sv)), Format::kPnm);
}

TEST(Format, IsNotGuessedFromText) {
  EXPECT_EQ(recognise(bytes_of("BMW, Audi and others")), std::nullopt);
  EXPECT_EQ(recognise(bytes_of("P50 of the latencies")), std::nullopt);
  EXPECT_EQ(recognise(bytes_of("RIFF\x10\0\0\0WAVEfmt "sv)), std::nullopt);
  EXPECT_EQ(recognise(bytes_of("")), std::nullopt);
}

TEST(Format, NamesFormatsThatAreNotSupported) {
  EXPECT_EQ(unsupported_format(bytes_of("GIF89a")), "GIF");
  EXPECT_EQ(unsupported_format(bytes_of("\0\0\0\x20"
                                        "ftypheic"sv)),
            "HEIC");
  EXPECT_EQ(unsupported_format(bytes_of("\0\0\0\x20"
                                        "ftypavif"sv)),
            "AVIF");
  EXPECT_EQ(unsupported_format(bytes_of("\xFF\x0A"sv)), "JPEG XL");
  EXPECT_EQ(unsupported_format(bytes_of("\0\0\0\x0CjP  \r\n\x87\n"sv)), "JPEG 2000");
  EXPECT_EQ(unsupported_format(bytes_of("8BPS")), "PSD");
  EXPECT_EQ(unsupported_format(bytes_of("\x76\x2F\x31\x01"sv)), "OpenEXR");
  EXPECT_EQ(unsupported_format(bytes_of("#?RADIANCE\n")), "Radiance HDR");
  EXPECT_EQ(unsupported_format(bytes_of("\0\0\1\0\1\0"sv)), "ICO");
  EXPECT_EQ(unsupported_format(bytes_of("\xFF\xD8\xFF"sv)), std::nullopt);
}

TEST(Format, IsClaimedByAnExtensionOfAnyCase) {
  EXPECT_EQ(claimed_format("a/b.c/Cat.JPeG"), Format::kJpeg);
  EXPECT_EQ(claimed_format("scan.tiff"), Format::kTiff);
  EXPECT_EQ(claimed_format("x.dib"), Format::kBmp);
  EXPECT_EQ(claimed_format("x.pgm"), Format::kPnm);
  EXPECT_EQ(claimed_format("x.gif"), std::nullopt);
  EXPECT_EQ(claimed_format(".jpg"), std::nullopt);
  EXPECT_EQ(claimed_format("folder.jpg/readme"), std::nullopt);
  EXPECT_TRUE(claims_to_be_image("x.webp"));
  EXPECT_TRUE(claims_to_be_image("x.HEIC"));
  EXPECT_FALSE(claims_to_be_image("labels.csv"));
}

TEST(Format, HasANameAndAnExtension) {
  EXPECT_EQ(format_name(Format::kWebp), "WebP");
  EXPECT_EQ(usual_extension(Format::kJpeg), ".jpg");
  EXPECT_EQ(usual_extension(Format::kTiff), ".tif");
  EXPECT_EQ(usual_extension(Format::kPnm), ".ppm");
  for (const Format format :
       {Format::kJpeg, Format::kPng, Format::kWebp, Format::kTiff, Format::kBmp, Format::kPnm}) {
    EXPECT_EQ(claimed_format("x" + std::string(usual_extension(format))), format);
  }
}

}  // namespace
}  // namespace tenfold
