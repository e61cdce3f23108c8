// WebP by libwebp. Of an animation the first frame is shown, on its canvas.

#include <webp/decode.h>
#include <webp/encode.h>

#include <new>
#include <opencv2/core.hpp>

#include "image/codecs.h"
#include "image/webp_container.h"

namespace tenfold {
namespace {

std::string decoding_error(VP8StatusCode status) {
  switch (status) {
    case VP8_STATUS_NOT_ENOUGH_DATA:
    case VP8_STATUS_SUSPENDED:
      return std::string(kCutOff);
    case VP8_STATUS_OUT_OF_MEMORY:
      throw std::bad_alloc();  // not the image's fault
    case VP8_STATUS_UNSUPPORTED_FEATURE:
      return "cannot be decoded (libwebp: unsupported feature)";
    default:
      return "cannot be decoded (libwebp: the data are corrupt)";
  }
}

// Decodes `stream`, a WebP file or the chunks of one frame.
Parsed<cv::Mat> decode_frame(ByteSpan stream, cv::Size size) {
  WebPDecoderConfig config;
  if (WebPInitDecoderConfig(&config) == 0) return refused("the libwebp at run time is another version");
  VP8StatusCode status = WebPGetFeatures(stream.data(), stream.size(), &config.input);
  if (status != VP8_STATUS_OK) return refused(decoding_error(status));
  if (cv::Size(config.input.width, config.input.height) != size) return size_differs_from_header();
  const bool alpha = config.input.has_alpha != 0;
  cv::Mat pixels(size, alpha ? CV_8UC4 : CV_8UC3);
  config.output.colorspace = alpha ? MODE_BGRA : MODE_BGR;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = pixels.data;
  config.output.u.RGBA.stride = static_cast<int>(pixels.step);
  config.output.u.RGBA.size = pixels.total() * pixels.elemSize();
  status = WebPDecode(stream.data(), stream.size(), &config);
  WebPFreeDecBuffer(&config.output);
  if (status != VP8_STATUS_OK) return refused(decoding_error(status));
  return pixels;
}

// What the first frame does not cover is transparent.
cv::Mat on_canvas(const cv::Mat& frame, const WebpContainer& container) {
  if (frame.size() == container.canvas) return frame;
  cv::Mat canvas(container.canvas, CV_8UC4, cv::Scalar::all(0));
  cv::Mat place = canvas(container.frame);
  for (int y = 0; y < frame.rows; ++y) {
    for (int x = 0; x < frame.cols; ++x) {
      const std::uint8_t* from = frame.ptr(y, x);
      place.at<cv::Vec4b>(y, x) = {from[0], from[1], from[2],
                                   frame.channels() == 4 ? from[3] : std::uint8_t{255}};
    }
  }
  return canvas;
}

// An exception must not fly through libwebp.
int append(const std::uint8_t* from, std::size_t count, const WebPPicture* picture) noexcept {
  try {
    Bytes& out = *static_cast<Bytes*>(picture->custom_ptr);
    out.insert(out.end(), from, from + count);
    return 1;
  } catch (const std::exception&) {
    return 0;
  }
}

struct Picture : WebPPicture {
  Picture() : WebPPicture{} {}
  Picture(const Picture&) = delete;
  Picture& operator=(const Picture&) = delete;
  ~Picture() { WebPPictureFree(this); }
};

}  // namespace

Parsed<DecodedImage> decode_webp(ByteSpan bytes, const ImageHeader& header) {
  ByteSource source(bytes);
  const Parsed<WebpContainer> container = read_webp_container(source);
  if (!container) return tl::unexpected(container.error());
  if (container->declared_bytes > bytes.size()) return cut_off();
  if (container->canvas != header.stored) return size_differs_from_header();
  const ByteSpan stream =
      container->animated ? bytes.subspan(container->frame_offset, container->frame_bytes) : bytes;
  Parsed<cv::Mat> frame = decode_frame(stream, container->frame.size());
  if (!frame) return tl::unexpected(frame.error());
  DecodedImage image{.pixels = on_canvas(*frame, *container)};
  image.traits.format = Format::kWebp;
  image.traits.lossless = container->lossless;
  return image;
}

Parsed<void> encode_webp(const cv::Mat& pixels, bool lossless, int quality, Bytes& out) {
  WebPConfig config;
  Picture picture;
  if (WebPConfigInit(&config) == 0 || WebPPictureInit(&picture) == 0) {
    return refused("the libwebp at run time is another version");
  }
  if (pixels.cols > WEBP_MAX_DIMENSION || pixels.rows > WEBP_MAX_DIMENSION) {
    return refused("a WebP has at most 16383 pixels a side");
  }
  config.lossless = lossless ? 1 : 0;
  config.quality = lossless ? 75.0F : static_cast<float>(quality);  // lossless: the effort
  picture.use_argb = config.lossless;
  picture.width = pixels.cols;
  picture.height = pixels.rows;
  const auto import = pixels.channels() == 4 ? WebPPictureImportBGRA : WebPPictureImportBGR;
  if (import(&picture, pixels.data, static_cast<int>(pixels.step)) == 0)
    return refused("there is not enough memory");
  out.clear();
  picture.writer = append;
  picture.custom_ptr = &out;
  if (WebPEncode(&config, &picture) == 0) {
    return refused("cannot be encoded (libwebp: error " + std::to_string(picture.error_code) + ")");
  }
  return {};
}

}  // namespace tenfold
