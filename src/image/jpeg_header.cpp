// The segments of a JPEG file before its first scan, walked by their lengths.

#include "image/byte_order.h"
#include "image/header_readers.h"
#include "image/tiff_directory.h"

namespace tenfold {
namespace {

constexpr int kSoi = 0xD8, kEoi = 0xD9, kSos = 0xDA, kApp1 = 0xE1, kTem = 0x01;
constexpr int kDht = 0xC4, kJpg = 0xC8, kDac = 0xCC;  // lie among the SOF codes and are none

// Hostile files only: the largest honest ones have some thousand segments and no bytes between them.
constexpr int kMaxSegments = 65536;
constexpr std::uint64_t kMaxStrayBytes = 65536;

bool is_start_of_frame(int marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != kDht && marker != kJpg && marker != kDac;
}

bool stands_alone(int marker) {
  return marker == kSoi || marker == kTem || (marker >= 0xD0 && marker <= 0xD7);
}

// The next marker at or after `offset`, which then points behind it. Fill bytes and, as decoders do, stray
// bytes are skipped.
std::optional<int> next_marker(ByteSource& source, std::uint64_t& offset) {
  std::array<std::uint8_t, 1> byte;
  bool after_ff = false;
  for (const std::uint64_t end = offset + kMaxStrayBytes; offset < end;) {
    if (!source.read(offset++, byte)) return std::nullopt;
    if (byte[0] == 0xFF) {
      after_ff = true;
    } else if (after_ff && byte[0] != 0) {
      return byte[0];
    } else {
      after_ff = false;
    }
  }
  return std::nullopt;
}

// Size and colors into `header`.
Parsed<void> read_frame(ByteSource& source, std::uint64_t payload, ImageHeader& header) {
  std::array<std::uint8_t, 6> frame;  // precision, height, width, components
  if (!source.read(payload, frame)) return header_cut_off(Format::kJpeg);
  const int height = big16(frame.data() + 1), width = big16(frame.data() + 3);
  if (height == 0)
    return refused("the JPEG header leaves the height to a DNL marker, which is not supported");
  const Parsed<cv::Size> size =
      checked_size(Format::kJpeg, static_cast<std::uint64_t>(width), static_cast<std::uint64_t>(height));
  if (!size) return tl::unexpected(size.error());
  header.stored = *size;
  header.pixel_type = frame[5] == 1 ? CV_8UC1 : CV_8UC3;
  return {};
}

bool is_exif(std::span<const std::uint8_t> payload) {
  constexpr std::array<std::uint8_t, 6> kExif{'E', 'x', 'i', 'f', 0, 0};
  return payload.size() > kExif.size() && std::equal(kExif.begin(), kExif.end(), payload.begin());
}

}  // namespace

Parsed<ImageHeader> read_jpeg_header(ByteSource& source) {
  ImageHeader header{.format = Format::kJpeg};
  bool exif_found = false;
  std::uint64_t offset = 2;
  for (int segment = 0; segment < kMaxSegments; ++segment) {
    const std::optional<int> marker = next_marker(source, offset);
    if (!marker) return header_cut_off(Format::kJpeg);
    if (stands_alone(*marker)) continue;
    if (*marker == kEoi) return header_broken(Format::kJpeg, "it ends before the image begins");
    std::array<std::uint8_t, 2> length_field;
    if (!source.read(offset, length_field)) return header_cut_off(Format::kJpeg);
    const int length = big16(length_field.data());
    if (length < 2) return header_broken(Format::kJpeg, "a segment of impossible length");
    const std::uint64_t payload = offset + 2, payload_bytes = static_cast<std::uint64_t>(length) - 2;
    offset += static_cast<std::uint64_t>(length);
    if (offset > source.size()) return header_cut_off(Format::kJpeg);

    if (*marker == kSos) {
      if (header.stored.empty())
        return header_broken(Format::kJpeg, "the image begins before its size is told");
      return header;
    }
    if (is_start_of_frame(*marker)) {
      const Parsed<void> frame = read_frame(source, payload, header);
      if (!frame) return tl::unexpected(frame.error());
    } else if (*marker == kApp1 && !exif_found) {
      const Bytes exif = source.read_some(payload, payload_bytes);
      exif_found = is_exif(exif);
      if (exif_found) apply_exif(exif, header);
    }
  }
  return header_broken(Format::kJpeg, "more segments than any image needs");
}

}  // namespace tenfold
