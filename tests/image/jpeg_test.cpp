#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <opencv2/imgcodecs.hpp>

#include "image/sample_files.h"

namespace tenfold {
namespace {

using test::bytes_of;
using test::jpeg_file;
using test::pattern;
using test::read_and_decode;
using std::string_view_literals::operator""sv;

std::string reason(const Bytes& file) {
  const Outcome<DecodedImage> image = read_and_decode(file);
  if (image) return "an image";
  EXPECT_EQ(image.error().stage, Stage::kDecode);
  return image.error().reason;
}

std::size_t marker_offset(const Bytes& file, std::uint8_t marker) {
  const std::array<std::uint8_t, 2> wanted{0xFF, marker};
  return static_cast<std::size_t>(std::search(file.begin(), file.end(), wanted.begin(), wanted.end()) -
                                  file.begin());
}

std::vector<std::size_t> marker_offsets(const Bytes& file, std::uint8_t marker) {
  std::vector<std::size_t> offsets;
  for (std::size_t i = 0; i + 1 < file.size(); ++i) {
    if (file[i] == 0xFF && file[i + 1] == marker) offsets.push_back(i);
  }
  return offsets;
}

Bytes encoded(const cv::Mat& pixels, const SourceTraits& source, std::optional<int> quality) {
  Bytes out;
  EXPECT_TRUE(encode(pixels, source, {.format = Format::kJpeg, .quality = quality}, out));
  return out;
}

TEST(Jpeg, DecodesToTheSamePixelsAsAnotherDecoder) {
  for (const int type : {CV_8UC1, CV_8UC3}) {
    for (const bool progressive : {false, true}) {
      const Bytes file = jpeg_file(pattern({67, 45}, type), {.progressive = progressive});
      const Outcome<DecodedImage> image = read_and_decode(file);
      ASSERT_TRUE(image);
      EXPECT_TRUE(test::same(image->pixels, cv::imdecode(file, cv::IMREAD_UNCHANGED)));
    }
  }
}

TEST(Jpeg, TurnsInkIntoLight) {
  // Cyan 255, magenta 128, yellow 0, black 51, stored as Adobe does (inverted) and plainly.
  for (const bool adobe : {true, false}) {
    const cv::Scalar ink = adobe ? cv::Scalar(0, 127, 255, 204) : cv::Scalar(255, 128, 0, 51);
    const Outcome<DecodedImage> image =
        read_and_decode(jpeg_file(cv::Mat(16, 16, CV_8UC4, ink), {.quality = 100, .adobe = adobe}));
    ASSERT_TRUE(image);
    ASSERT_EQ(image->pixels.type(), CV_8UC3);
    EXPECT_EQ(image->pixels.at<cv::Vec3b>(5, 5), cv::Vec3b(204, 102, 0));
  }
}

TEST(Jpeg, NoticesThatTheLastBytesAreMissing) {
  for (const bool progressive : {false, true}) {
    const Bytes file = jpeg_file(pattern({320, 240}, CV_8UC3), {.progressive = progressive});
    EXPECT_EQ(reason(test::first_bytes(file, file.size() - 1)), "the file ends in the middle of the image");
    EXPECT_EQ(reason(test::first_bytes(file, file.size() - 2)), "the file ends in the middle of the image");
    EXPECT_EQ(reason(test::first_bytes(file, file.size() * 2 / 3)),
              "the file ends in the middle of the image");
  }
}

TEST(Jpeg, NoticesAnEndBeforeTheLastRow) {
  Bytes file = jpeg_file(pattern({64, 48}, CV_8UC3));
  file.resize(file.size() - 30);
  file.insert(file.end(), {0xFF, 0xD9});
  EXPECT_EQ(reason(file), "the file ends in the middle of the image");
}

TEST(Jpeg, NoticesMissingScans) {
  const Bytes progressive = jpeg_file(pattern({64, 48}, CV_8UC3), {.progressive = true});
  const Bytes separate = jpeg_file(pattern({64, 48}, CV_8UC3), {.separate_scans = true});
  ASSERT_EQ(reason(progressive), "an image");
  ASSERT_EQ(reason(separate), "an image");
  for (const Bytes& whole : {progressive, separate}) {
    const std::vector<std::size_t> scans = marker_offsets(whole, 0xDA);
    ASSERT_GE(scans.size(), 3U);
    for (std::size_t kept = 1; kept < scans.size(); ++kept) {
      const Bytes file = test::joined({test::first_bytes(whole, scans[kept]), {0xFF, 0xD9}});
      EXPECT_EQ(reason(file), "some scans of the JPEG are missing") << kept << " of " << scans.size();
    }
  }
}

TEST(Jpeg, RefusesMoreScansThanAnyEncoderWrites) {
  const Bytes file = jpeg_file(pattern({16, 16}, CV_8UC3), {.separate_scans = true});
  const std::vector<std::size_t> scans = marker_offsets(file, 0xDA);
  const auto at = [&](std::size_t offset) { return file.begin() + static_cast<std::ptrdiff_t>(offset); };
  for (const auto& [repeats, expected] : {std::pair{490, "an image"}, {600, "has more than 500 scans"}}) {
    Bytes bomb(file.begin(), at(scans[1]));
    for (int i = 0; i < repeats; ++i) bomb.insert(bomb.end(), at(scans[0]), at(scans[1]));
    bomb.insert(bomb.end(), at(scans[1]), file.end());
    EXPECT_EQ(reason(bomb), expected);
  }
}

TEST(Jpeg, RefusesCorruptDataInLibjpegsWords) {
  Bytes file = jpeg_file(pattern({64, 48}, CV_8UC3));
  const std::size_t table = marker_offset(file, 0xC4);
  std::fill_n(file.begin() + static_cast<std::ptrdiff_t>(table) + 5, 16, std::uint8_t{0xFF});
  EXPECT_EQ(reason(file), "cannot be decoded (libjpeg: Bogus Huffman table definition)");
  Bytes deep = jpeg_file(pattern({64, 48}, CV_8UC3));
  deep[marker_offset(deep, 0xC0) + 4] = 12;
  EXPECT_EQ(reason(deep), "cannot be decoded (libjpeg: Unsupported JPEG data precision 12)");
}

TEST(Jpeg, PassesStrayBytesBeforeAMarker) {
  Bytes file = jpeg_file(pattern({64, 48}, CV_8UC3));
  file.insert(file.end() - 2, {1, 2, 3});
  EXPECT_EQ(reason(file), "an image");
}

TEST(Jpeg, KeepsSubsampling) {
  for (const auto& [horizontal, vertical] : {std::pair{1, 1}, {2, 1}, {1, 2}, {2, 2}, {4, 1}}) {
    const Outcome<DecodedImage> source = read_and_decode(
        jpeg_file(pattern({64, 48}, CV_8UC3), {.horizontal = horizontal, .vertical = vertical}));
    ASSERT_TRUE(source);
    EXPECT_EQ(source->traits.horizontal_sampling, horizontal);
    EXPECT_EQ(source->traits.vertical_sampling, vertical);
    const Outcome<DecodedImage> copy = read_and_decode(encoded(source->pixels, source->traits, 80));
    EXPECT_EQ(copy->traits.horizontal_sampling, horizontal);
    EXPECT_EQ(copy->traits.vertical_sampling, vertical);
  }
}

TEST(Jpeg, OfAnotherSourceIsSubsampledTwofold) {
  SourceTraits png{.format = Format::kPng, .horizontal_sampling = 1, .vertical_sampling = 1};
  const Outcome<DecodedImage> copy = read_and_decode(encoded(pattern({64, 48}, CV_8UC3), png, 95));
  EXPECT_EQ(copy->traits.horizontal_sampling, 2);
  EXPECT_EQ(copy->traits.vertical_sampling, 2);
}

TEST(Jpeg, QualityChoosesTheTables) {
  const cv::Mat pixels = pattern({64, 48}, CV_8UC3);
  const Outcome<DecodedImage> reference = read_and_decode(jpeg_file(pixels, {.quality = 77}));
  const Outcome<DecodedImage> own = read_and_decode(encoded(pixels, {}, 77));
  EXPECT_EQ(own->traits.quantisation, reference->traits.quantisation);
  EXPECT_EQ(own->traits.quantisation[0][0], 7);  // 16 · 46 %, the standard's first entry at quality 77
}

TEST(Jpeg, WithoutAQualityReproducesTheSourcesTables) {
  const Outcome<DecodedImage> source =
      read_and_decode(jpeg_file(pattern({64, 48}, CV_8UC3), {.quality = 61}));
  const Outcome<DecodedImage> copy = read_and_decode(encoded(source->pixels, source->traits, std::nullopt));
  EXPECT_EQ(copy->traits.quantisation, source->traits.quantisation);
  EXPECT_NE(copy->traits.quantisation[0], copy->traits.quantisation[1]);
  const Outcome<DecodedImage> grey = read_and_decode(jpeg_file(pattern({64, 48}, CV_8UC1), {.quality = 61}));
  const Outcome<DecodedImage> grey_copy = read_and_decode(encoded(grey->pixels, grey->traits, std::nullopt));
  EXPECT_EQ(grey_copy->traits.quantisation, grey->traits.quantisation);
}

TEST(Jpeg, WithoutAQualityAndWithoutTablesIsOfQuality95) {
  const cv::Mat pixels = pattern({64, 48}, CV_8UC3);
  EXPECT_EQ(encoded(pixels, {.format = Format::kPng}, std::nullopt),
            encoded(pixels, {.format = Format::kPng}, 95));
}

TEST(Jpeg, CarriesTheProfileOver) {
  const Bytes profile = test::icc_profile("RGB ");
  const Outcome<DecodedImage> source =
      read_and_decode(jpeg_file(pattern({64, 48}, CV_8UC3), {.icc_profile = profile}));
  EXPECT_EQ(source->traits.icc_profile, profile);
  EXPECT_EQ(read_and_decode(encoded(source->pixels, source->traits, 95))->traits.icc_profile, profile);
  Bytes png;
  ASSERT_TRUE(encode(source->pixels, source->traits, {.format = Format::kPng}, png));
  EXPECT_EQ(read_and_decode(png)->traits.icc_profile, profile);
}

TEST(Jpeg, DropsAProfileOfOtherColors) {
  const Bytes profile = test::icc_profile("CMYK");
  const Outcome<DecodedImage> source =
      read_and_decode(jpeg_file(pattern({64, 48}, CV_8UC4), {.icc_profile = profile}));
  ASSERT_TRUE(source);
  EXPECT_TRUE(source->traits.icc_profile.empty());
}

TEST(Jpeg, IsEncodedIntoMemoryThatIsReused) {
  const cv::Mat large = pattern({300, 200}, CV_8UC3), small = pattern({20, 10}, CV_8UC3);
  Bytes out;
  ASSERT_TRUE(encode(large, {}, {}, out));
  const Bytes first = out;
  const std::uint8_t* memory = out.data();
  ASSERT_TRUE(encode(small, {}, {}, out));
  EXPECT_EQ(out, encoded(small, {}, 95));
  ASSERT_TRUE(encode(large, {}, {}, out));
  EXPECT_EQ(out, first);
  EXPECT_EQ(out.data(), memory);
}

TEST(Jpeg, GrowsItsMemoryWhereTheImageIsLarge) {
  cv::Mat noise(600, 800, CV_8UC3);
  cv::theRNG().state = 1;
  cv::randu(noise, 0, 256);
  const Bytes file = encoded(noise, {}, 100);
  EXPECT_GT(file.size(), 256U * 1024U);
  EXPECT_EQ(reason(file), "an image");
}

TEST(Jpeg, TooLargeForTheFormatIsAFailureOfTheEncoder) {
  Bytes out;
  const Outcome<void> result = encode(cv::Mat(1, 70000, CV_8UC1, cv::Scalar(0)), {}, {}, out);
  ASSERT_FALSE(result);
  EXPECT_EQ(
      result.error(),
      (SampleFailure{Stage::kEncode,
                     "cannot be encoded (libjpeg: Maximum supported image dimension is 65500 pixels)"}));
}

}  // namespace
}  // namespace tenfold
