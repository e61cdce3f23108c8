#include <gtest/gtest.h>

#include <algorithm>

#include "image/sample_files.h"
#include "tenfold/image/planes.h"

namespace tenfold {
namespace {

using test::jpeg_file;
using test::JpegOptions;

constexpr std::array<int, 3> kFlips{2, 3, 4};

cv::Mat noise(cv::Size size, int type) {
  cv::Mat pixels(size, type);
  cv::RNG(7).fill(pixels, cv::RNG::UNIFORM, 0, 256);
  return pixels;
}

Bytes with_orientation(const Bytes& jpeg, int orientation) {
  const Bytes exif =
      test::joined({test::bytes_of(std::string_view("Exif\0\0", 6)), test::exif_block(orientation)});
  return test::with_segments(jpeg, test::jpeg_segment(0xE1, exif));
}

std::optional<Bytes> turned(const Bytes& file, int orientation) {
  return turned_losslessly(file, *read_header(file), orientation);
}

DecodedPlanes planes_of(const Bytes& file) { return **decode_planes(file, *read_header(file)); }

using Table = std::array<std::uint16_t, 64>;
Table transposed(const Table& table) {
  Table result;
  for (std::size_t i = 0; i < table.size(); ++i) result[i] = table[i % 8 * 8 + i / 8];
  return result;
}

TEST(LosslessTurn, ShowsTheUprightImageTurned) {
  for (const int type : {CV_8UC1, CV_8UC3}) {
    for (const bool progressive : {false, true}) {
      const Bytes stored =
          jpeg_file(test::pattern({64, 32}, type), {.quality = 60, .progressive = progressive});
      for (int own = 1; own <= 8; ++own) {
        const Bytes file = with_orientation(stored, own);
        const cv::Mat upright = test::pixels_of(file);
        for (int orientation = 1; orientation <= 8; ++orientation) {
          SCOPED_TRACE(std::to_string(own) + ", then " + std::to_string(orientation));
          const std::optional<Bytes> result = turned(file, orientation);
          ASSERT_TRUE(result);
          EXPECT_EQ(read_header(*result)->orientation, 1);
          const cv::Mat shown = test::pixels_of(*result), expected = turned_upright(upright, orientation);
          ASSERT_EQ(shown.size(), expected.size());
          EXPECT_LE(cv::norm(shown, expected, cv::NORM_INF), 3);
          EXPECT_LT(test::mean_difference(shown, expected), 0.25);
        }
      }
    }
  }
}

// The inverse transform goes over columns first and rounds between, so that only what is turned upside down
// stays as it was to the last bit.
TEST(LosslessTurn, MovesEveryPlaneWithinOneLevel) {
  for (const cv::Size sampling : {cv::Size(1, 1), cv::Size(2, 1), cv::Size(2, 2), cv::Size(1, 2)}) {
    const Bytes file = jpeg_file(noise({64, 48}, CV_8UC3),
                                 {.quality = 80, .horizontal = sampling.width, .vertical = sampling.height});
    const Planes before = planes_of(file).planes;
    for (int orientation = 1; orientation <= 8; ++orientation) {
      const std::optional<Bytes> result = turned(file, orientation);
      ASSERT_TRUE(result) << orientation;
      const Planes after = planes_of(*result).planes;
      const bool sides_swapped = orientation >= 5;
      EXPECT_EQ(after.sampling, sides_swapped ? cv::Size(sampling.height, sampling.width) : sampling);
      for (std::size_t i = 0; i < 3; ++i) {
        const double difference =
            cv::norm(after.plane[i], turned_upright(before.plane[i], orientation), cv::NORM_INF);
        EXPECT_LE(difference, orientation == 1 || orientation == 4 ? 0 : 1) << orientation;
      }
    }
  }
}

TEST(LosslessTurn, TurnsGreyPixelsUpsideDownExactly) {
  const Bytes file = jpeg_file(noise({64, 48}, CV_8UC1));
  EXPECT_TRUE(test::same(test::pixels_of(*turned(file, 4)), turned_upright(test::pixels_of(file), 4)));
}

TEST(LosslessTurn, TwiceIsTheFileItself) {
  const Bytes file = jpeg_file(noise({64, 48}, CV_8UC3), {.quality = 80});
  for (const int flip : {2, 3, 4, 5, 7})
    EXPECT_EQ(*turned(*turned(file, flip), flip), *turned(file, 1)) << flip;
  EXPECT_EQ(*turned(*turned(file, 6), 8), *turned(file, 1));
  EXPECT_EQ(*turned(file, 1), file);
}

TEST(LosslessTurn, KeepsTheTables) {
  const Bytes file = jpeg_file(noise({64, 48}, CV_8UC3), {.quality = 61});
  const auto before = planes_of(file).traits.quantisation;
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const auto after = planes_of(*turned(file, orientation)).traits.quantisation;
    for (const std::size_t i : {0U, 1U})
      EXPECT_EQ(after[i], orientation >= 5 ? transposed(before[i]) : before[i]) << orientation;
  }
}

TEST(LosslessTurn, NeedsWholeMcusWhereSidesAreMirrored) {
  // Which of the orientations 1–8 need whole MCUs from left to right, and which from top to bottom.
  constexpr std::array<bool, 9> kAcross{false, false, true, true, false, false, false, true, true},
      kDown{false, false, false, true, true, false, true, true, false};
  for (const auto& [size, whole_across, whole_down] :
       {std::tuple{cv::Size(64, 40), true, false}, {cv::Size(72, 32), false, true}}) {
    const Bytes file = jpeg_file(noise(size, CV_8UC3));
    for (std::size_t orientation = 1; orientation <= 8; ++orientation) {
      const bool possible = (whole_across || !kAcross[orientation]) && (whole_down || !kDown[orientation]);
      EXPECT_EQ(turned(file, static_cast<int>(orientation)).has_value(), possible)
          << size.width << "x" << size.height << ", " << orientation;
    }
  }
  // Without subsampling an MCU has 8 x 8 pixels.
  for (const int flip : kFlips) {
    EXPECT_TRUE(turned(jpeg_file(noise({72, 40}, CV_8UC3), {.horizontal = 1, .vertical = 1}), flip));
    EXPECT_TRUE(turned(jpeg_file(noise({72, 40}, CV_8UC1)), flip));
  }
}

TEST(LosslessTurn, DropsTheMetadataAndKeepsTheProfile) {
  const Bytes profile = test::icc_profile("RGB ");
  const Bytes file =
      with_orientation(jpeg_file(test::pattern({64, 32}, CV_8UC3), {.icc_profile = profile}), 6);
  const std::optional<Bytes> result = turned(file, 2);
  ASSERT_TRUE(result);
  EXPECT_EQ(test::text_of(*result).find("Exif"), std::string::npos);
  EXPECT_EQ(planes_of(*result).traits.icc_profile, profile);
}

// A grey JPEG of one block with the coefficients 0 and `second`, which takes 15 bits, and codes of its own: 0
// is a DC difference of 0, 0 an AC coefficient of 15 bits, 10 the end of a block.
Bytes file_of_one_block(std::uint16_t second) {
  Bytes ones(65, 1);
  ones[0] = 0;
  Bytes dc_codes(18), ac_codes(19);
  dc_codes[1] = 1;
  ac_codes[0] = 0x10;
  ac_codes[1] = ac_codes[2] = 1;
  ac_codes[17] = 15;
  const std::uint32_t bits = static_cast<std::uint32_t>(second) << 7 | 0b10'11111;
  return test::joined({{0xFF, 0xD8},
                       test::jpeg_segment(0xDB, ones),
                       test::jpeg_segment(0xC0, {8, 0, 8, 0, 8, 1, 1, 0x11, 0}),
                       test::jpeg_segment(0xC4, dc_codes),
                       test::jpeg_segment(0xC4, ac_codes),
                       test::jpeg_segment(0xDA, {1, 1, 0, 0, 63, 0}),
                       {static_cast<std::uint8_t>(bits >> 16), static_cast<std::uint8_t>(bits >> 8 & 0xFF),
                        static_cast<std::uint8_t>(bits & 0xFF)},
                       {0xFF, 0xD9}});
}

// libjpeg's encoder has no code for such a coefficient, and does not notice.
TEST(LosslessTurn, IsNotMadeOfCoefficientsThatCannotBeWritten) {
  const Bytes file = file_of_one_block(1 << 14);
  ASSERT_EQ(test::reason(file), "an image");
  for (int orientation = 1; orientation <= 8; ++orientation)
    EXPECT_EQ(turned(file, orientation), std::nullopt) << orientation;
}

TEST(LosslessTurn, IsNotMadeOfADamagedFileNorOfAnotherFormat) {
  const Bytes file = jpeg_file(test::pattern({64, 32}, CV_8UC3));
  const Bytes png = test::png_file(1, 1, 8, 0, {{7}});
  for (const int flip : kFlips) {
    EXPECT_EQ(turned(test::first_bytes(file, file.size() - 40), flip), std::nullopt);
    EXPECT_EQ(turned(png, flip), std::nullopt);
  }
}

}  // namespace
}  // namespace tenfold
