#include "image/bmp_layout.h"

#include <algorithm>
#include <cstdlib>

#include "image/byte_order.h"
#include "image/header_readers.h"

namespace tenfold {
namespace {

constexpr std::uint64_t kFileHeadBytes = 14;
constexpr std::uint32_t kOs2HeaderBytes = 12;
constexpr std::uint32_t kOs2V2Bytes = 64, kOs2V2ShortBytes = 16;
constexpr std::uint32_t kInfoHeaderBytes = 40;
constexpr std::uint32_t kRgbMasksBytes = 52, kRgbaMasksBytes = 56;

constexpr std::uint32_t kPlain = 0, kRle8 = 1, kRle4 = 2, kBitFields = 3, kAlphaBitFields = 6;

using Fields = std::array<std::uint8_t, 124>;

// Pixels of 16 and 32 bits without masks of their own.
constexpr std::array<std::uint32_t, 4> kMasks555{0x7C00, 0x03E0, 0x001F, 0};
constexpr std::array<std::uint32_t, 4> kMasks888{0xFF0000, 0x00FF00, 0x0000FF, 0};

Parsed<void> read_size(const Fields& fields, std::uint32_t header_bytes, BmpLayout& layout) {
  std::int64_t width = 0, height = 0;
  if (header_bytes == kOs2HeaderBytes) {
    width = little16(fields.data() + 4);
    height = little16(fields.data() + 6);
  } else {
    width = static_cast<std::int32_t>(little32(fields.data() + 4));
    height = static_cast<std::int32_t>(little32(fields.data() + 8));
  }
  layout.top_down = height < 0;
  if (width < 0) return header_broken(Format::kBmp, "the width is negative");
  const Parsed<cv::Size> size = checked_size(Format::kBmp, static_cast<std::uint64_t>(width),
                                             static_cast<std::uint64_t>(std::abs(height)));
  if (!size) return tl::unexpected(size.error());
  layout.size = *size;
  return {};
}

Parsed<void> read_packing(std::uint32_t compression, std::uint32_t header_bytes, BmpLayout& layout) {
  const bool os2 = header_bytes == kOs2V2Bytes || header_bytes == kOs2V2ShortBytes;
  const bool masked = layout.bits == 16 || layout.bits == 32;
  if (compression == kPlain) {
    layout.packing = masked ? BmpPacking::kMasks : BmpPacking::kPlain;
  } else if (compression == kRle8 && layout.bits == 8) {
    layout.packing = BmpPacking::kRunLength8;
  } else if (compression == kRle4 && layout.bits == 4) {
    layout.packing = BmpPacking::kRunLength4;
  } else if (!os2 && masked && (compression == kBitFields || compression == kAlphaBitFields)) {
    layout.packing = BmpPacking::kMasks;
  } else {
    return refused("a BMP of compression " + std::to_string(compression) + " and " +
                   std::to_string(layout.bits) + " bits is not supported");
  }
  const bool run_length =
      layout.packing == BmpPacking::kRunLength8 || layout.packing == BmpPacking::kRunLength4;
  if (run_length && layout.top_down) return header_broken(Format::kBmp, "run lengths from the top down");
  return {};
}

// The masks lie in the header of later versions, behind it in version 3. Moves the palette behind them.
Parsed<void> read_masks(ByteSource& source, std::uint32_t compression, std::uint32_t header_bytes,
                        BmpLayout& layout) {
  if (compression == kPlain) {
    layout.masks = layout.bits == 16 ? kMasks555 : kMasks888;
    return {};
  }
  std::array<std::uint8_t, 16> fields{};
  const bool alpha = compression == kAlphaBitFields || header_bytes >= kRgbaMasksBytes;
  const std::size_t bytes = alpha ? 16 : 12;
  if (!source.read(kFileHeadBytes + kInfoHeaderBytes, std::span(fields).first(bytes))) {
    return header_cut_off(Format::kBmp);
  }
  for (std::size_t i = 0; i < bytes / 4; ++i) layout.masks[i] = little32(fields.data() + 4 * i);
  if (header_bytes < kRgbMasksBytes) layout.palette_offset += bytes;
  return {};
}

}  // namespace

std::uint64_t BmpLayout::row_bytes() const {
  const std::uint64_t row_bits = static_cast<std::uint64_t>(size.width) * static_cast<std::uint64_t>(bits);
  return (row_bits + 31) / 32 * 4;
}

Parsed<BmpLayout> read_bmp_layout(ByteSource& source) {
  std::array<std::uint8_t, kFileHeadBytes + 4> head;
  if (!source.read(0, head)) return header_cut_off(Format::kBmp);
  const std::uint32_t header_bytes = little32(head.data() + kFileHeadBytes);
  if (header_bytes < kOs2HeaderBytes || header_bytes > Fields{}.size()) {
    return header_broken(Format::kBmp, "its length is that of no version");
  }
  Fields fields{};
  if (!source.read(kFileHeadBytes, std::span(fields).first(header_bytes)))
    return header_cut_off(Format::kBmp);

  BmpLayout layout;
  layout.pixels_offset = little32(head.data() + 10);
  layout.palette_offset = kFileHeadBytes + header_bytes;
  const Parsed<void> size = read_size(fields, header_bytes, layout);
  if (!size) return tl::unexpected(size.error());

  const bool old = header_bytes == kOs2HeaderBytes;
  layout.bits = little16(fields.data() + (old ? 10 : 14));
  constexpr std::array<int, 6> kBits{1, 4, 8, 16, 24, 32};
  if (std::ranges::find(kBits, layout.bits) == kBits.end()) {
    return header_broken(Format::kBmp, std::to_string(layout.bits) + " bits a pixel");
  }
  const std::uint32_t compression = little32(fields.data() + 16);  // past the end of an old header: 0
  const Parsed<void> packing = read_packing(compression, header_bytes, layout);
  if (!packing) return tl::unexpected(packing.error());
  if (layout.packing == BmpPacking::kMasks) {
    const Parsed<void> masks = read_masks(source, compression, header_bytes, layout);
    if (!masks) return tl::unexpected(masks.error());
  }
  layout.run_length_bytes = little32(fields.data() + 20);
  layout.palette_entry_bytes = old ? 3 : 4;
  if (layout.bits <= 8) {
    const std::uint32_t most = 1U << layout.bits, declared = little32(fields.data() + 32);
    layout.palette_entries = declared == 0 ? most : std::min(most, declared);
  }
  return layout;
}

}  // namespace tenfold
