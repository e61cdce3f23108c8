#include "image/pnm_layout.h"

#include "image/header_readers.h"

namespace tenfold {
namespace {

// Comments may be of any length; nobody writes this much.
constexpr std::uint64_t kMaxHeaderBytes = 65536;

bool is_space(std::uint8_t byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

// Reads the numbers of the header, with white space and comments before each.
class HeaderWords {
 public:
  explicit HeaderWords(ByteSource& source) : source_(source) {}

  Parsed<std::uint64_t> next_number() {
    Parsed<std::uint8_t> byte = next_byte();
    while (byte && (is_space(*byte) || *byte == '#')) {
      const bool comment = *byte == '#';
      while (comment && byte && *byte != '\n' && *byte != '\r') byte = next_byte();
      if (byte) byte = next_byte();
    }
    if (!byte) return tl::unexpected(byte.error());
    if (*byte < '0' || *byte > '9') return header_broken(Format::kPnm, "a number was expected");
    std::uint64_t number = 0;
    for (; byte && *byte >= '0' && *byte <= '9'; byte = next_byte()) {
      if (number > 1'000'000'000'000) return header_broken(Format::kPnm, "a number is too large");
      number = number * 10 + (*byte - '0');
    }
    if (!byte) return tl::unexpected(byte.error());
    // Exactly one white space ends the header, and that was it.
    if (!is_space(*byte)) return header_broken(Format::kPnm, "a number was expected");
    return number;
  }

  std::uint64_t offset() const { return offset_; }

 private:
  Parsed<std::uint8_t> next_byte() {
    std::array<std::uint8_t, 1> byte;
    if (offset_ == kMaxHeaderBytes) return header_broken(Format::kPnm, "it does not end");
    if (!source_.read(offset_++, byte)) return header_cut_off(Format::kPnm);
    return byte[0];
  }

  ByteSource& source_;
  std::uint64_t offset_ = 2;  // behind "P5"
};

}  // namespace

std::uint64_t PnmLayout::binary_bytes() const {
  const std::uint64_t width = static_cast<std::uint64_t>(size.width);
  const std::uint64_t row =
      bits ? (width + 7) / 8 : width * static_cast<std::uint64_t>(channels) * (max_value > 255 ? 2U : 1U);
  return row * static_cast<std::uint64_t>(size.height);
}

Parsed<PnmLayout> read_pnm_layout(ByteSource& source) {
  std::array<std::uint8_t, 2> magic;
  if (!source.read(0, magic)) return header_cut_off(Format::kPnm);
  const int kind = magic[1] - '0';
  PnmLayout layout;
  layout.text = kind <= 3;
  layout.bits = kind == 1 || kind == 4;
  layout.channels = kind == 3 || kind == 6 ? 3 : 1;

  HeaderWords words(source);
  const Parsed<std::uint64_t> width = words.next_number();
  if (!width) return tl::unexpected(width.error());
  const Parsed<std::uint64_t> height = words.next_number();
  if (!height) return tl::unexpected(height.error());
  const Parsed<cv::Size> size = checked_size(Format::kPnm, *width, *height);
  if (!size) return tl::unexpected(size.error());
  layout.size = *size;
  if (!layout.bits) {
    const Parsed<std::uint64_t> max_value = words.next_number();
    if (!max_value) return tl::unexpected(max_value.error());
    if (*max_value < 1 || *max_value > 65535) {
      return header_broken(Format::kPnm, "a largest value of " + std::to_string(*max_value));
    }
    layout.max_value = static_cast<int>(*max_value);
  }
  layout.pixels_offset = words.offset();
  return layout;
}

}  // namespace tenfold
