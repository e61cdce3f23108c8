// One format's decoder, and its encoder with whatever was decoded. FUZZED_FORMAT is a Format.

#include <opencv2/core.hpp>

#include "fuzz/fuzzing.h"
#include "tenfold/image/codec.h"
#include "tenfold/image/planes.h"

namespace tenfold {
namespace {

using test::must;

// Larger ones take time and reach no other code.
constexpr std::uint64_t kMostPixels = 1 << 18;

bool keeps_every_pixel(const DecodedImage& image) {
  const bool opaque = image.pixels.channels() % 2 == 1, bytes = image.pixels.depth() == CV_8U;
  switch (image.traits.format) {
    case Format::kPng:
    case Format::kTiff:
      return true;
    case Format::kPnm:
      return opaque;
    case Format::kBmp:
      return opaque && bytes;
    case Format::kWebp:
      return image.traits.lossless && opaque;
    case Format::kJpeg:
      break;
  }
  return false;
}

// Planes are had of what can be decoded, and only of that.
void check_planes(std::span<const std::uint8_t> bytes, const ImageHeader& header,
                  const Outcome<DecodedImage>& image) {
  const Outcome<std::optional<DecodedPlanes>> decoded = decode_planes(bytes, header);
  if (!decoded) {
    must(!image && decoded.error() == image.error(), "planes are refused for the reason that pixels are");
    return;
  }
  if (!*decoded) return;
  must(image.has_value(), "what has no pixels has no planes");
  const auto& [planes, traits] = **decoded;
  must(planes.size == header.stored && planes.count == image->pixels.channels(), "planes are the image's");
  must(traits.quantisation == image->traits.quantisation && traits.icc_profile == image->traits.icc_profile,
       "planes have the traits that pixels have");
  for (int i = 0; i < planes.count; ++i)
    must(planes.plane[static_cast<std::size_t>(i)].size() == planes.plane_size(i), "a plane has its size");
  Bytes file;
  must(encode_planes(planes, traits, std::nullopt, file).has_value(), "planes can be encoded");
  const Outcome<ImageHeader> again = read_header(file);
  must(again && again->stored == header.stored, "encoded planes have their header");
  const Outcome<std::optional<DecodedPlanes>> planes_again = decode_planes(file, *again);
  must(planes_again && *planes_again && (*planes_again)->planes.sampling == planes.sampling,
       "encoded planes can be decoded");
}

void check_encoder(const DecodedImage& image) {
  Bytes file;
  must(encode(image.pixels, image.traits, {.format = image.traits.format}, file).has_value(),
       "what was decoded can be encoded");
  const Outcome<ImageHeader> header = read_header(file);
  must(header && header->upright() == image.pixels.size(), "an encoded image has its header");
  const Outcome<DecodedImage> again = decode(file, *header);
  must(again.has_value(), "what was encoded can be decoded");
  if (!keeps_every_pixel(image)) return;
  must(
      again->pixels.type() == image.pixels.type() && cv::norm(again->pixels, image.pixels, cv::NORM_INF) == 0,
      "an encoder without loss keeps every pixel");
}

}  // namespace
}  // namespace tenfold

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tenfold;
  const std::span bytes(data, size);
  const Outcome<ImageHeader> header = read_header(bytes);
  if (!header || header->format != Format::FUZZED_FORMAT || header->pixel_count() > kMostPixels) return 0;

  const Outcome<DecodedImage> image = decode(bytes, *header);
  if (header->format == Format::kJpeg) check_planes(bytes, *header, image);
  if (!image) {
    must(image.error().stage == Stage::kDecode && !image.error().reason.empty(), "a refusal has a reason");
    return 0;
  }
  must(image->pixels.size() == header->upright(), "an image has the size that its header tells");
  must(image->pixels.depth() == CV_8U || image->pixels.depth() == CV_16U, "an image has 8 or 16 bits");
  must(image->pixels.channels() <= 4, "an image has up to 4 channels");
  must(image->traits.format == header->format, "an image remembers its format");

  // The file may have changed since the scan.
  ImageHeader other = *header;
  ++other.stored.width;
  must(!decode(bytes, other), "an image of another size than the header's is refused");

  if (const std::optional<Bytes> upright = turned_losslessly(bytes, *header, 1)) {
    const Outcome<ImageHeader> turned = read_header(*upright);
    must(turned && turned->stored == header->upright() && turned->orientation == 1, "turned upright");
  }
  const int orientation = 1 + static_cast<int>(size % 8);
  if (const std::optional<Bytes> turned = turned_losslessly(bytes, *header, orientation)) {
    const Outcome<ImageHeader> its_header = read_header(*turned);
    must(its_header && its_header->orientation == 1, "a turned file is upright");
    const Outcome<DecodedImage> its_image = decode(*turned, *its_header);
    must(its_image && its_image->pixels.size() == turned_upright(image->pixels, orientation).size(),
         "a turned file shows the turned image");
  }
  check_encoder(*image);
  return 0;
}
