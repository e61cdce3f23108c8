#include "tenfold/image/codec.h"

#include <exception>
#include <new>
#include <string>
#include <utility>

#include "image/codecs.h"
#include "image/pixel_conversion.h"

namespace tenfold {
namespace {

constexpr int kUsualQuality = 95;

// A lack of memory is the machine's fault and not the image's: sizes are limited by the header before.
template <typename Result, typename Action>
Parsed<Result> caught(Action&& action) {
  try {
    return std::forward<Action>(action)();
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const cv::Exception& error) {
    if (error.code == cv::Error::StsNoMem) throw std::bad_alloc();
    return refused(error.err);
  } catch (const std::exception& error) {
    return refused(error.what());
  }
}

Parsed<DecodedImage> decode_stored(ByteSpan bytes, const ImageHeader& header) {
  switch (header.format) {
    case Format::kJpeg:
      return decode_jpeg(bytes, header);
    case Format::kPng:
      return decode_png(bytes, header);
    case Format::kWebp:
      return decode_webp(bytes, header);
    case Format::kTiff:
      return decode_tiff(bytes, header);
    case Format::kBmp:
      return decode_bmp(bytes, header);
    case Format::kPnm:
      return decode_pnm(bytes, header);
  }
  return refused("unknown format");
}

Parsed<void> encode_fitted(const cv::Mat& pixels, const SourceTraits& source, const EncoderSettings& settings,
                           Bytes& out) {
  switch (settings.format) {
    case Format::kJpeg:
      return encode_jpeg(pixels, source, settings.quality, out);
    case Format::kPng:
      return encode_png(pixels, source, out);
    case Format::kWebp:
      return encode_webp(pixels, source.format == Format::kWebp && source.lossless,
                         settings.quality.value_or(kUsualQuality), out);
    case Format::kTiff:
      return encode_tiff(pixels, out);
    case Format::kBmp:
      return encode_bmp(pixels, out);
    case Format::kPnm:
      return encode_pnm(pixels, out);
  }
  return refused("unknown format");
}

}  // namespace

Outcome<DecodedImage> decode(std::span<const std::uint8_t> bytes, const ImageHeader& header) {
  Parsed<DecodedImage> image = caught<DecodedImage>([&] {
    Parsed<DecodedImage> stored = decode_stored(bytes, header);
    if (stored) stored->pixels = turned_upright(stored->pixels, header.orientation);
    return stored;
  });
  if (!image) return failure(Stage::kDecode, std::move(image.error()));
  return std::move(*image);
}

cv::Mat fitted(const cv::Mat& pixels, Format format) {
  switch (format) {
    case Format::kJpeg:
    case Format::kBmp:
      return flattened_on_white(to_8_bit(pixels));
    case Format::kWebp:
      return to_color(to_8_bit(pixels));
    case Format::kPnm:
      return flattened_on_white(pixels);
    case Format::kPng:
    case Format::kTiff:
      break;
  }
  return pixels;
}

Outcome<void> encode(const cv::Mat& pixels, const SourceTraits& source, const EncoderSettings& settings,
                     Bytes& out) {
  const bool supported = (pixels.depth() == CV_8U || pixels.depth() == CV_16U) && pixels.channels() <= 4 &&
                         pixels.dims == 2 && !pixels.empty();
  if (!supported)
    return failure(Stage::kEncode,
                   "pixels of type " + cv::typeToString(pixels.type()) + " are not supported");
  Parsed<void> result =
      caught<void>([&] { return encode_fitted(fitted(pixels, settings.format), source, settings, out); });
  if (!result) return failure(Stage::kEncode, std::move(result.error()));
  return {};
}

Outcome<std::optional<DecodedPlanes>> decode_planes(std::span<const std::uint8_t> bytes,
                                                    const ImageHeader& header) {
  using Result = std::optional<DecodedPlanes>;
  Parsed<Result> image = caught<Result>([&] { return decode_jpeg_planes(bytes, header); });
  if (!image) return failure(Stage::kDecode, std::move(image.error()));
  return std::move(*image);
}

Outcome<void> encode_planes(const PlaneLayout& layout, const PlaneRows& rows, const SourceTraits& source,
                            std::optional<int> quality, Bytes& out) {
  Parsed<void> result = caught<void>([&] { return encode_jpeg_planes(layout, rows, source, quality, out); });
  if (!result) return failure(Stage::kEncode, std::move(result.error()));
  return {};
}

Outcome<void> encode_planes(const Planes& planes, const SourceTraits& source, std::optional<int> quality,
                            Bytes& out) {
  const auto copy_rows = [&planes](int plane, int first, cv::Mat& rows) {
    planes.plane[static_cast<std::size_t>(plane)].rowRange(first, first + rows.rows).copyTo(rows);
  };
  return encode_planes(planes, copy_rows, source, quality, out);
}

tl::unexpected<std::string> size_differs_from_header() {
  return refused("the image's size is not the one that the header tells");
}

bool profile_fits(ByteSpan profile, int channels) {
  constexpr std::size_t kHeaderBytes = 128, kColorSpaceOffset = 16;
  if (profile.size() < kHeaderBytes) return false;
  const std::string_view space(reinterpret_cast<const char*>(profile.data()) + kColorSpaceOffset, 4);
  return space == (channels <= 2 ? "GRAY" : "RGB ");
}

}  // namespace tenfold
