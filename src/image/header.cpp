#include "tenfold/image/header.h"

#include <algorithm>
#include <array>
#include <utility>

#include "image/header_readers.h"
#include "image/tiff_directory.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

constexpr std::uint64_t kMagicBytes = 16;
constexpr std::string_view kHeaderCutOff = " header is cut off";

Parsed<ImageHeader> read_header_of(Format format, ByteSource& source) {
  switch (format) {
    case Format::kJpeg:
      return read_jpeg_header(source);
    case Format::kPng:
      return read_png_header(source);
    case Format::kWebp:
      return read_webp_header(source);
    case Format::kTiff:
      return read_tiff_header(source);
    case Format::kBmp:
      return read_bmp_header(source);
    case Format::kPnm:
      return read_pnm_header(source);
  }
  return refused("unknown format");
}

// What often lies under an image's name, above all where a download went wrong.
struct Foreign {
  std::string_view begins;  // in lower case
  std::string_view what;
};
constexpr std::array kForeign{
    Foreign{"<!doctype html", "a web page"}, Foreign{"<html", "a web page"},
    Foreign{"<svg", "an SVG drawing"},       Foreign{"<?xml", "XML"},
    Foreign{"%pdf-", "a PDF document"},      Foreign{"pk\x03\x04", "a ZIP archive"}};

std::string what_it_holds(std::span<const std::uint8_t> start) {
  std::string text(start.begin(), start.end());
  for (char& letter : text)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  for (const Foreign& foreign : kForeign)
    if (text.starts_with(foreign.begins)) return "holds no image but " + std::string(foreign.what);
  return "holds no image (the first bytes are those of no format)";
}

Outcome<ImageHeader> read_header_from(ByteSource& source) {
  if (source.size() == 0) return failure(Stage::kScan, "holds no image (the file is empty)");
  const Bytes start = source.read_some(0, kMagicBytes);
  if (const std::optional<std::string_view> name = unsupported_format(start)) {
    return failure(Stage::kScan, "format not supported: " + std::string(*name));
  }
  const std::optional<Format> format = recognise(start);
  if (!format) return failure(Stage::kScan, what_it_holds(start));
  Parsed<ImageHeader> header = read_header_of(*format, source);
  if (!header) return failure(Stage::kScan, std::move(header.error()));
  return *header;
}

}  // namespace

void apply_exif(std::span<const std::uint8_t> exif, ImageHeader& header) {
  const ExifTags tags = read_exif(exif);
  header.orientation = tags.orientation;
  header.located = tags.located;
}

tl::unexpected<std::string> header_cut_off(Format format) {
  return refused("the " + std::string(format_name(format)) + std::string(kHeaderCutOff));
}

tl::unexpected<std::string> header_broken(Format format, std::string_view what) {
  return refused("the " + std::string(format_name(format)) + " header is broken: " + std::string(what));
}

Parsed<cv::Size> checked_size(Format format, std::uint64_t width, std::uint64_t height) {
  if (width == 0 || height == 0) {
    return header_broken(format,
                         "an image of " + std::to_string(width) + "×" + std::to_string(height) + " pixels");
  }
  if (const std::uint64_t side = std::max(width, height); side > kMaxSide)
    return refused("has a side of " + grouped(side) + " pixels, more than " + grouped(kMaxSide));
  return cv::Size(static_cast<int>(width), static_cast<int>(height));
}

cv::Size ImageHeader::upright() const {
  return orientation >= 5 ? cv::Size(stored.height, stored.width) : stored;
}

std::uint64_t ImageHeader::pixel_count() const {
  return static_cast<std::uint64_t>(stored.width) * static_cast<std::uint64_t>(stored.height);
}

Outcome<ImageHeader> read_header(const InputFile& file) {
  ByteSource source(file);
  return read_header_from(source);
}

Outcome<ImageHeader> read_header(std::span<const std::uint8_t> bytes) {
  ByteSource source(bytes);
  return read_header_from(source);
}

bool is_truncation(const SampleFailure& failure) {
  return failure.reason == kCutOff || failure.reason.ends_with(kHeaderCutOff);
}

std::uint64_t largest_file(std::uint64_t max_pixels) {
  constexpr std::uint64_t kBytesPerPixel = 8, kMetadataBytes = 64 << 20;
  constexpr std::uint64_t kMaxPixels = std::uint64_t{1} << 56;  // so that bytes can be counted in 64 bits
  return std::min(max_pixels, kMaxPixels) * kBytesPerPixel + kMetadataBytes;
}

}  // namespace tenfold
