// jpeg_compression: encodes the image as JPEG and decodes it again, with the codec that reads and writes the
// dataset: quantised with the tables of libjpeg at this quality, chroma halved in both directions (4:2:0).
//
// JPEG has 8 bits and no alpha. A 16-bit image goes through its nearest 8-bit codes and what lies between
// them is lost; alpha is kept beside and the colors are encoded as they lie, invisible ones too.

#include <array>

#include "tenfold/image/codec.h"
#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/pixel_layout.h"

namespace tenfold::builtin {
namespace {

struct JpegCompression {
  Range quality{30, 80};
};

// Between the image's color channels and as many of another matrix.
constexpr std::array<int, 6> kSameChannels{0, 0, 1, 1, 2, 2};

cv::Mat colors_in_8_bit(const cv::Mat& image) {
  cv::Mat colors(image.size(), CV_MAKETYPE(image.depth(), color_channels(image)));
  cv::mixChannels(&image, 1, &colors, 1, kSameChannels.data(), static_cast<std::size_t>(colors.channels()));
  if (colors.depth() == CV_16U) colors.convertTo(colors, CV_8U, 1.0 / 257);
  return colors;
}

void compress(cv::Mat& image, int quality) {
  Bytes file;
  const auto encoded =
      encode(colors_in_8_bit(image), {}, {.format = Format::kJpeg, .quality = quality}, file);
  if (!encoded) CV_Error(cv::Error::StsError, "jpeg_compression: " + encoded.error().reason);
  const auto header = read_header(file);
  auto decoded = header ? decode(file, *header) : tl::unexpected(header.error());
  if (!decoded) CV_Error(cv::Error::StsError, "jpeg_compression: " + decoded.error().reason);
  cv::Mat& colors = decoded->pixels;
  if (image.depth() == CV_16U) colors.convertTo(colors, CV_16U, 257);
  cv::mixChannels(&colors, 1, &image, 1, kSameChannels.data(), static_cast<std::size_t>(colors.channels()));
}

Step draw(const JpegCompression& p, Draw& draw) {
  const int quality = draw.integer("quality", p.quality);
  return PixelStep{[quality](cv::Mat& image) { compress(image, quality); }};
}

}  // namespace

TransformSpec jpeg_compression() {
  using P = JpegCompression;
  return define<P>({.name = "jpeg_compression",
                    .summary = "Encodes the image as JPEG and decodes it again.",
                    .use = "For pictures from the web and from messengers, at a quality of 30 to 90. Not "
                           "where the data is never compressed, as in medicine.",
                    .formula = "out = decoded(encoded(in, quality, 4:2:0)), in 8 bit",
                    .source = "ITU-T T.81; libjpeg-turbo's tables and quality scale",
                    .example = "{quality: [30, 80]}",
                    .parameters = {{.name = "quality",
                                    .member = &P::quality,
                                    .bounds = {1, 100},
                                    .weakest = 100,
                                    .whole = true,
                                    .text = "as libjpeg counts it: below 30 the blocks show"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
