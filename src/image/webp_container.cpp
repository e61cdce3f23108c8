#include "image/webp_container.h"

#include <algorithm>

#include "image/byte_order.h"
#include "image/header_readers.h"

namespace tenfold {
namespace {

constexpr std::uint32_t chunk_type(const char (&name)[5]) {
  return static_cast<std::uint32_t>(name[3]) << 24 | static_cast<std::uint32_t>(name[2]) << 16 |
         static_cast<std::uint32_t>(name[1]) << 8 | static_cast<std::uint32_t>(name[0]);
}

constexpr std::uint64_t kRiffHeadBytes = 12;
constexpr std::uint64_t kChunkHeadBytes = 8;
constexpr std::uint64_t kFrameHeadBytes = 16;
constexpr std::uint8_t kAnimationFlag = 0x02, kAlphaFlag = 0x10;
constexpr int kMaxChunks = 100'000;

struct Chunk {
  std::uint32_t type = 0;
  std::uint64_t payload = 0;
  std::uint64_t bytes = 0;

  // The canvas is told by the first chunk, or not at all.
  bool is_first() const { return payload == kRiffHeadBytes + kChunkHeadBytes; }
  std::uint64_t end() const { return payload + bytes + bytes % 2; }
};

std::optional<Chunk> read_chunk(ByteSource& source, std::uint64_t offset) {
  std::array<std::uint8_t, kChunkHeadBytes> head;
  if (!source.read(offset, head)) return std::nullopt;
  return Chunk{little32(head.data()), offset + kChunkHeadBytes, little32(head.data() + 4)};
}

Parsed<cv::Size> lossy_size(ByteSource& source, const Chunk& chunk) {
  std::array<std::uint8_t, 10> head;
  if (!source.read(chunk.payload, head)) return header_cut_off(Format::kWebp);
  const bool key_frame = (head[0] & 1) == 0 && head[3] == 0x9D && head[4] == 0x01 && head[5] == 0x2A;
  if (!key_frame) return header_broken(Format::kWebp, "its frame is no key frame");
  return checked_size(Format::kWebp, little16(head.data() + 6) & 0x3FFF, little16(head.data() + 8) & 0x3FFF);
}

Parsed<cv::Size> lossless_size(ByteSource& source, const Chunk& chunk) {
  std::array<std::uint8_t, 5> head;
  if (!source.read(chunk.payload, head)) return header_cut_off(Format::kWebp);
  if (head[0] != 0x2F) return header_broken(Format::kWebp, "its frame has no signature");
  const std::uint32_t bits = little32(head.data() + 1);
  return checked_size(Format::kWebp, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
}

// An ANMF chunk: the place of the frame on the canvas, then its own chunks.
Parsed<void> read_animated_frame(ByteSource& source, const Chunk& chunk, WebpContainer& container) {
  std::array<std::uint8_t, kFrameHeadBytes> head;
  if (!source.read(chunk.payload, head)) return header_cut_off(Format::kWebp);
  const std::uint8_t* p = head.data();
  container.frame = cv::Rect(static_cast<int>(2 * little24(p)), static_cast<int>(2 * little24(p + 3)),
                             static_cast<int>(little24(p + 6) + 1), static_cast<int>(little24(p + 9) + 1));
  const cv::Rect canvas({0, 0}, container.canvas);
  if (chunk.bytes < kFrameHeadBytes || (container.frame & canvas) != container.frame) {
    return header_broken(Format::kWebp, "its first frame leaves the canvas");
  }
  container.frame_offset = chunk.payload + kFrameHeadBytes;
  container.frame_bytes = chunk.bytes - kFrameHeadBytes;
  std::optional<Chunk> part = read_chunk(source, container.frame_offset);
  if (part && part->type == chunk_type("ALPH")) part = read_chunk(source, part->end());
  container.lossless = part && part->type == chunk_type("VP8L");
  return {};
}

// Takes what one chunk tells; `frame_found` once there is a frame.
Parsed<void> apply_chunk(ByteSource& source, const Chunk& chunk, WebpContainer& container,
                         bool& frame_found) {
  if (chunk.type == chunk_type("VP8X") && chunk.is_first()) {
    std::array<std::uint8_t, 10> head;
    if (!source.read(chunk.payload, head)) return header_cut_off(Format::kWebp);
    container.animated = (head[0] & kAnimationFlag) != 0;
    container.alpha = (head[0] & kAlphaFlag) != 0;
    const Parsed<cv::Size> canvas =
        checked_size(Format::kWebp, little24(head.data() + 4) + 1, little24(head.data() + 7) + 1);
    if (!canvas) return tl::unexpected(canvas.error());
    container.canvas = *canvas;
  } else if (chunk.type == chunk_type("EXIF")) {
    container.exif_offset = chunk.payload;
    container.exif_bytes = chunk.bytes;
  } else if (frame_found) {
    return {};
  } else if (chunk.type == chunk_type("VP8 ") || chunk.type == chunk_type("VP8L")) {
    container.lossless = chunk.type == chunk_type("VP8L");
    const Parsed<cv::Size> size =
        container.lossless ? lossless_size(source, chunk) : lossy_size(source, chunk);
    if (!size) return tl::unexpected(size.error());
    if (container.canvas.empty()) container.canvas = *size;
    container.frame = cv::Rect({0, 0}, *size);
    frame_found = true;
  } else if (chunk.type == chunk_type("ANMF") && container.animated) {
    frame_found = true;
    return read_animated_frame(source, chunk, container);
  }
  return {};
}

}  // namespace

Parsed<WebpContainer> read_webp_container(ByteSource& source) {
  std::array<std::uint8_t, kRiffHeadBytes> riff;
  if (!source.read(0, riff)) return header_cut_off(Format::kWebp);
  WebpContainer container;
  container.declared_bytes = std::uint64_t{little32(riff.data() + 4)} + kChunkHeadBytes;
  const std::uint64_t end = std::min(container.declared_bytes, source.size());
  bool frame_found = false;
  std::uint64_t offset = kRiffHeadBytes;
  for (int count = 0; count < kMaxChunks && offset < end; ++count) {
    const std::optional<Chunk> chunk = read_chunk(source, offset);
    if (!chunk || chunk->payload > container.declared_bytes) break;
    if (chunk->payload + chunk->bytes > container.declared_bytes)
      return header_broken(Format::kWebp, "a chunk that reaches beyond the file's end");
    const Parsed<void> applied = apply_chunk(source, *chunk, container, frame_found);
    if (!applied) return tl::unexpected(applied.error());
    offset = chunk->end();
  }
  if (!frame_found) return header_cut_off(Format::kWebp);
  if (!container.animated && container.frame.size() != container.canvas) {
    return header_broken(Format::kWebp, "its frame and its canvas differ in size");
  }
  return container;
}

}  // namespace tenfold
