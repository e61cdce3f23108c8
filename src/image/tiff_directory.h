// The first directory of a TIFF file, and of the EXIF data that other formats embed, which is laid out as
// one.
//
// Both byte orders, classic and BigTIFF. Work is bounded: one directory is read, and of those that it links to only that of GPS.

#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "image/byte_source.h"

namespace tenfold {

struct TiffDirectory {
  std::uint64_t width = 0, height = 0;  // 0 where the tag is missing
  int orientation = 1;                  // 1 where the tag is missing or its value is none of 1–8
  bool located = false;  // its GPS directory has a latitude
  bool another_follows = false;
  std::uint64_t samples = 1;      // of a pixel
  std::uint64_t sample_bits = 1;  // of the first sample
  bool palette = false;
  std::uint64_t strip_bytes = 0;  // where there is but one strip; 0 else
  bool whole = false;             // every entry lay within the source
  // Of the values that lie outside of their entries. Honest ones overlap hardly, so a file holds them all.
  std::uint64_t claimed_bytes = 0;
};

// Nothing where `source` does not begin as a TIFF file does or its directory lies outside.
std::optional<TiffDirectory> read_tiff_directory(ByteSource& source);

struct ExifTags {
  int orientation = 1;
  bool located = false;
};

// What a block of EXIF data tells. An "Exif\0\0" before it is skipped.
ExifTags read_exif(std::span<const std::uint8_t> exif);

// More than this is not read of a block of EXIF data: both stand near its beginning.
inline constexpr std::uint64_t kMaxExifBytes = 65536;

}  // namespace tenfold
