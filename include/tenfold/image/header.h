// What a file's header says of an image, read without decoding and with a few small reads.

#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

#include "tenfold/base/file.h"
#include "tenfold/base/outcome.h"
#include "tenfold/image/format.h"

namespace tenfold {

// Images of longer sides are refused. Coordinates hold far more; it is what frames may grow to, and what
// libpng reads unless it is told otherwise. With it, no product of two sides leaves 64 bits.
inline constexpr std::uint64_t kMaxSide = 1'000'000;

struct ImageHeader {
  Format format = Format::kJpeg;
  cv::Size stored{};            // as the pixels lie in the file
  int orientation = 1;          // EXIF, 1–8; 1 where there is no valid tag
  bool located = false;         // EXIF data tell where the picture was taken
  bool several_images = false;  // an animation or more than one page: only the first frame counts
  int pixel_type = CV_8UC3;  // of the decoded pixels, as far as the header tells, for those who plan memory

  // As the image is seen: stored, with the sides swapped for orientations 5–8.
  cv::Size upright() const;

  // cv::Size::area() is an int, and hostile headers claim more.
  std::uint64_t pixel_count() const;

  bool operator==(const ImageHeader&) const = default;
};

// Reads sizes, orientation and whether there is a place from the file's header: EXIF in JPEG (APP1), PNG (eXIf), WebP (EXIF chunk) and
// the tags in TIFF. Fails with SampleFailure{kScan} where the file holds no image of a supported format or a
// broken header; reasons are clauses such as "holds no image (the first bytes are those of no format)",
// "format not supported: GIF", "the JPEG header is cut off". Throws Error for I/O errors. Thread-safe.
Outcome<ImageHeader> read_header(const InputFile& file);

// The same for bytes in memory.
Outcome<ImageHeader> read_header(std::span<const std::uint8_t> bytes);

// Whether a header or an image could not be read because the file ends too early.
bool is_truncation(const SampleFailure& failure);

// What the most costly packing of so many pixels needs, with room for metadata. Files are read whole, so a
// sparse one of a terabyte must be known before.
std::uint64_t largest_file(std::uint64_t max_pixels);

}  // namespace tenfold
