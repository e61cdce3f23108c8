// Every small file of every kind, cut at every length and with every bit turned over.

#include <gtest/gtest.h>
#include <tiffio.h>

#include <opencv2/imgcodecs.hpp>

#include "image/sample_files.h"

namespace tenfold {
namespace {

struct Sample {
  std::string name;
  Bytes file;
};

std::vector<Sample> samples() {
  const cv::Mat color = test::pattern({20, 12}, CV_8UC3), grey = test::pattern({20, 12}, CV_8UC1);
  const Bytes rgb_rows(20 * 3, 77);
  std::vector<Sample> all{
      {"jpeg", test::jpeg_file(color)},
      {"grey jpeg", test::jpeg_file(grey)},
      {"progressive jpeg", test::jpeg_file(color, {.progressive = true})},
      {"jpeg of three scans", test::jpeg_file(color, {.separate_scans = true})},
      {"cmyk jpeg", test::jpeg_file(test::pattern({20, 12}, CV_8UC4))},
      {"png", test::png_file(20, 3, 8, 2, {rgb_rows, rgb_rows, rgb_rows},
                             {{"tRNS", {0, 1, 0, 2, 0, 3}}, {"eXIf", test::exif_block(6)}})},
      {"palette png", test::png_file(4, 1, 2, 3, {{0x1B}}, {{"PLTE", Bytes(12, 9)}})},
      {"tiff", test::tiff_file(color)},
      {"lzw tiff", test::tiff_file(color, {.compression = COMPRESSION_LZW})},
      {"packbits tiff", test::tiff_file(grey, {.compression = COMPRESSION_PACKBITS, .big_endian = true})},
      {"deflate tiff",
       test::tiff_file(grey, {.compression = COMPRESSION_ADOBE_DEFLATE, .big_tiff = true, .tiled = true})},
      {"pgm", test::joined({test::bytes_of("P5 20 12 255\n"), Bytes(240, 'x')})},
      {"text ppm", test::bytes_of("P3 2 1 255\n10 20 30\n100 120 130\n")},
      {"pbm", test::joined({test::bytes_of("P4 9 3\n"), Bytes(6, 0xA5)})},
  };
  for (const auto& [extension, quality] : {std::pair{".webp", 80}, {".webp", 101}, {".bmp", 0}}) {
    Bytes file;
    cv::imencode(extension, color, file, {cv::IMWRITE_WEBP_QUALITY, quality});
    all.push_back({extension, file});
  }
  return all;
}

TEST(Damage, NoPrefixOfAFileGivesAnImage) {
  for (const Sample& sample : samples()) {
    ASSERT_TRUE(test::read_and_decode(sample.file)) << sample.name;
    for (std::size_t size = 0; size < sample.file.size(); ++size) {
      const Outcome<DecodedImage> image = test::read_and_decode(test::first_bytes(sample.file, size));
      ASSERT_FALSE(image) << sample.name << ", " << size << " of " << sample.file.size() << " bytes";
      EXPECT_FALSE(image.error().reason.empty());
    }
  }
}

TEST(Damage, EveryTurnedBitGivesAnImageOrAReason) {
  for (const Sample& sample : samples()) {
    for (std::size_t bit = 0; bit < 8 * sample.file.size(); ++bit) {
      Bytes file = sample.file;
      file[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
      const Outcome<ImageHeader> header = read_header(file);
      // A run refuses such a size by the header (max_pixels).
      if (!header || header->pixel_count() > 1'000'000) continue;
      const Outcome<DecodedImage> image = decode(file, *header);
      if (image) {
        EXPECT_EQ(image->pixels.size(), header->upright()) << sample.name << ", bit " << bit;
      } else {
        EXPECT_FALSE(image.error().reason.empty()) << sample.name << ", bit " << bit;
      }
      if (header->format == Format::kJpeg) turned_losslessly(file, *header, 1);
    }
  }
}

TEST(Damage, ATurnedBitInAPngIsNoticed) {
  const Bytes rows(30, 77);
  const Bytes whole = test::png_file(30, 2, 8, 0, {rows, rows});
  for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
    Bytes file = whole;
    file[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    EXPECT_FALSE(test::read_and_decode(file)) << "bit " << bit;
  }
}

}  // namespace
}  // namespace tenfold
