// A JPEG file that is being decoded: what its pixels and its planes have in common.
//
// libjpeg would rather show something than fail: it invents the rest of a file that was cut, and is content
// with a progressive file whose later scans are missing. Both are failures here.

#pragma once

#include "image/codecs.h"
#include "image/jpeg_errors.h"

namespace tenfold {

struct JpegReader {
  jpeg_decompress_struct jpeg{};
  JpegErrors errors;
  jpeg_source_mgr source{};
  jpeg_progress_mgr progress{};
  unsigned components_seen = 0;  // one bit each
  ByteSpan bytes;
  long max_memory_bytes = 0;
  JOCTET* icc_profile = nullptr;
  unsigned icc_bytes = 0;
  SourceTraits traits{};

  JpegReader() = default;
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;
  ~JpegReader();
};

// Reads the header; the JPEG's own is then in reader.jpeg, and out_color_space is one that pixels can have.
Parsed<void> open(JpegReader& reader, ByteSpan bytes, const ImageHeader& header);

// Steps for guarded(), before and after the rows are read.
void start(JpegReader& reader);
void finish(JpegReader& reader);

// What finish() found out, with the profile if it is one for so many channels.
SourceTraits taken_traits(JpegReader& reader, int channels);

}  // namespace tenfold
