// Pixels to TIFF: LZW over the differences of neighbours, which readers of all kinds know.

#include <algorithm>
#include <opencv2/core.hpp>

#include "image/codecs.h"
#include "image/tiff_stream.h"

namespace tenfold {
namespace {

// The file's order of channels: RGB, alpha last.
cv::Mat in_file_order(const cv::Mat& pixels) {
  const int channels = pixels.channels();
  cv::Mat ordered(pixels.size(), pixels.type());
  constexpr std::array<int, 8> kFromTo{0, 2, 1, 1, 2, 0, 3, 3};
  if (channels <= 2) return pixels.clone();  // libtiff changes what it is given to write
  cv::mixChannels(&pixels, 1, &ordered, 1, kFromTo.data(), static_cast<std::size_t>(channels));
  return ordered;
}

void set_tags(TIFF* tiff, const cv::Mat& pixels) {
  const int channels = pixels.channels();
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, pixels.cols);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, pixels.rows);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, channels);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, pixels.depth() == CV_16U ? 16 : 8);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, channels >= 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_LZW);
  TIFFSetField(tiff, TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
  if (channels % 2 == 0) {
    const std::uint16_t extra = EXTRASAMPLE_UNASSALPHA;
    TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &extra);
  }
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, TIFFDefaultStripSize(tiff, 0));
}

}  // namespace

Parsed<void> encode_tiff(const cv::Mat& pixels, Bytes& out) {
  TiffStream stream(out);
  if (stream.handle() == nullptr) return refused(stream.clause("encoded"));
  set_tags(stream.handle(), pixels);
  cv::Mat ordered = in_file_order(pixels);
  for (int y = 0; y < ordered.rows; ++y) {
    if (TIFFWriteScanline(stream.handle(), ordered.ptr(y), static_cast<std::uint32_t>(y), 0) != 1) break;
  }
  if (!stream.close()) return refused(stream.clause("encoded"));
  return {};
}

}  // namespace tenfold
