// Pixels to BMP: 24 bits, or 8 bits with a grey palette, in the version that every reader knows.

#include <opencv2/core.hpp>

#include "image/codecs.h"

namespace tenfold {
namespace {

constexpr std::uint32_t kFileHeadBytes = 14;
constexpr std::uint32_t kInfoHeaderBytes = 40;
constexpr std::uint32_t kGreyLevels = 256;

void put(Bytes& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<std::uint8_t>(value >> 8 * i & 0xFF));
}

}  // namespace

Parsed<void> encode_bmp(const cv::Mat& pixels, Bytes& out) {
  const bool grey = pixels.channels() == 1;
  const std::size_t used = pixels.elemSize() * static_cast<std::size_t>(pixels.cols),
                    row = (used + 3) / 4 * 4;
  const std::uint32_t offset = kFileHeadBytes + kInfoHeaderBytes + (grey ? 4 * kGreyLevels : 0);
  const std::uint64_t size =
      offset + static_cast<std::uint64_t>(row) * static_cast<std::uint64_t>(pixels.rows);
  if (size > 0xFFFFFFFF) return refused("a BMP has at most 4 GiB");

  out.clear();
  out.reserve(size);
  put(out, 'B' | 'M' << 8, 2);
  put(out, static_cast<std::uint32_t>(size), 4);
  put(out, 0, 4);
  put(out, offset, 4);
  put(out, kInfoHeaderBytes, 4);
  put(out, static_cast<std::uint32_t>(pixels.cols), 4);
  put(out, static_cast<std::uint32_t>(pixels.rows), 4);
  put(out, 1, 2);  // planes
  put(out, grey ? 8 : 24, 2);
  put(out, 0, 4);  // not compressed
  put(out, static_cast<std::uint32_t>(size) - offset, 4);
  put(out, 0, 4);  // pixels per metre across: unknown
  put(out, 0, 4);  // and down
  put(out, grey ? kGreyLevels : 0, 4);
  put(out, 0, 4);  // all colors matter
  for (std::uint32_t level = 0; grey && level < kGreyLevels; ++level) put(out, level * 0x010101, 4);
  for (int y = pixels.rows - 1; y >= 0; --y) {
    out.insert(out.end(), pixels.ptr(y), pixels.ptr(y) + used);
    out.resize(out.size() + row - used);
  }
  return {};
}

}  // namespace tenfold
