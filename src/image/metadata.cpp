// Taking what is no picture out of a file: by its segments and chunks, so that no pixel is decoded.

#include <algorithm>
#include <array>
#include <string_view>

#include "image/byte_order.h"
#include "image/codecs.h"

namespace tenfold {
namespace {

void append(Bytes& out, ByteSpan bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

bool begins_with(ByteSpan bytes, std::string_view text) {
  return bytes.size() >= text.size() && std::equal(text.begin(), text.end(), bytes.begin());
}

namespace jpeg {

constexpr std::uint8_t kMarker = 0xFF, kFirstRestart = 0xD0, kSoi = 0xD8, kEoi = 0xD9, kSos = 0xDA,
                       kTem = 0x01, kApp0 = 0xE0, kApp2 = 0xE2, kApp14 = 0xEE, kApp15 = 0xEF, kComment = 0xFE;

bool stands_alone(std::uint8_t marker) {
  return marker == 0 || marker == kTem || (marker >= kFirstRestart && marker <= kSoi);
}

// JFIF, the ICC profile and Adobe's color transform tell how to read the pixels. The rest (EXIF, XMP,
// comments, thumbnails, the index of further images) is about the file as it was.
bool is_kept(std::uint8_t marker, ByteSpan payload) {
  if (marker == kApp0) return begins_with(payload, "JFIF");
  if (marker == kApp2) return begins_with(payload, std::string_view("ICC_PROFILE\0", 12));
  return marker == kApp14 || (marker != kComment && (marker < kApp0 || marker > kApp15));
}

// JFIF may hold a thumbnail behind its 14 bytes.
void append_jfif(Bytes& out, ByteSpan payload) {
  constexpr std::size_t kBytes = 14, kWithoutThumbnail = 12;
  if (payload.size() < kBytes) return;
  append(out, std::array<std::uint8_t, 4>{kMarker, kApp0, 0, 2 + kBytes});
  append(out, payload.first(kWithoutThumbnail));
  append(out, std::array<std::uint8_t, 2>{});
}

// Where the compressed data that begin at `offset` end: at a marker that is no restart.
std::size_t end_of_scan(ByteSpan file, std::size_t offset) {
  for (; offset + 1 < file.size(); ++offset) {
    const std::uint8_t next = file[offset + 1];
    if (file[offset] == kMarker && next != 0 && !(next >= kFirstRestart && next < kSoi)) return offset;
  }
  return file.size();
}

// What decoders skip (bytes between segments, and what follows the end) goes, too.
Bytes without_metadata(ByteSpan file) {
  Bytes out{kMarker, kSoi};
  out.reserve(file.size());
  for (std::size_t offset = 2;;) {
    while (offset < file.size() && file[offset] != kMarker) ++offset;
    while (offset < file.size() && file[offset] == kMarker) ++offset;
    if (offset + 2 >= file.size() || file[offset] == kEoi) break;
    const std::uint8_t marker = file[offset++];
    if (stands_alone(marker)) continue;
    const ByteSpan segment =
        file.subspan(offset, std::clamp<std::size_t>(big16(&file[offset]), 2, file.size() - offset));
    offset += segment.size();
    if (!is_kept(marker, segment.subspan(2))) continue;
    if (marker == kApp0) {
      append_jfif(out, segment.subspan(2));
      continue;
    }
    append(out, std::array<std::uint8_t, 2>{kMarker, marker});
    append(out, segment);
    if (marker != kSos) continue;
    const std::size_t end = end_of_scan(file, offset);
    append(out, file.subspan(offset, end - offset));
    offset = end;
  }
  append(out, std::array<std::uint8_t, 2>{kMarker, kEoi});
  return out;
}

}  // namespace jpeg

namespace png {

constexpr std::size_t kSignature = 8, kFrame = 12;  // a chunk's length, type and checksum

// Those that tell what the pixels are and how to show them. Of an animation the first frame stays, which is
// the one that is read.
bool is_kept(ByteSpan type) {
  constexpr std::array<std::string_view, 17> kKept{"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM",
                                                   "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV",
                                                   "cLLI", "bKGD", "hIST", "pHYs", "sPLT"};
  return std::ranges::any_of(kKept, [&](std::string_view kept) { return begins_with(type, kept); });
}

Bytes without_metadata(ByteSpan file) {
  Bytes out(file.begin(), file.begin() + kSignature);
  out.reserve(file.size());
  for (std::size_t offset = kSignature; offset + kFrame <= file.size();) {
    const ByteSpan chunk = file.subspan(
        offset, std::min<std::size_t>(kFrame + std::size_t{big32(&file[offset])}, file.size() - offset));
    const ByteSpan type = chunk.subspan(4, 4);
    if (is_kept(type)) append(out, chunk);
    if (begins_with(type, "IEND")) break;
    offset += chunk.size();
  }
  return out;
}

}  // namespace png

namespace webp {

constexpr std::size_t kRiffHead = 12, kChunkHead = 8;
constexpr std::uint8_t kExifAndXmpFlags = 0x08 | 0x04;

bool is_kept(ByteSpan type) {
  constexpr std::array<std::string_view, 7> kKept{"VP8X", "ICCP", "ANIM", "ANMF", "ALPH", "VP8 ", "VP8L"};
  return std::ranges::any_of(kKept, [&](std::string_view kept) { return begins_with(type, kept); });
}

Bytes without_metadata(ByteSpan file) {
  Bytes out(file.begin(), file.begin() + kRiffHead);
  out.reserve(file.size());
  const std::size_t end = std::min<std::size_t>(file.size(), std::size_t{little32(&file[4])} + kChunkHead);
  for (std::size_t offset = kRiffHead; offset + kChunkHead <= end;) {
    const std::size_t payload = little32(&file[offset + 4]);
    const ByteSpan chunk = file.subspan(offset, std::min(kChunkHead + payload + payload % 2, end - offset));
    if (is_kept(chunk)) {
      append(out, chunk);
      if (begins_with(chunk, "VP8X") && chunk.size() > kChunkHead)
        out[out.size() - chunk.size() + kChunkHead] &= static_cast<std::uint8_t>(~kExifAndXmpFlags);
    }
    offset += chunk.size();
  }
  const std::size_t riff_bytes = out.size() - kChunkHead;
  for (std::size_t i = 0; i < 4; ++i) out[4 + i] = static_cast<std::uint8_t>(riff_bytes >> (8 * i));
  return out;
}

}  // namespace webp
}  // namespace

std::optional<Bytes> without_metadata(std::span<const std::uint8_t> bytes, Format format) {
  switch (format) {
    case Format::kJpeg:
      return jpeg::without_metadata(bytes);
    case Format::kPng:
      return png::without_metadata(bytes);
    case Format::kWebp:
      return webp::without_metadata(bytes);
    case Format::kBmp:  // has none
      return Bytes(bytes.begin(), bytes.end());
    case Format::kTiff:
    case Format::kPnm:
      break;
  }
  return std::nullopt;
}

}  // namespace tenfold
