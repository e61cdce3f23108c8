// The chunks of a WebP file: its size, and where the first frame and the EXIF data lie.

#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

#include "image/byte_source.h"
#include "image/parsed.h"

namespace tenfold {

struct WebpContainer {
  cv::Size canvas;
  bool animated = false;
  bool alpha = false;              // as an extended file tells
  bool lossless = false;           // of the first frame
  cv::Rect frame;                  // the first frame's place on the canvas; all of it where not animated
  std::uint64_t frame_offset = 0;  // its chunks (ALPH, VP8, VP8L), where animated
  std::uint64_t frame_bytes = 0;
  std::uint64_t exif_offset = 0;
  std::uint64_t exif_bytes = 0;      // 0: none
  std::uint64_t declared_bytes = 0;  // of the whole file, as its first chunk tells
};

// Refuses what has no frame. What lies beyond the first frame may be cut off.
Parsed<WebpContainer> read_webp_container(ByteSource& source);

}  // namespace tenfold
