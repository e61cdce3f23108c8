// Changes PNG files and makes the checksums of their chunks right again.

#include <zlib.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed);

namespace {

constexpr std::size_t kSignatureBytes = 8;
constexpr std::size_t kLengthBytes = 4, kTypeBytes = 4, kChecksumBytes = 4;

std::uint32_t big_endian(const std::uint8_t* bytes) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) value = value << 8 | bytes[i];
  return value;
}

}  // namespace

std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                    unsigned seed) {
  constexpr unsigned kLeftAlone = 16;  // one of so many keeps its wrong checksums
  size = LLVMFuzzerMutate(data, size, max_size);
  if (seed % kLeftAlone == 0) return size;
  std::size_t at = kSignatureBytes;
  while (at + kLengthBytes + kTypeBytes + kChecksumBytes <= size) {
    const std::size_t room = size - at - kLengthBytes - kTypeBytes - kChecksumBytes;
    const std::size_t length = big_endian(data + at);
    if (length > room) break;
    const std::uint8_t* checked = data + at + kLengthBytes;
    const auto checksum =
        static_cast<std::uint32_t>(::crc32(0, checked, static_cast<uInt>(kTypeBytes + length)));
    at += kLengthBytes + kTypeBytes + length;
    for (int i = 0; i < 4; ++i) data[at + i] = static_cast<std::uint8_t>(checksum >> (24 - 8 * i));
    at += kChecksumBytes;
  }
  return size;
}
