#include "tenfold/image/format.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace tenfold {
namespace {

using std::string_view_literals::operator""sv;

bool has_at(std::span<const std::uint8_t> bytes, std::size_t offset, std::string_view magic) {
  if (bytes.size() < offset + magic.size()) return false;
  return std::equal(magic.begin(), magic.end(), bytes.begin() + static_cast<std::ptrdiff_t>(offset),
                    [](char letter, std::uint8_t byte) { return static_cast<std::uint8_t>(letter) == byte; });
}

// "BM" alone begins many a text; a bitmap says next how long its header is.
bool is_bmp(std::span<const std::uint8_t> start) {
  if (!has_at(start, 0, "BM") || start.size() < 16) return false;
  constexpr std::array<int, 8> kHeaderBytes{12, 16, 40, 52, 56, 64, 108, 124};
  return std::ranges::find(kHeaderBytes, start[14] | start[15] << 8) != kHeaderBytes.end();
}

bool is_pnm(std::span<const std::uint8_t> start) {
  return start.size() >= 3 && start[0] == 'P' && start[1] >= '1' && start[1] <= '6' &&
         (std::isspace(start[2]) != 0 || start[2] == '#');
}

struct Magic {
  std::size_t offset;
  std::string_view bytes;
  std::string_view name;
};

constexpr std::array kUnsupported{
    Magic{0, "GIF87a", "GIF"},
    Magic{0, "GIF89a", "GIF"},
    Magic{4, "ftypavif", "AVIF"},
    Magic{4, "ftypavis", "AVIF"},
    Magic{4, "ftypheic", "HEIC"},
    Magic{4, "ftypheix", "HEIC"},
    Magic{4, "ftyphevc", "HEIC"},
    Magic{4, "ftyphevx", "HEIC"},
    Magic{4, "ftypheim", "HEIC"},
    Magic{4, "ftypheis", "HEIC"},
    Magic{4, "ftypmif1", "HEIF"},
    Magic{4, "ftypmsf1", "HEIF"},
    Magic{4, "ftypcrx ", "Canon raw"},
    Magic{0, "\xFF\x0A"sv, "JPEG XL"},
    Magic{0, "\0\0\0\x0CJXL \r\n\x87\n"sv, "JPEG XL"},
    Magic{0, "\0\0\0\x0CjP  \r\n\x87\n"sv, "JPEG 2000"},
    Magic{0, "\xFF\x4F\xFF\x51"sv, "JPEG 2000"},
    Magic{0, "8BPS", "PSD"},
    Magic{0, "\x76\x2F\x31\x01"sv, "OpenEXR"},
    Magic{0, "#?RADIANCE", "Radiance HDR"},
    Magic{0, "#?RGBE", "Radiance HDR"},
    Magic{0, "\0\0\1\0"sv, "ICO"},
    Magic{0, "DDS ", "DDS"},
    Magic{0, "P7\n", "PAM"},
    Magic{0, "PF\n", "PFM"},
    Magic{0, "Pf\n", "PFM"},
    Magic{0, "qoif", "QOI"},
    Magic{0, "gimp xcf", "XCF"},
    Magic{0, "II\xBC\x01"sv, "JPEG XR"},
    Magic{0, "BPG\xFB"sv, "BPG"},
    Magic{0, "\x8BJNG\r\n\x1A\n"sv, "JNG"},
    Magic{0, "\x8AMNG\r\n\x1A\n"sv, "MNG"},
};

struct Extension {
  std::string_view text;
  Format format;
};

constexpr std::array kClaims{
    Extension{"jpg", Format::kJpeg},  Extension{"jpeg", Format::kJpeg}, Extension{"jpe", Format::kJpeg},
    Extension{"jfif", Format::kJpeg}, Extension{"png", Format::kPng},   Extension{"webp", Format::kWebp},
    Extension{"tif", Format::kTiff},  Extension{"tiff", Format::kTiff}, Extension{"bmp", Format::kBmp},
    Extension{"dib", Format::kBmp},   Extension{"pbm", Format::kPnm},   Extension{"pgm", Format::kPnm},
    Extension{"ppm", Format::kPnm},   Extension{"pnm", Format::kPnm},
};

constexpr std::array kOtherImageExtensions{
    "gif"sv, "heic"sv, "heif"sv, "hif"sv, "avif"sv, "jxl"sv, "jp2"sv, "j2k"sv, "jpf"sv, "jpx"sv, "psd"sv,
    "exr"sv, "hdr"sv,  "ico"sv,  "svg"sv, "dds"sv,  "pam"sv, "pfm"sv, "qoi"sv, "xcf"sv, "jxr"sv, "bpg"sv,
    "mng"sv, "jng"sv,  "apng"sv, "tga"sv, "dng"sv,  "cr2"sv, "cr3"sv, "nef"sv, "arw"sv,
};

// In lower case and without its dot; empty where there is none. A leading dot begins a hidden file's name.
std::string extension_of(std::string_view file_name) {
  const std::size_t slash = file_name.rfind('/');
  if (slash != std::string_view::npos) file_name.remove_prefix(slash + 1);
  const std::size_t dot = file_name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  std::string extension(file_name.substr(dot + 1));
  for (char& letter : extension) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return extension;
}

}  // namespace

std::string_view format_name(Format format) {
  switch (format) {
    case Format::kJpeg:
      return "JPEG";
    case Format::kPng:
      return "PNG";
    case Format::kWebp:
      return "WebP";
    case Format::kTiff:
      return "TIFF";
    case Format::kBmp:
      return "BMP";
    case Format::kPnm:
      return "PNM";
  }
  return {};
}

std::string_view usual_extension(Format format) {
  switch (format) {
    case Format::kJpeg:
      return ".jpg";
    case Format::kPng:
      return ".png";
    case Format::kWebp:
      return ".webp";
    case Format::kTiff:
      return ".tif";
    case Format::kBmp:
      return ".bmp";
    case Format::kPnm:
      return ".ppm";
  }
  return {};
}

std::optional<Format> recognise(std::span<const std::uint8_t> start) {
  if (has_at(start, 0, "\xFF\xD8\xFF"sv)) return Format::kJpeg;
  if (has_at(start, 0, "\x89PNG\r\n\x1A\n"sv)) return Format::kPng;
  if (has_at(start, 0, "RIFF") && has_at(start, 8, "WEBP")) return Format::kWebp;
  for (const std::string_view magic : {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv}) {
    if (has_at(start, 0, magic)) return Format::kTiff;
  }
  if (is_bmp(start)) return Format::kBmp;
  if (is_pnm(start)) return Format::kPnm;
  return std::nullopt;
}

std::optional<std::string_view> unsupported_format(std::span<const std::uint8_t> start) {
  for (const Magic& magic : kUnsupported) {
    if (has_at(start, magic.offset, magic.bytes)) return magic.name;
  }
  return std::nullopt;
}

std::optional<Format> claimed_format(std::string_view file_name) {
  const std::string extension = extension_of(file_name);
  for (const Extension& claim : kClaims) {
    if (claim.text == extension) return claim.format;
  }
  return std::nullopt;
}

bool claims_to_be_image(std::string_view file_name) {
  return claimed_format(file_name) ||
         std::ranges::find(kOtherImageExtensions, extension_of(file_name)) != kOtherImageExtensions.end();
}

}  // namespace tenfold
