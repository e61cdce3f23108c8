// Bytes to pixels and back.
//
// Pixels are H×W×C of CV_8U or CV_16U, C = 1 grey, 2 grey + alpha, 3 BGR, 4 BGRA, not premultiplied, upright.
// Files of fewer than 8 bits and palettes are widened to 8 bit; CMYK becomes BGR; float TIFFs are refused.
//
// JPEG goes through libjpeg-turbo, PNG through libpng, WebP through libwebp, TIFF through libtiff; BMP and
// PNM are read and written here. OpenCV's own decoders are not used: they are content with files that were
// cut, print to stderr what they dislike, and load 140 shared libraries. All functions are thread-safe.

#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <opencv2/core.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tenfold/base/file.h"
#include "tenfold/base/outcome.h"
#include "tenfold/image/header.h"

namespace tenfold {

// What an encoder may carry over from the source of a copy.
struct SourceTraits {
  Format format = Format::kJpeg;
  Bytes icc_profile{};    // empty: none. Read from JPEG and PNG, written to JPEG and PNG
  bool lossless = false;  // a WebP that was lossless stays so
  // JPEG only: the sampling factors of luma relative to chroma (2,2 is 4:2:0; 1,1 is 4:4:4), and the
  // quantisation tables of luma and chroma in natural order, for `quality: keep`.
  int horizontal_sampling = 2, vertical_sampling = 2;
  std::array<std::array<std::uint16_t, 64>, 2> quantisation{};
};

struct DecodedImage {
  cv::Mat pixels{};
  SourceTraits traits{};
};

// Decodes the first image of `bytes` and turns it upright. Truncated and corrupt data fail, where a decoder
// would only warn and make up the rest, too. Fails with SampleFailure{kDecode}.
Outcome<DecodedImage> decode(std::span<const std::uint8_t> bytes, const ImageHeader& header);

struct EncoderSettings {
  Format format = Format::kJpeg;
  std::optional<int> quality = 95;  // 1–100, JPEG and lossy WebP; nothing: the source's own (JPEG), else 95
};

// Pixels as the format can hold them: 16 bit become 8 (JPEG, WebP, BMP), alpha is flattened on white (JPEG,
// PNM, BMP), grey becomes BGR and grey + alpha BGRA (WebP). Those that fit are shared, not copied.
cv::Mat fitted(const cv::Mat& pixels, Format format);

// Encodes pixels into `out`, replacing what it held and reusing its memory: fitted, where the format cannot
// hold them. No EXIF is written: pixels are upright already. Fails with SampleFailure{kEncode}.
Outcome<void> encode(const cv::Mat& pixels, const SourceTraits& source, const EncoderSettings& settings,
                     Bytes& out);

// Moves the blocks of the JPEG file `bytes` so that it shows turned_upright(decoded, orientation), where
// `decoded` are its upright pixels: 2 mirrors them, 3 turns them by half, 4 puts them upside down, 6 and 8
// turn them right and left, 5 and 7 transpose them. Its metadata are dropped as by without_metadata();
// profile and coefficients stay, and the tables, transposed where stored sides are swapped. So the pixels are
// the same but for libjpeg's rounding: a level in the inverse transform, unless it is only put upside down,
// and one in interpolated chroma. Nothing where that is not possible without loss: another format, mirrored
// sides that are no whole MCUs, damage, coefficients that no encoder makes. Missing scans go unnoticed:
// REQUIRES bytes that decode() accepts.
std::optional<Bytes> turned_losslessly(std::span<const std::uint8_t> bytes, const ImageHeader& header,
                                       int orientation);

// The file without what is about the picture and not of it: EXIF with its place and thumbnail, XMP, comments,
// times, segments and chunks of unknown makers, further images, and what follows the end. Pixels, ICC profile
// and resolution stay to the last bit. Nothing for TIFF and PNM, which are encoded anew without loss.
// REQUIRES bytes that decode() accepts; an orientation that EXIF told is lost.
std::optional<Bytes> without_metadata(std::span<const std::uint8_t> bytes, Format format);

// The versions of the codec libraries in use, by name: "libjpeg-turbo", "libpng".
std::map<std::string, std::string> codec_versions();

// Turns pixels as stored in a file with this EXIF orientation upright. Exact.
cv::Mat turned_upright(const cv::Mat& pixels, int orientation);

// The orientation o with turned_upright(pixels, o) = turned_upright(turned_upright(pixels, first), second).
int combined_orientation(int first, int second);

}  // namespace tenfold
