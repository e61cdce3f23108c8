// A JPEG file that is being encoded, straight into the caller's bytes: what it has in common whether it is
// made of pixels or of planes.

#pragma once

#include <optional>

#include "image/codecs.h"
#include "image/jpeg_errors.h"

namespace tenfold {

// As many luma blocks can an MCU have beside one of each chroma plane.
inline constexpr int kMaxLumaBlocks = 8;

struct JpegWriter {
  jpeg_compress_struct jpeg{};
  JpegErrors errors;
  jpeg_destination_mgr destination{};
  const SourceTraits* source;
  int quality;  // 0: the source's tables
  Bytes* out;

  JpegWriter(const SourceTraits& source, std::optional<int> quality, Bytes& out);
  JpegWriter(const JpegWriter&) = delete;
  JpegWriter& operator=(const JpegWriter&) = delete;
  ~JpegWriter() { jpeg_destroy_compress(&jpeg); }
};

// Steps for guarded(): describe() what is encoded, set its sampling, start(), and write its rows.
void describe(JpegWriter& writer, cv::Size size, int components, J_COLOR_SPACE color_space);
void set_sampling(JpegWriter& writer, int horizontal, int vertical);
void start(JpegWriter& writer);

}  // namespace tenfold
