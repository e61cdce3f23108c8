// Against libturbojpeg's own functions for planes.

#include "tenfold/image/planes.h"

#include <gtest/gtest.h>
#include <turbojpeg.h>

#include <algorithm>
#include <array>
#include <memory>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "image/sample_files.h"

namespace tenfold {
namespace {

using test::jpeg_file;
using test::JpegOptions;
using test::pattern;

using PlaneArray = std::array<cv::Mat, 3>;

const std::array<cv::Size, 5> kSamplings{{{1, 1}, {2, 1}, {2, 2}, {1, 2}, {4, 1}}};
constexpr std::array<int, 5> kTurboSamplings{TJSAMP_444, TJSAMP_422, TJSAMP_420, TJSAMP_440, TJSAMP_411};
const std::vector<cv::Size> kSizes{{1, 1},   {1, 40},  {40, 1},  {7, 9},   {8, 8},   {15, 17}, {16, 16},
                                   {17, 15}, {31, 33}, {33, 31}, {64, 48}, {65, 49}, {100, 3}, {129, 130}};

struct Destroy {
  void operator()(void* handle) const { tjDestroy(handle); }
};
using Turbo = std::unique_ptr<void, Destroy>;

cv::Mat noise(cv::Size size, int type) {
  cv::Mat pixels(size, type);
  cv::RNG(7).fill(pixels, cv::RNG::UNIFORM, 0, 256);
  return pixels;
}

std::string name_of(cv::Size size, cv::Size sampling, int count = 3) {
  return std::to_string(size.width) + "x" + std::to_string(size.height) + ", " + std::to_string(count) +
         " planes, sampling " + std::to_string(sampling.width) + "x" + std::to_string(sampling.height);
}

Outcome<std::optional<DecodedPlanes>> read_and_decode_planes(const Bytes& file) {
  const Outcome<ImageHeader> header = read_header(file);
  if (!header) return tl::unexpected(header.error());
  return decode_planes(file, *header);
}

DecodedPlanes planes_of(const Bytes& file) {
  const Outcome<std::optional<DecodedPlanes>> decoded = read_and_decode_planes(file);
  EXPECT_TRUE(decoded) << decoded.error().reason;
  EXPECT_TRUE(decoded && *decoded);
  return decoded && *decoded ? **decoded : DecodedPlanes{};
}

// libturbojpeg's planes hold whole chroma samples, so luma may have a row and a column more.
PlaneArray turbo_planes(const Bytes& file, int count) {
  const Turbo turbo(tjInitDecompress());
  int width = 0, height = 0, sampling = 0, colors = 0;
  EXPECT_EQ(tjDecompressHeader3(turbo.get(), file.data(), file.size(), &width, &height, &sampling, &colors),
            0);
  PlaneArray planes;
  std::array<std::uint8_t*, 3> rows{};
  std::array<int, 3> strides{};
  for (int i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    planes[at].create(tjPlaneHeight(i, height, sampling), tjPlaneWidth(i, width, sampling), CV_8UC1);
    rows[at] = planes[at].data;
    strides[at] = planes[at].cols;
  }
  EXPECT_EQ(tjDecompressToYUVPlanes(turbo.get(), file.data(), file.size(), rows.data(), width, strides.data(),
                                    height, TJFLAG_ACCURATEDCT),
            0)
      << tjGetErrorStr2(turbo.get());
  return planes;
}

Bytes turbo_file(const Planes& planes, int sampling, int quality) {
  const Turbo turbo(tjInitCompress());
  PlaneArray whole;
  std::array<const std::uint8_t*, 3> rows{};
  std::array<int, 3> strides{};
  for (int i = 0; i < planes.count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const cv::Mat& plane = planes.plane[at];
    cv::copyMakeBorder(plane, whole[at], 0, tjPlaneHeight(i, planes.size.height, sampling) - plane.rows, 0,
                       tjPlaneWidth(i, planes.size.width, sampling) - plane.cols,
                       cv::BORDER_REPLICATE | cv::BORDER_ISOLATED);
    rows[at] = whole[at].data;
    strides[at] = whole[at].cols;
  }
  unsigned char* out = nullptr;
  unsigned long size = 0;
  EXPECT_EQ(tjCompressFromYUVPlanes(turbo.get(), rows.data(), planes.size.width, strides.data(),
                                    planes.size.height, sampling, &out, &size, quality, TJFLAG_ACCURATEDCT),
            0)
      << tjGetErrorStr2(turbo.get());
  const Bytes file(out, out + size);
  tjFree(out);
  return file;
}

// Planes of noise.
Planes noisy_planes(cv::Size size, cv::Size sampling, int count) {
  Planes planes{{.size = size, .count = count, .sampling = sampling}};
  for (int i = 0; i < count; ++i) {
    planes.plane[static_cast<std::size_t>(i)] = noise(planes.plane_size(i), CV_8UC1);
  }
  return planes;
}

Bytes encoded(const Planes& planes, const SourceTraits& source, std::optional<int> quality) {
  Bytes out;
  const Outcome<void> result = encode_planes(planes, source, quality, out);
  EXPECT_TRUE(result) << result.error().reason;
  return out;
}

void expect_planes_of_turbo(const Bytes& file, cv::Size size, cv::Size sampling, int count) {
  const Planes planes = planes_of(file).planes;
  const PlaneArray expected = turbo_planes(file, count);
  ASSERT_EQ(planes.size, size);
  ASSERT_EQ(planes.count, count);
  ASSERT_EQ(planes.sampling, sampling);
  for (int i = 0; i < count; ++i) {
    const cv::Mat& plane = planes.plane[static_cast<std::size_t>(i)];
    ASSERT_EQ(plane.size(), planes.plane_size(i));
    EXPECT_TRUE(test::same(plane, expected[static_cast<std::size_t>(i)]({{0, 0}, plane.size()})))
        << "plane " << i;
  }
}

TEST(Planes, OfAJpegAreThoseOfLibturbojpeg) {
  for (const cv::Size size : kSizes) {
    const cv::Mat color = noise(size, CV_8UC3), grey = noise(size, CV_8UC1);
    for (const JpegOptions& kind :
         {JpegOptions{}, JpegOptions{.progressive = true}, JpegOptions{.separate_scans = true},
          JpegOptions{.restart_interval = 2}}) {
      for (const cv::Size sampling : kSamplings) {
        SCOPED_TRACE(name_of(size, sampling));
        JpegOptions options = kind;
        options.horizontal = sampling.width;
        options.vertical = sampling.height;
        expect_planes_of_turbo(jpeg_file(color, options), size, sampling, 3);
      }
      SCOPED_TRACE(name_of(size, {1, 1}, 1));
      expect_planes_of_turbo(jpeg_file(grey, kind), size, {1, 1}, 1);
    }
  }
}

TEST(Planes, AreEncodedAsByLibturbojpeg) {
  for (const cv::Size size : kSizes) {
    for (const int quality : {40, 95}) {
      for (std::size_t i = 0; i < kSamplings.size(); ++i) {
        const Planes planes = noisy_planes(size, kSamplings[i], 3);
        EXPECT_EQ(encoded(planes, {}, quality), turbo_file(planes, kTurboSamplings[i], quality))
            << name_of(size, kSamplings[i]);
      }
      const Planes grey = noisy_planes(size, {1, 1}, 1);
      EXPECT_EQ(encoded(grey, {}, quality), turbo_file(grey, TJSAMP_GRAY, quality)) << name_of(size, {}, 1);
    }
  }
}

// libturbojpeg knows no such sampling. Luma does not depend on it, and chroma is averaged.
TEST(Planes, OfRareSamplingHaveTheLumaOfOthers) {
  const cv::Mat pixels = pattern({96, 64}, CV_8UC3);
  const Planes full = planes_of(jpeg_file(pixels, {.quality = 100, .horizontal = 1, .vertical = 1})).planes;
  for (const cv::Size sampling : {cv::Size(1, 4), cv::Size(4, 2), cv::Size(2, 4)}) {
    const Bytes file =
        jpeg_file(pixels, {.quality = 100, .horizontal = sampling.width, .vertical = sampling.height});
    const auto [planes, traits] = planes_of(file);
    ASSERT_EQ(planes.sampling, sampling);
    EXPECT_TRUE(test::same(planes.plane[0], full.plane[0]));
    for (const std::size_t i : {1U, 2U}) {
      cv::Mat averaged;
      cv::resize(full.plane[i], averaged, planes.plane_size(1), 0, 0, cv::INTER_AREA);
      EXPECT_LT(test::mean_difference(planes.plane[i], averaged), 0.6);
    }
    const Planes again = planes_of(encoded(planes, traits, 100)).planes;
    ASSERT_EQ(again.sampling, sampling);
    for (const std::size_t i : {0U, 1U, 2U})
      EXPECT_LE(cv::norm(again.plane[i], planes.plane[i], cv::NORM_INF), 2);
  }
}

std::size_t frame_offset(const Bytes& file) {
  const std::array<std::uint8_t, 2> marker{0xFF, 0xC0};
  return static_cast<std::size_t>(std::search(file.begin(), file.end(), marker.begin(), marker.end()) -
                                  file.begin());
}

// What libjpeg cannot be told to write: the sampling factors as the frame's header tells them.
Bytes with_sampling(Bytes file, const std::vector<std::uint8_t>& factors) {
  constexpr std::size_t kFirstComponent = 10, kComponentBytes = 3;
  for (std::size_t i = 0; i < factors.size(); ++i)
    file[frame_offset(file) + kFirstComponent + kComponentBytes * i + 1] = factors[i];
  return file;
}

// With a scan for each component, factors mean no more than their ratios.
TEST(Planes, DependOnTheRatiosOfTheFactors) {
  const cv::Mat color = noise({77, 45}, CV_8UC3);
  const Bytes full = jpeg_file(color, {.horizontal = 1, .vertical = 1, .separate_scans = true}),
              halved = jpeg_file(color, {.separate_scans = true}), grey = jpeg_file(noise({77, 45}, CV_8UC1));
  for (const auto& [file, factors] : {std::pair{full, std::vector<std::uint8_t>{0x44, 0x44, 0x44}},
                                      {full, {0x32, 0x32, 0x32}},
                                      {halved, {0x44, 0x22, 0x22}},
                                      {grey, {0x12}},
                                      {grey, {0x44}}}) {
    const Planes planes = planes_of(with_sampling(file, factors)).planes, expected = planes_of(file).planes;
    ASSERT_EQ(planes.sampling, expected.sampling);
    for (std::size_t i = 0; i < factors.size(); ++i)
      EXPECT_TRUE(test::same(planes.plane[i], expected.plane[i])) << i;
  }
}

TEST(Planes, OfOtherColorsOrSamplingAreNotHad) {
  const cv::Mat pixels = pattern({64, 48}, CV_8UC3);
  std::vector<Bytes> files{jpeg_file(pattern({64, 48}, CV_8UC4)), jpeg_file(pixels, {.rgb = true})};
  const Bytes color = jpeg_file(pixels);
  for (const std::vector<std::uint8_t>& factors : std::vector<std::vector<std::uint8_t>>{{0x11, 0x21, 0x21},
                                                                                         {0x22, 0x21, 0x11},
                                                                                         {0x22, 0x11, 0x12},
                                                                                         {0x31, 0x11, 0x11},
                                                                                         {0x31, 0x21, 0x21},
                                                                                         {0x44, 0x11, 0x11}})
    files.push_back(with_sampling(color, factors));
  for (std::size_t i = 0; i < files.size(); ++i) {
    const Outcome<std::optional<DecodedPlanes>> decoded = read_and_decode_planes(files[i]);
    ASSERT_TRUE(decoded) << i << ": " << decoded.error().reason;
    EXPECT_FALSE(*decoded) << i;
  }
}

TEST(Planes, OfADamagedFileAreRefusedForTheReasonThatItsPixelsAre) {
  for (const JpegOptions& options :
       {JpegOptions{}, JpegOptions{.progressive = true}, JpegOptions{.separate_scans = true}}) {
    const Bytes file = jpeg_file(pattern({40, 24}, CV_8UC3), options);
    for (std::size_t size = 0; size < file.size(); ++size) {
      const Bytes cut = test::first_bytes(file, size);
      const auto planes = read_and_decode_planes(cut);
      ASSERT_FALSE(planes) << size;
      EXPECT_EQ(planes.error(), test::read_and_decode(cut).error());
    }
    const auto planes = read_and_decode_planes(test::first_bytes(file, file.size() - 9));
    EXPECT_EQ(planes.error(), (SampleFailure{Stage::kDecode, "the file ends in the middle of the image"}));
  }
  Bytes broken = jpeg_file(pattern({64, 48}, CV_8UC3));
  broken[frame_offset(broken) + 4] = 12;
  EXPECT_EQ(
      read_and_decode_planes(broken).error(),
      (SampleFailure{Stage::kDecode, "cannot be decoded (libjpeg: Unsupported JPEG data precision 12)"}));
}

TEST(Planes, OfAFileWithMissingScansAreRefused) {
  const Bytes whole = jpeg_file(pattern({40, 24}, CV_8UC3), {.separate_scans = true});
  const std::array<std::uint8_t, 2> start_of_scan{0xFF, 0xDA};
  const auto last = std::find_end(whole.begin(), whole.end(), start_of_scan.begin(), start_of_scan.end());
  Bytes file(whole.begin(), last);
  file.insert(file.end(), {0xFF, 0xD9});
  EXPECT_EQ(read_and_decode_planes(file).error(),
            (SampleFailure{Stage::kDecode, "some scans of the JPEG are missing"}));
}

TEST(Planes, OfAnotherSizeThanTheHeadersAreRefused) {
  const Bytes file = jpeg_file(pattern({40, 24}, CV_8UC3));
  EXPECT_EQ(decode_planes(file, ImageHeader{.stored = {40, 25}}).error(),
            (SampleFailure{Stage::kDecode, "the image's size is not the one that the header tells"}));
}

TEST(Planes, ComeWithTheTraitsOfPixels) {
  const Bytes file =
      jpeg_file(pattern({64, 48}, CV_8UC3),
                {.quality = 61, .horizontal = 2, .vertical = 1, .icc_profile = test::icc_profile("RGB ")});
  const SourceTraits planes = planes_of(file).traits, pixels = test::read_and_decode(file)->traits;
  EXPECT_EQ(planes.format, Format::kJpeg);
  EXPECT_EQ(planes.icc_profile, test::icc_profile("RGB "));
  EXPECT_EQ(planes.quantisation, pixels.quantisation);
  EXPECT_EQ(planes.horizontal_sampling, 2);
  EXPECT_EQ(planes.vertical_sampling, 1);
}

TEST(Planes, AreNotTurnedUpright) {
  const Bytes exif = test::joined({test::bytes_of(std::string_view("Exif\0\0", 6)), test::exif_block(6)});
  const Bytes stored = jpeg_file(pattern({32, 16}, CV_8UC3));
  const Bytes file = test::with_segments(stored, test::jpeg_segment(0xE1, exif));
  ASSERT_EQ(read_header(file)->upright(), cv::Size(16, 32));
  EXPECT_EQ(planes_of(file).planes.size, cv::Size(32, 16));
  EXPECT_TRUE(test::same(planes_of(file).planes.plane[0], planes_of(stored).planes.plane[0]));
}

TEST(Planes, WithoutAQualityAreEncodedWithTheSourcesTables) {
  for (const int type : {CV_8UC1, CV_8UC3}) {
    const auto [planes, traits] = planes_of(jpeg_file(pattern({65, 47}, type), {.quality = 61}));
    const auto [copy, copy_traits] = planes_of(encoded(planes, traits, std::nullopt));
    EXPECT_EQ(copy_traits.quantisation, traits.quantisation);
    for (int i = 0; i < planes.count; ++i) {
      const auto at = static_cast<std::size_t>(i);
      EXPECT_LE(cv::norm(copy.plane[at], planes.plane[at], cv::NORM_INF), 1);
    }
  }
}

TEST(Planes, AreEncodedWithTheirSamplingAndTheProfile) {
  const SourceTraits source{
      .icc_profile = test::icc_profile("RGB "), .horizontal_sampling = 2, .vertical_sampling = 2};
  const auto [planes, traits] = planes_of(encoded(noisy_planes({33, 20}, {2, 1}, 3), source, 90));
  EXPECT_EQ(planes.sampling, cv::Size(2, 1));
  EXPECT_EQ(traits.icc_profile, test::icc_profile("RGB "));
  EXPECT_TRUE(planes_of(encoded(noisy_planes({33, 20}, {1, 1}, 1), source, 90)).traits.icc_profile.empty());
}

TEST(Planes, OfGreyPixelsAreEncodedAsThePixelsAre) {
  const cv::Mat grey = noise({83, 41}, CV_8UC1);
  Planes planes = noisy_planes(grey.size(), {1, 1}, 1);
  grey.copyTo(planes.plane[0]);
  Bytes pixels;
  ASSERT_TRUE(encode(grey, {}, {.quality = 88}, pixels));
  EXPECT_EQ(encoded(planes, {}, 88), pixels);
}

TEST(Planes, TooLargeForTheFormatAreAFailureOfTheEncoder) {
  Bytes out;
  const Outcome<void> result = encode_planes(noisy_planes({70000, 1}, {1, 1}, 1), {}, 95, out);
  ASSERT_FALSE(result);
  EXPECT_EQ(
      result.error(),
      (SampleFailure{Stage::kEncode,
                     "cannot be encoded (libjpeg: Maximum supported image dimension is 65500 pixels)"}));
}

}  // namespace
}  // namespace tenfold
