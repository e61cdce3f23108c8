// Files made to cost more memory or time than their image is worth.

#include <gtest/gtest.h>
#include <tiffio.h>

#include "image/sample_files.h"

namespace tenfold {
namespace {

using test::bytes_of;
using test::joined;
using test::reason;

struct TiffEntry {
  std::uint16_t tag, type;
  std::uint32_t count, value;
};

constexpr std::uint16_t kShort = 3, kLong = 4, kUndefined = 7;

void append_little(Bytes& bytes, std::uint32_t value, int count) {
  for (int i = 0; i < count; ++i) bytes.push_back(static_cast<std::uint8_t>(value >> 8 * i));
}

// A little-endian TIFF whose directory stands behind `data`, which begin at offset 8.
Bytes tiff_of(const std::vector<TiffEntry>& entries, const Bytes& data) {
  Bytes file = bytes_of("II*");
  file.push_back(0);
  append_little(file, static_cast<std::uint32_t>(8 + data.size()), 4);
  file.insert(file.end(), data.begin(), data.end());
  append_little(file, static_cast<std::uint32_t>(entries.size()), 2);
  for (const TiffEntry& entry : entries) {
    append_little(file, entry.tag, 2);
    append_little(file, entry.type, 2);
    append_little(file, entry.count, 4);
    append_little(file, entry.value, 4);
  }
  append_little(file, 0, 4);
  return file;
}

// A grey image in one strip.
std::vector<TiffEntry> grey_entries(std::uint32_t width, std::uint32_t height) {
  return {{TIFFTAG_IMAGEWIDTH, kLong, 1, width},
          {TIFFTAG_IMAGELENGTH, kLong, 1, height},
          {TIFFTAG_BITSPERSAMPLE, kShort, 1, 8},
          {TIFFTAG_COMPRESSION, kShort, 1, COMPRESSION_NONE},
          {TIFFTAG_PHOTOMETRIC, kShort, 1, PHOTOMETRIC_MINISBLACK},
          {TIFFTAG_STRIPOFFSETS, kLong, 1, 8},
          {TIFFTAG_ROWSPERSTRIP, kLong, 1, height},
          {TIFFTAG_STRIPBYTECOUNTS, kLong, 1, width * height}};
}

TEST(HostileTiff, MayShareSomeBytesAmongItsTags) {
  std::vector<TiffEntry> entries = grey_entries(20, 10);
  entries.push_back({40000, kUndefined, 200, 8});
  entries.push_back({40001, kUndefined, 200, 8});
  EXPECT_EQ(reason(tiff_of(entries, Bytes(200, 9))), "an image");
}

// 4,000 such tags on a file of a megabyte would fill four gigabytes.
TEST(HostileTiff, MayNotClaimManyTimesItsSizeInTags) {
  std::vector<TiffEntry> entries = grey_entries(1000, 1000);
  for (std::uint16_t tag = 40000; tag < 40003; ++tag) entries.push_back({tag, kUndefined, 1'000'000, 8});
  EXPECT_EQ(reason(tiff_of(entries, Bytes(1'000'000, 9))),
            "the TIFF header is broken: its tags claim more bytes than the file has");
}

TEST(HostileTiff, MayNotHaveTilesFarLargerThanTheImage) {
  // 625 tiles of 100,000 rows each, of which the image needs 10,000.
  std::vector<TiffEntry> entries = grey_entries(10'000, 10'000);
  entries.resize(5);
  for (const TiffEntry& entry : std::vector<TiffEntry>{{TIFFTAG_TILEWIDTH, kLong, 1, 16},
                                                       {TIFFTAG_TILELENGTH, kLong, 1, 1'000'000},
                                                       {TIFFTAG_TILEOFFSETS, kLong, 625, 8},
                                                       {TIFFTAG_TILEBYTECOUNTS, kLong, 625, 8 + 4 * 625}})
    entries.push_back(entry);
  EXPECT_EQ(reason(tiff_of(entries, Bytes(8 * 625, 0))),
            "its strips or tiles are far larger or more than the image needs");
}

TEST(HostileTiff, MayNotLeaveOutStrips) {
  std::vector<TiffEntry> entries = grey_entries(20, 10);
  entries[1].value = 1000;  // but rows for one strip of 10
  EXPECT_EQ(reason(tiff_of(entries, Bytes(200, 9))), "some strips or tiles of the TIFF are missing");
}

TEST(HostileTiff, MayNotTakeItsDirectoryForPixels) {
  std::vector<TiffEntry> entries = grey_entries(20, 10);
  entries[1].value = entries[6].value = 11;
  EXPECT_EQ(reason(tiff_of(entries, Bytes(200, 9))), "its strip is too short for the image");
}

TEST(HostileTiff, OfARareCompressionIsNotSupported) {
  EXPECT_EQ(reason(test::tiff_file(test::pattern({37, 23}, CV_8UC1), {.compression = COMPRESSION_LZMA})),
            "a TIFF of compression 34925 is not supported");
}

// libtiff fills with grey what libjpeg misses, and only warns.
TEST(HostileTiff, WithAJpegThatWasCutIsAFailure) {
  const Bytes jpeg = test::jpeg_file(test::pattern({64, 64}, CV_8UC1));
  const auto tiff_with = [](const Bytes& strip) {
    std::vector<TiffEntry> entries = grey_entries(64, 64);
    entries[3].value = COMPRESSION_JPEG;
    entries.back().value = static_cast<std::uint32_t>(strip.size());
    return tiff_of(entries, strip);
  };
  EXPECT_EQ(reason(tiff_with(jpeg)), "an image");
  EXPECT_EQ(reason(tiff_with(test::first_bytes(jpeg, jpeg.size() - 20))),
            "cannot be decoded (libtiff: the data are corrupt)");
}

TEST(HostileHeader, OfAnotherKindOfFileIsNamed) {
  EXPECT_EQ(reason(bytes_of("<!DOCTYPE HTML><title>404</title>")), "holds no image but a web page");
  EXPECT_EQ(reason(bytes_of("<html><body>403</body></html>")), "holds no image but a web page");
  EXPECT_EQ(reason(bytes_of("<svg xmlns='http://www.w3.org/2000/svg'/>")),
            "holds no image but an SVG drawing");
  EXPECT_EQ(reason(bytes_of("<?xml version='1.0'?><svg/>")), "holds no image but XML");
  EXPECT_EQ(reason(bytes_of("%PDF-1.7 and so on")), "holds no image but a PDF document");
  EXPECT_EQ(reason(bytes_of("PK\x03\x04 and so on")), "holds no image but a ZIP archive");
}

TEST(HostileHeader, MayNotHaveSidesOfMoreThanAMillion) {
  EXPECT_EQ(reason(bytes_of("P5 1000001 1 255\n")), "has a side of 1,000,001 pixels, more than 1,000,000");
  EXPECT_EQ(reason(bytes_of("P5 1 1000001 255\n")), "has a side of 1,000,001 pixels, more than 1,000,000");
  EXPECT_EQ(reason(joined({bytes_of("P5 1000000 1 255\n"), Bytes(1'000'000, 7)})), "an image");
}

}  // namespace
}  // namespace tenfold
