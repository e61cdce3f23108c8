// Bytes at any offset, in memory or on disk, for those who read headers.
//
// On disk, a window of a few KiB is kept, so that walking many small chunks costs few system calls, and
// skipping a large one costs none. Not thread-safe: every reader makes its own.

#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "tenfold/base/file.h"

namespace tenfold {

class ByteSource {
 public:
  explicit ByteSource(std::span<const std::uint8_t> bytes) : size_(bytes.size()), window_(bytes) {}
  explicit ByteSource(const InputFile& file)
      : file_(&file), size_(file.size()), storage_(std::min<std::uint64_t>(size_, kWindowBytes)) {}

  std::uint64_t size() const { return size_; }

  // Fills `buffer` from `offset` on. False where the source ends before. Throws Error for I/O errors.
  bool read(std::uint64_t offset, std::span<std::uint8_t> buffer);

  // As read(), for the few bytes of a field.
  template <std::size_t kCount>
  bool read(std::uint64_t offset, std::array<std::uint8_t, kCount>& field) {
    return read(offset, std::span<std::uint8_t>(field));
  }

  // At most `count` bytes from `offset` on, fewer at the end.
  Bytes read_some(std::uint64_t offset, std::uint64_t count);

 private:
  static constexpr std::size_t kWindowBytes = 4096;

  const InputFile* file_ = nullptr;
  std::uint64_t size_ = 0;
  Bytes storage_;
  std::span<const std::uint8_t> window_;
  std::uint64_t window_offset_ = 0;
};

}  // namespace tenfold
