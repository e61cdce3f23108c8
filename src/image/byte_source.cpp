#include "image/byte_source.h"

#include <algorithm>

namespace tenfold {

bool ByteSource::read(std::uint64_t offset, std::span<std::uint8_t> buffer) {
  if (offset > size_ || size_ - offset < buffer.size()) return false;
  const bool inside = offset >= window_offset_ && offset - window_offset_ <= window_.size() &&
                      window_.size() - (offset - window_offset_) >= buffer.size();
  if (!inside) {
    if (buffer.size() > kWindowBytes) return file_->read_at(offset, buffer) == buffer.size();
    window_ = std::span<const std::uint8_t>(storage_).first(file_->read_at(offset, storage_));
    window_offset_ = offset;
    if (window_.size() < buffer.size()) return false;  // the file was cut since it was opened
  }
  std::ranges::copy(window_.subspan(offset - window_offset_, buffer.size()), buffer.begin());
  return true;
}

Bytes ByteSource::read_some(std::uint64_t offset, std::uint64_t count) {
  if (offset >= size_) return {};
  Bytes bytes(std::min(count, size_ - offset));
  if (!read(offset, std::span<std::uint8_t>(bytes))) return {};
  return bytes;
}

}  // namespace tenfold
