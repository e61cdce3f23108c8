#include "image/tiff_directory.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "image/byte_order.h"

namespace tenfold {
namespace {

constexpr int kTagImageWidth = 256;
constexpr int kTagImageLength = 257;
constexpr int kTagBitsPerSample = 258;
constexpr int kTagPhotometric = 262;
constexpr int kTagOrientation = 274;
constexpr int kTagSamplesPerPixel = 277;
constexpr int kTagStripByteCounts = 279;
constexpr int kTagGps = 34853;
constexpr int kGpsLatitude = 2;

constexpr std::uint64_t kPalette = 3;

constexpr int kTypeByte = 1;
constexpr int kTypeShort = 3;
constexpr int kTypeLong = 4;
constexpr int kTypeIfd = 13;  // an offset, as kTypeLong
constexpr int kTypeLong8 = 16;
constexpr int kTypeIfd8 = 18;

// What tells one layout of TIFF from another.
struct Layout {
  bool big_endian = false;
  bool big_tiff = false;

  std::uint16_t u16(const std::uint8_t* p) const { return big_endian ? big16(p) : little16(p); }
  std::uint32_t u32(const std::uint8_t* p) const { return big_endian ? big32(p) : little32(p); }
  std::uint64_t u64(const std::uint8_t* p) const { return big_endian ? big64(p) : little64(p); }
  std::uint64_t offset(const std::uint8_t* p) const { return big_tiff ? u64(p) : u32(p); }

  std::size_t count_bytes() const { return big_tiff ? 8 : 2; }
  std::size_t entry_bytes() const { return big_tiff ? 20 : 12; }
  std::size_t offset_bytes() const { return big_tiff ? 8 : 4; }
};

// Of one value of a type; 1 for unknown types, which nobody reads.
std::uint64_t bytes_of_type(int type) {
  constexpr std::array<std::uint8_t, 19> kBytes{1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 1, 1, 8, 8, 8};
  return static_cast<std::size_t>(type) < kBytes.size() ? kBytes[static_cast<std::size_t>(type)] : 1;
}

// What an entry claims beyond itself. A BigTIFF's count may be 2^64: what no file holds is cut down, so that
// nothing overflows.
std::uint64_t claimed_bytes(const Layout& layout, const std::uint8_t* entry) {
  constexpr std::uint64_t kMaxCount = std::uint64_t{1} << 44;
  const std::uint64_t bytes =
      std::min(layout.offset(entry + 4), kMaxCount) * bytes_of_type(layout.u16(entry + 2));
  return bytes > layout.offset_bytes() ? bytes : 0;
}

// The single number that an entry holds, or 0.
std::uint64_t entry_value(const Layout& layout, const std::uint8_t* entry) {
  const std::uint64_t count = layout.offset(entry + 4);
  if (count != 1) return 0;
  const std::uint8_t* value = entry + 4 + layout.offset_bytes();
  switch (layout.u16(entry + 2)) {
    case kTypeByte:
      return value[0];
    case kTypeShort:
      return layout.u16(value);
    case kTypeLong:
    case kTypeIfd:
      return layout.u32(value);
    case kTypeLong8:
    case kTypeIfd8:
      return layout.big_tiff ? layout.u64(value) : 0;
    default:
      return 0;
  }
}

// Of the first sample: every sample has a value, which are elsewhere if there are many.
std::uint64_t sample_bits(const Layout& layout, const std::uint8_t* entry, ByteSource& source) {
  const std::uint8_t* value = entry + 4 + layout.offset_bytes();
  std::array<std::uint8_t, 2> elsewhere{};
  if (claimed_bytes(layout, entry) > 0) {
    if (!source.read(layout.offset(value), elsewhere)) return 0;
    value = elsewhere.data();
  }
  return layout.u16(value);
}

void apply_entry(const Layout& layout, const std::uint8_t* entry, TiffDirectory& directory) {
  const std::uint64_t value = entry_value(layout, entry);
  directory.claimed_bytes += claimed_bytes(layout, entry);
  switch (layout.u16(entry)) {
    case kTagImageWidth:
      directory.width = value;
      break;
    case kTagImageLength:
      directory.height = value;
      break;
    case kTagPhotometric:
      directory.palette = value == kPalette;
      break;
    case kTagSamplesPerPixel:
      directory.samples = value;
      break;
    case kTagOrientation:
      directory.orientation = value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
      break;
    case kTagStripByteCounts:
      directory.strip_bytes = value;
      break;
    default:
      break;
  }
}

// Whether the directory at `offset` tells a latitude. A camera without reception writes one that has only a
// version.
bool tells_place(const Layout& layout, std::uint64_t offset, ByteSource& source) {
  std::array<std::uint8_t, 8> count_field{};
  if (!source.read(offset, std::span(count_field).first(layout.count_bytes()))) return false;
  constexpr std::uint64_t kGpsTags = 64;  // EXIF knows 32
  const std::uint64_t count =
      layout.big_tiff ? layout.u64(count_field.data()) : layout.u16(count_field.data());
  offset += layout.count_bytes();
  for (std::uint64_t i = 0; i < std::min(count, kGpsTags); ++i, offset += layout.entry_bytes()) {
    std::array<std::uint8_t, 2> tag;
    if (!source.read(offset, tag)) return false;
    if (layout.u16(tag.data()) == kGpsLatitude) return true;
  }
  return false;
}

struct Start {
  Layout layout;
  std::uint64_t directory_offset = 0;
};

std::optional<Start> read_start(ByteSource& source) {
  std::array<std::uint8_t, 8> head;
  if (!source.read(0, head)) return std::nullopt;
  Start start;
  if (head[0] != head[1] || (head[0] != 'I' && head[0] != 'M')) return std::nullopt;
  start.layout.big_endian = head[0] == 'M';
  const int version = start.layout.u16(head.data() + 2);
  if (version == 42) {
    start.directory_offset = start.layout.u32(head.data() + 4);
    return start;
  }
  std::array<std::uint8_t, 8> offset;
  if (version != 43 || start.layout.u16(head.data() + 4) != 8 || !source.read(8, offset)) return std::nullopt;
  start.layout.big_tiff = true;
  start.directory_offset = start.layout.u64(offset.data());
  return start;
}

}  // namespace

std::optional<TiffDirectory> read_tiff_directory(ByteSource& source) {
  const std::optional<Start> start = read_start(source);
  if (!start) return std::nullopt;
  const Layout& layout = start->layout;
  std::array<std::uint8_t, 8> count_field{};
  if (start->directory_offset >= source.size() ||
      !source.read(start->directory_offset, std::span(count_field).first(layout.count_bytes()))) {
    return std::nullopt;
  }
  // A BigTIFF may claim 2^64 entries; nobody has more than the 65,535 of a classic one.
  const std::uint64_t count =
      layout.big_tiff ? layout.u64(count_field.data()) : layout.u16(count_field.data());
  if (count == 0 || count > 65535) return std::nullopt;

  TiffDirectory directory;
  std::uint64_t offset = start->directory_offset + layout.count_bytes();
  for (std::uint64_t i = 0; i < count; ++i, offset += layout.entry_bytes()) {
    std::array<std::uint8_t, 20> entry;
    if (!source.read(offset, std::span(entry).first(layout.entry_bytes()))) return directory;
    apply_entry(layout, entry.data(), directory);
    if (layout.u16(entry.data()) == kTagBitsPerSample)
      directory.sample_bits = sample_bits(layout, entry.data(), source);
    if (layout.u16(entry.data()) == kTagGps)
      directory.located = tells_place(layout, entry_value(layout, entry.data()), source);
  }
  std::array<std::uint8_t, 8> next{};
  if (!source.read(offset, std::span(next).first(layout.offset_bytes()))) return directory;
  directory.whole = true;
  const std::uint64_t next_offset = layout.offset(next.data());
  directory.another_follows = next_offset != 0 && next_offset != start->directory_offset;
  return directory;
}

ExifTags read_exif(std::span<const std::uint8_t> exif) {
  constexpr std::string_view kPrefix{"Exif\0\0", 6};
  if (exif.size() > kPrefix.size() &&
      std::equal(kPrefix.begin(), kPrefix.end(), exif.begin(),
                 [](char letter, std::uint8_t byte) { return static_cast<std::uint8_t>(letter) == byte; })) {
    exif = exif.subspan(kPrefix.size());
  }
  ByteSource source(exif);
  const std::optional<TiffDirectory> directory = read_tiff_directory(source);
  return directory ? ExifTags{directory->orientation, directory->located} : ExifTags{};
}

}  // namespace tenfold
