// The chunks of a PNG file: IHDR, and of the others acTL (an animation) and eXIf, which may stand behind the
// image data.

#include "image/byte_order.h"
#include "image/header_readers.h"
#include "image/tiff_directory.h"

namespace tenfold {
namespace {

constexpr std::uint32_t chunk_type(const char (&name)[5]) {
  return static_cast<std::uint32_t>(name[0]) << 24 | static_cast<std::uint32_t>(name[1]) << 16 |
         static_cast<std::uint32_t>(name[2]) << 8 | static_cast<std::uint32_t>(name[3]);
}

constexpr std::uint64_t kSignatureBytes = 8;
constexpr std::uint64_t kAroundPayload = 12;  // length and type before, checksum behind
// Encoders cut the image data into chunks of 8 KiB and more: this is several gigabytes of them.
constexpr int kMaxChunks = 1'000'000;

// What IHDR's depth and color type become when they are widened to whole bytes.
int pixel_type(int bits, int color_type) {
  constexpr int kColor = 2, kAlpha = 4;
  const int channels = ((color_type & kColor) != 0 ? 3 : 1) + ((color_type & kAlpha) != 0 ? 1 : 0);
  return CV_MAKETYPE(bits == 16 ? CV_16U : CV_8U, channels);
}

// Looks for eXIf, acTL and tRNS; a broken chain of chunks ends the search, the decoder will say why.
void read_ancillary_chunks(ByteSource& source, std::uint64_t offset, ImageHeader& header) {
  for (int chunk = 0; chunk < kMaxChunks; ++chunk) {
    std::array<std::uint8_t, 8> head;
    if (!source.read(offset, head)) return;
    const std::uint32_t length = big32(head.data()), type = big32(head.data() + 4);
    const std::uint64_t payload = offset + head.size();
    if (type == chunk_type("IEND")) return;
    if (type == chunk_type("tRNS")) {  // becomes alpha; with a channel of its own it is an error
      const int depth = CV_MAT_DEPTH(header.pixel_type), channels = CV_MAT_CN(header.pixel_type);
      if (channels % 2 == 1) header.pixel_type = CV_MAKETYPE(depth, channels + 1);
    } else if (type == chunk_type("acTL")) {
      std::array<std::uint8_t, 4> frames;
      header.several_images = length == 8 && source.read(payload, frames) && big32(frames.data()) > 1;
    } else if (type == chunk_type("eXIf")) {
      apply_exif(source.read_some(payload, std::min<std::uint64_t>(length, kMaxExifBytes)), header);
    }
    offset += length + kAroundPayload;
  }
}

}  // namespace

Parsed<ImageHeader> read_png_header(ByteSource& source) {
  std::array<std::uint8_t, 8 + 13 + 4> ihdr;
  if (!source.read(kSignatureBytes, ihdr)) return header_cut_off(Format::kPng);
  if (big32(ihdr.data()) != 13 || big32(ihdr.data() + 4) != chunk_type("IHDR")) {
    return header_broken(Format::kPng, "the first chunk is not IHDR");
  }
  const Parsed<cv::Size> size = checked_size(Format::kPng, big32(ihdr.data() + 8), big32(ihdr.data() + 12));
  if (!size) return tl::unexpected(size.error());
  ImageHeader header{.format = Format::kPng, .stored = *size, .pixel_type = pixel_type(ihdr[16], ihdr[17])};
  read_ancillary_chunks(source, kSignatureBytes + ihdr.size(), header);
  return header;
}

}  // namespace tenfold
