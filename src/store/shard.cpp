#include "tenfold/store/shard.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <numeric>

#include "tenfold/base/error.h"
#include "tenfold/base/hash.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kAtOnce = std::size_t{1} << 20;             // bytes of a write
constexpr std::uint64_t kLargest = (std::uint64_t{1} << 33) - 1;  // eleven octal digits

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

using Header = std::array<std::uint8_t, kBlock>;

void put(Header& header, std::size_t offset, std::string_view text) {
  std::memcpy(header.data() + offset, text.data(), text.size());
}

// Fields as POSIX lays them out: name 100, mode 8, uid 8, gid 8, size 12, mtime 12, checksum 8, type 1, name
// of a link 100, magic and version 8. Numbers are octal and end in NUL; what is not set is zero.
Header header_of(const std::string& name, std::uint64_t size) {
  constexpr std::size_t kMode = 100, kUser = 108, kGroup = 116, kSize = 124, kTime = 136, kChecksum = 148,
                        kType = 156, kMagic = 257;
  Header header{};
  put(header, 0, name);
  put(header, kMode, "0000644");
  put(header, kUser, "0000000");
  put(header, kGroup, "0000000");
  char digits[24];
  std::snprintf(digits, sizeof digits, "%011llo", static_cast<unsigned long long>(size));
  put(header, kSize, digits);
  put(header, kTime, "00000000000");
  put(header, kType, "0");
  put(header, kMagic,
      std::string_view("ustar\0"
                       "00",
                       8));
  put(header, kChecksum, "        ");  // it counts as blanks
  std::snprintf(digits, sizeof digits, "%06o", std::accumulate(header.begin(), header.end(), 0u));
  put(header, kChecksum, std::string_view(digits, 7));
  return header;
}

}  // namespace

std::string shard_key(std::string_view file_name) { return hex(hash128(bytes_of(file_name))); }

void ShardWriter::append(std::span<const std::uint8_t> bytes) {
  waiting_.insert(waiting_.end(), bytes.begin(), bytes.end());
  size_ += bytes.size();
  if (waiting_.size() >= kAtOnce) flush();
}

void ShardWriter::flush() {
  file_.write(waiting_);
  waiting_.clear();
}

void ShardWriter::pad() {
  static constexpr Header kZeros{};
  append(std::span(kZeros).first((kBlock - size_ % kBlock) % kBlock));
}

std::uint64_t ShardWriter::add(const std::string& name, std::span<const std::uint8_t> content) {
  if (content.size() > kLargest)
    throw Error(ErrorKind::kFailed,
                in_quotes(name) + " is too large for a shard: " + human_bytes(content.size()));
  append(header_of(name, content.size()));
  const std::uint64_t offset = size_;
  append(content);
  pad();
  return offset;
}

std::uint64_t ShardWriter::add(const std::string& name, std::string_view content) {
  return add(name, bytes_of(content));
}

void ShardWriter::end() {
  for (int i = 0; i < 2; ++i) append(Header{});
  flush();
}

Outcome<Bytes> read_part(const std::filesystem::path& path, std::uint64_t offset, std::uint64_t bytes) {
  const Outcome<InputFile> file = InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  if (offset > file->size() || bytes > file->size() - offset) return failure(Stage::kRead, "is too short");
  Bytes part(bytes);
  if (file->read_at(offset, part) < bytes) return failure(Stage::kRead, "is too short");
  return part;
}

}  // namespace tenfold
