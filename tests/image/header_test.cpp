#include "tenfold/image/header.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "image/sample_files.h"

namespace tenfold {
namespace {

using test::bytes_of;
using test::joined;
using std::string_view_literals::operator""sv;

std::string reason(const Bytes& file) {
  const Outcome<ImageHeader> header = read_header(file);
  if (header) return "a header";
  EXPECT_EQ(header.error().stage, Stage::kScan);
  return header.error().reason;
}

Bytes small_jpeg() { return test::jpeg_file(test::pattern({48, 32}, CV_8UC3)); }

Bytes exif_segment(const Bytes& exif) {
  return test::jpeg_segment(0xE1, joined({bytes_of("Exif\0\0"sv), exif}));
}

Bytes grey_png(const std::vector<test::PngChunk>& extra, const std::vector<test::PngChunk>& behind = {}) {
  return test::png_file(3, 2, 8, 0, {{1, 2, 3}, {4, 5, 6}}, extra, behind);
}

Bytes webp_file(std::initializer_list<Bytes> chunks) {
  const Bytes body = joined(chunks);
  const auto size = static_cast<std::uint32_t>(body.size() + 4);
  Bytes file = bytes_of("RIFF");
  for (int i = 0; i < 4; ++i) file.push_back(static_cast<std::uint8_t>(size >> 8 * i & 0xFF));
  return joined({file, bytes_of("WEBP"), body});
}

TEST(Header, TellsTheSizeAsStoredAndAsSeen) {
  const ImageHeader header{.format = Format::kJpeg, .stored = {30, 20}, .orientation = 6};
  EXPECT_EQ(header.upright(), cv::Size(20, 30));
  EXPECT_EQ((ImageHeader{.stored = {30, 20}, .orientation = 4}.upright()), cv::Size(30, 20));
}

TEST(Header, CountsMorePixelsThanAnIntHolds) {
  EXPECT_EQ((ImageHeader{.stored = {65500, 65500}}.pixel_count()), 4290250000U);
}

TEST(Header, OfAJpegIsReadFromItsSegments) {
  EXPECT_EQ(*read_header(small_jpeg()), (ImageHeader{.format = Format::kJpeg, .stored = {48, 32}}));
}

TEST(Header, FindsExifBehindOtherSegmentsInBothByteOrders) {
  for (int orientation = 1; orientation <= 8; ++orientation) {
    for (const bool big_endian : {false, true}) {
      const Bytes segments = joined(
          {test::jpeg_segment(0xE1, bytes_of("http://ns.adobe.com/xap/1.0/\0<x/>"sv)),
           test::jpeg_segment(0xE2, Bytes(60000)), exif_segment(test::exif_block(orientation, big_endian))});
      EXPECT_EQ(read_header(test::with_segments(small_jpeg(), segments))->orientation, orientation);
    }
  }
}

TEST(Header, TellsWhetherExifHasAPlace) {
  for (const bool big_endian : {false, true}) {
    for (const bool latitude : {false, true}) {
      const Bytes exif = test::gps_block(latitude, big_endian);
      EXPECT_EQ(read_header(test::with_segments(small_jpeg(), exif_segment(exif)))->located, latitude);
      EXPECT_EQ(read_header(grey_png({{"eXIf", exif}}))->located, latitude);
      const Bytes cut = test::first_bytes(exif, 28);
      EXPECT_FALSE(read_header(test::with_segments(small_jpeg(), exif_segment(cut)))->located);
    }
  }
  EXPECT_FALSE(read_header(test::with_segments(small_jpeg(), exif_segment(test::exif_block(6))))->located);
  Bytes far_away = test::gps_block(true);
  far_away[21] = 0xFF;
  EXPECT_FALSE(read_header(test::with_segments(small_jpeg(), exif_segment(far_away)))->located);
}

TEST(Header, TellsATruncationFromOtherFailures) {
  const Bytes jpeg = small_jpeg();
  EXPECT_TRUE(is_truncation(read_header(test::first_bytes(jpeg, 20)).error()));
  EXPECT_TRUE(is_truncation(test::read_and_decode(test::first_bytes(jpeg, jpeg.size() - 40)).error()));
  EXPECT_FALSE(is_truncation(read_header(bytes_of("no image")).error()));
}

TEST(Header, TakesAnInvalidOrientationForNone) {
  for (const int orientation : {0, 9, 200}) {
    const Bytes file = test::with_segments(small_jpeg(), exif_segment(test::exif_block(orientation)));
    EXPECT_EQ(read_header(file)->orientation, 1);
  }
  Bytes far_away = test::exif_block(6);
  far_away[4] = 0xFF;
  far_away[7] = 0xFF;
  EXPECT_EQ(read_header(test::with_segments(small_jpeg(), exif_segment(far_away)))->orientation, 1);
  const Bytes cut = test::first_bytes(test::exif_block(6), 15);
  EXPECT_EQ(read_header(test::with_segments(small_jpeg(), exif_segment(cut)))->orientation, 1);
}

TEST(Header, OfABrokenJpegSaysWhatIsBroken) {
  EXPECT_EQ(reason(bytes_of("\xFF\xD8\xFF"sv)), "the JPEG header is cut off");
  EXPECT_EQ(reason(bytes_of("\xFF\xD8\xFF\xD9"sv)),
            "the JPEG header is broken: it ends before the image begins");
  EXPECT_EQ(reason(bytes_of("\xFF\xD8\xFF\xE0\0\1"sv)),
            "the JPEG header is broken: a segment of impossible length");
  EXPECT_EQ(reason(bytes_of("\xFF\xD8\xFF\xE0\xFF\xFF..."sv)), "the JPEG header is cut off");
  EXPECT_EQ(reason(bytes_of("\xFF\xD8\xFF\xDA\0\2"sv)),
            "the JPEG header is broken: the image begins before its size is told");
  EXPECT_EQ(reason(bytes_of("\xFF\xD8\xFF\xC0\0\x0B\x08\0\0\0\x10\1\1\x11\0\xFF\xDA\0\2"sv)),
            "the JPEG header leaves the height to a DNL marker, which is not supported");
  EXPECT_EQ(reason(bytes_of("\xFF\xD8\xFF\xC0\0\x0B\x08\0\x10\0\0\1\1\x11\0\xFF\xDA\0\2"sv)),
            "the JPEG header is broken: an image of 0×16 pixels");
  Bytes many = bytes_of("\xFF\xD8"sv);
  for (int i = 0; i < 70000; ++i) many.insert(many.end(), {0xFF, 0xE0, 0, 2});
  EXPECT_EQ(reason(many), "the JPEG header is broken: more segments than any image needs");
}

TEST(Header, OfAPngFindsExifBeforeAndBehindTheImage) {
  EXPECT_EQ(*read_header(grey_png({})),
            (ImageHeader{.format = Format::kPng, .stored = {3, 2}, .pixel_type = CV_8UC1}));
  EXPECT_EQ(read_header(grey_png({{"eXIf", test::exif_block(6)}}))->orientation, 6);
  EXPECT_EQ(read_header(grey_png({}, {{"eXIf", test::exif_block(8, true)}}))->orientation, 8);
}

TEST(Header, OfAnAnimatedPngSaysThatThereAreSeveralImages) {
  EXPECT_TRUE(read_header(grey_png({{"acTL", {0, 0, 0, 2, 0, 0, 0, 0}}}))->several_images);
  EXPECT_FALSE(read_header(grey_png({{"acTL", {0, 0, 0, 1, 0, 0, 0, 0}}}))->several_images);
}

TEST(Header, OfABrokenPngSaysWhatIsBroken) {
  EXPECT_EQ(reason(test::first_bytes(grey_png({}), 20)), "the PNG header is cut off");
  EXPECT_EQ(reason(test::png_file(0, 2, 8, 0, {})), "the PNG header is broken: an image of 0×2 pixels");
  EXPECT_EQ(reason(test::png_file(0xFFFFFFFF, 2, 8, 0, {})),
            "has a side of 4,294,967,295 pixels, more than 1,000,000");
  Bytes no_ihdr = grey_png({});
  no_ihdr[12] = 'X';
  EXPECT_EQ(reason(no_ihdr), "the PNG header is broken: the first chunk is not IHDR");
}

TEST(Header, OfAWebpIsReadFromEachKindOfChunk) {
  const Bytes lossy = bytes_of("VP8 \x0A\0\0\0\x10\0\0\x9D\x01\x2A\x40\0\x30\0"sv);
  const Bytes lossless =
      bytes_of("VP8L\x05\0\0\0\x2F\x3F\xC0\x0B\0\0"sv);  // 64×48, each less one, in 14 bits
  const Bytes extended = bytes_of("VP8X\x0A\0\0\0\x08\0\0\0\x3F\0\0\x2F\0\0"sv);
  const Bytes exif = joined({bytes_of("EXIF\x1A\0\0\0"sv), test::exif_block(5)});
  const ImageHeader plain{.format = Format::kWebp, .stored = {64, 48}};
  EXPECT_EQ(*read_header(webp_file({lossy})), plain);
  EXPECT_EQ(*read_header(webp_file({lossless})), plain);
  ImageHeader turned = plain;
  turned.orientation = 5;
  EXPECT_EQ(*read_header(webp_file({extended, lossy, exif})), turned);
}

TEST(Header, OfAWebpTellsItsCanvasInTheFirstChunkAlone) {
  const Bytes lossy = bytes_of("VP8 \x0A\0\0\0\x10\0\0\x9D\x01\x2A\x40\0\x30\0"sv);
  const Bytes animated_of_63 = bytes_of("VP8X\x0A\0\0\0\x02\0\0\0\x3E\0\0\x2F\0\0"sv);
  const ImageHeader plain{.format = Format::kWebp, .stored = {64, 48}};
  EXPECT_EQ(*read_header(webp_file({lossy, animated_of_63})), plain);
  EXPECT_EQ(*read_header(webp_file({animated_of_63, lossy, animated_of_63})),
            *read_header(webp_file({animated_of_63, lossy})));
}

TEST(Header, OfABrokenWebpSaysWhatIsBroken) {
  EXPECT_EQ(reason(bytes_of("RIFF\x10\0\0\0WEBP"sv)), "the WebP header is cut off");
  EXPECT_EQ(reason(webp_file({bytes_of("VP8 \x0A\0\0\0\x11\0\0\x9D\x01\x2A\x40\0\x30\0"sv)})),
            "the WebP header is broken: its frame is no key frame");
  EXPECT_EQ(reason(webp_file({bytes_of("VP8X\x0A\0\0\0\0\0\0\0\x3E\0\0\x2F\0\0"sv),
                              bytes_of("VP8 \x0A\0\0\0\x10\0\0\x9D\x01\x2A\x40\0\x30\0"sv)})),
            "the WebP header is broken: its frame and its canvas differ in size");
}

TEST(Header, OfATiffIsReadInEveryLayout) {
  const cv::Mat pixels = test::pattern({30, 20}, CV_8UC3);
  for (const bool big_endian : {false, true}) {
    for (const bool big_tiff : {false, true}) {
      const Bytes file = test::tiff_file(
          pixels,
          {.orientation = 7, .big_endian = big_endian, .big_tiff = big_tiff, .pages = big_tiff ? 2 : 1});
      EXPECT_EQ(
          *read_header(file),
          (ImageHeader{
              .format = Format::kTiff, .stored = {30, 20}, .orientation = 7, .several_images = big_tiff}));
    }
  }
}

TEST(Header, OfABrokenTiffSaysWhatIsBroken) {
  EXPECT_EQ(reason(bytes_of("II*\0\x08\0\0\0"sv)), "the TIFF header is cut off");
  EXPECT_EQ(reason(bytes_of("II*\0\x08\0\0\0\xFF\xFF\0\1"sv)), "the TIFF header is cut off");
  EXPECT_EQ(reason(bytes_of("II*\0\x08\0\0\0\1\0\0\1\3\0\1\0\0\0\5\0\0\0\0\0\0\0"sv)),
            "the TIFF header is broken: an image of 5×0 pixels");
}

TEST(Header, OfATiffWhoseDirectoryPointsToItselfIsRead) {
  Bytes loop = bytes_of("II*\0\x08\0\0\0\2\0\0\1\3\0\1\0\0\0\5\0\0\0\1\1\3\0\1\0\0\0\4\0\0\0\x08\0\0\0"sv);
  EXPECT_EQ(*read_header(loop),
            (ImageHeader{.format = Format::kTiff, .stored = {5, 4}, .pixel_type = CV_8UC1}));
}

TEST(Header, OfABmpKnowsOldHeadersAndRowsFromTheTop) {
  const Bytes os2 = bytes_of("BM\0\0\0\0\0\0\0\0\x1A\0\0\0\x0C\0\0\0\5\0\4\0\1\0\x18\0"sv);
  EXPECT_EQ(*read_header(os2), (ImageHeader{.format = Format::kBmp, .stored = {5, 4}}));
  Bytes info(54);
  std::ranges::copy(bytes_of("BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\5\0\0\0\xFC\xFF\xFF\xFF\1\0\x18\0"sv),
                    info.begin());
  EXPECT_EQ(*read_header(info), (ImageHeader{.format = Format::kBmp, .stored = {5, 4}}));
  info[18] = 0;
  EXPECT_EQ(reason(info), "the BMP header is broken: an image of 0×4 pixels");
  info[18] = 5;
  info[28] = 7;
  EXPECT_EQ(reason(info), "the BMP header is broken: 7 bits a pixel");
  EXPECT_EQ(reason(test::first_bytes(info, 40)), "the BMP header is cut off");
}

TEST(Header, OfAPnmSkipsCommentsAndSeesAnImageBehindTheFirst) {
  EXPECT_EQ(*read_header(bytes_of("P5 # five\n#more\n 5\t4\n255\n")),
            (ImageHeader{.format = Format::kPnm, .stored = {5, 4}, .pixel_type = CV_8UC1}));
  EXPECT_TRUE(read_header(bytes_of("P5 2 1 255\nabP5 2 1 255\nab"))->several_images);
  EXPECT_FALSE(read_header(bytes_of("P5 2 1 255\nab"))->several_images);
  EXPECT_EQ(reason(bytes_of("P5 5 4 255")), "the PNM header is cut off");
  EXPECT_EQ(reason(bytes_of("P5 5 x 255\n")), "the PNM header is broken: a number was expected");
  EXPECT_EQ(reason(bytes_of("P5 5 4 65536\n")), "the PNM header is broken: a largest value of 65536");
  EXPECT_EQ(reason(bytes_of("P5 99999999999999999999 4 255\n")),
            "the PNM header is broken: a number is too large");
}

TEST(Header, TellsTheTypeOfThePixelsThatAreDecoded) {
  std::vector<Bytes> files;
  for (const int channels : {1, 3, 4})
    files.push_back(test::jpeg_file(test::pattern({16, 16}, CV_8UC(channels))));
  for (const int depth : {CV_8U, CV_16U})
    for (int channels = 1; channels <= 4; ++channels)
      for (const bool other : {false, true})
        files.push_back(test::tiff_file(test::pattern({5, 4}, CV_MAKETYPE(depth, channels)),
                                        {.big_endian = other, .big_tiff = other}));
  const Bytes transparent(2), palette{1, 2, 3, 4, 5, 6};
  files.push_back(test::png_file(1, 1, 1, 0, {{0}}));
  files.push_back(test::png_file(1, 1, 16, 0, {{0, 0}}));
  files.push_back(test::png_file(1, 1, 8, 2, {{0, 0, 0}}));
  files.push_back(test::png_file(1, 1, 8, 3, {{0}}, {{"PLTE", palette}}));
  files.push_back(test::png_file(1, 1, 8, 3, {{0}}, {{"PLTE", palette}, {"tRNS", {7}}}));
  files.push_back(test::png_file(1, 1, 16, 4, {{0, 0, 0, 0}}));
  files.push_back(test::png_file(1, 1, 8, 6, {{0, 0, 0, 0}}));
  files.push_back(test::png_file(1, 1, 8, 0, {{0}}, {{"tRNS", transparent}}));
  files.push_back(bytes_of("P6 1 1 255\nabc"));
  files.push_back(bytes_of("P5 1 1 256\n\0\1"sv));
  for (std::size_t i = 0; i < files.size(); ++i)
    EXPECT_EQ(read_header(files[i])->pixel_type, test::pixels_of(files[i]).type()) << i;
}

TEST(Header, OfSomethingElseSaysSo) {
  EXPECT_EQ(reason({}), "holds no image (the file is empty)");
  EXPECT_EQ(reason(bytes_of("hello")), "holds no image (the first bytes are those of no format)");
  EXPECT_EQ(reason(bytes_of("GIF89a......")), "format not supported: GIF");
}

TEST(Header, OfAFileOnDiskIsThatOfItsBytes) {
  const std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("tenfold_header_test_" + std::to_string(getpid()));
  const Bytes segments =
      joined({test::jpeg_segment(0xE2, Bytes(60000)), test::jpeg_segment(0xE3, Bytes(50000)),
              exif_segment(joined({test::exif_block(3), Bytes(20000)}))});
  const Bytes file = test::with_segments(small_jpeg(), segments);
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(file.data()), static_cast<std::streamsize>(file.size()));
  const Outcome<InputFile> input = InputFile::open(path);
  ASSERT_TRUE(input);
  EXPECT_EQ(*read_header(*input), *read_header(file));
  EXPECT_EQ(read_header(*input)->orientation, 3);
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace tenfold
