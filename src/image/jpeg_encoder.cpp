// Pixels to JPEG.

#include <algorithm>
#include <opencv2/core.hpp>

#include "image/jpeg_writer.h"

namespace tenfold {
namespace {

constexpr JDIMENSION kRowsAtATime = 16;

struct PixelWriter : JpegWriter {
  using JpegWriter::JpegWriter;
  const cv::Mat* pixels = nullptr;
};

void set_sampling_of_source(PixelWriter& writer) {
  const SourceTraits& source = *writer.source;
  const bool kept = source.format == Format::kJpeg &&
                    source.horizontal_sampling * source.vertical_sampling <= kMaxLumaBlocks;
  set_sampling(writer, kept ? source.horizontal_sampling : 2, kept ? source.vertical_sampling : 2);
}

void write(PixelWriter& writer) {
  jpeg_compress_struct& jpeg = writer.jpeg;
  const cv::Mat& pixels = *writer.pixels;
  const bool color = pixels.channels() == 3;
  describe(writer, pixels.size(), pixels.channels(), color ? JCS_EXT_BGR : JCS_GRAYSCALE);
  if (color) set_sampling_of_source(writer);
  start(writer);
  while (jpeg.next_scanline < jpeg.image_height) {
    JSAMPROW rows[kRowsAtATime];
    const JDIMENSION count = std::min(kRowsAtATime, jpeg.image_height - jpeg.next_scanline);
    for (JDIMENSION i = 0; i < count; ++i) rows[i] = pixels.data + (jpeg.next_scanline + i) * pixels.step[0];
    jpeg_write_scanlines(&jpeg, rows, count);
  }
  jpeg_finish_compress(&jpeg);
}

}  // namespace

Parsed<void> encode_jpeg(const cv::Mat& pixels, const SourceTraits& source, std::optional<int> quality,
                         Bytes& out) {
  PixelWriter writer(source, quality, out);
  writer.pixels = &pixels;
  if (!guarded(writer, write)) return refused(writer.errors.clause("encoded"));
  return {};
}

}  // namespace tenfold
