// JPEG to pixels, straight into the image's rows.

#include <algorithm>
#include <opencv2/core.hpp>

#include "image/jpeg_reader.h"

namespace tenfold {
namespace {

constexpr JDIMENSION kRowsAtATime = 16;

struct PixelReader : JpegReader {
  std::uint8_t* first_row = nullptr;
  std::size_t row_step = 0;
};

void read_rows(PixelReader& reader) {
  jpeg_decompress_struct& jpeg = reader.jpeg;
  start(reader);
  while (jpeg.output_scanline < jpeg.output_height) {
    JSAMPROW rows[kRowsAtATime];
    const JDIMENSION count = std::min(kRowsAtATime, jpeg.output_height - jpeg.output_scanline);
    for (JDIMENSION i = 0; i < count; ++i)
      rows[i] = reader.first_row + (jpeg.output_scanline + i) * reader.row_step;
    jpeg_read_scanlines(&jpeg, rows, count);
  }
  finish(reader);
}

// Adobe's files hold 255 - ink; those without its marker hold ink.
cv::Mat cmyk_to_bgr(const cv::Mat& cmyk, bool inverted) {
  cv::Mat bgr(cmyk.size(), CV_8UC3);
  const int flip = inverted ? 0 : 0xFF;
  for (int y = 0; y < cmyk.rows; ++y) {
    const cv::Vec4b* from = cmyk.ptr<cv::Vec4b>(y);
    cv::Vec3b* to = bgr.ptr<cv::Vec3b>(y);
    for (int x = 0; x < cmyk.cols; ++x) {
      const int light = from[x][3] ^ flip;
      for (int c = 0; c < 3; ++c)
        to[x][2 - c] = static_cast<std::uint8_t>(((from[x][c] ^ flip) * light + 127) / 255);
    }
  }
  return bgr;
}

}  // namespace

Parsed<DecodedImage> decode_jpeg(ByteSpan bytes, const ImageHeader& header) {
  PixelReader reader;
  if (const Parsed<void> opened = open(reader, bytes, header); !opened) return tl::unexpected(opened.error());
  const J_COLOR_SPACE space = reader.jpeg.out_color_space;
  const bool cmyk = space == JCS_CMYK;
  DecodedImage image;
  image.pixels.create(header.stored, cmyk ? CV_8UC4 : space == JCS_GRAYSCALE ? CV_8UC1 : CV_8UC3);
  reader.first_row = image.pixels.data;
  reader.row_step = image.pixels.step;
  if (!guarded(reader, read_rows)) return refused(reader.errors.clause("decoded"));

  if (cmyk) image.pixels = cmyk_to_bgr(image.pixels, reader.jpeg.saw_Adobe_marker != 0);
  image.traits = taken_traits(reader, image.pixels.channels());
  return image;
}

}  // namespace tenfold
