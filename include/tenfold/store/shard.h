// A shard: a tar archive of images as readers of WebDataset take it. The members of one image follow each
// other and share a key, which is what stands before the first dot:
//
//   0f1e…8d.cls    its class: a number
//   0f1e…8d.jpg    the image
//   0f1e…8d.json   what is known of it
//
// The format is USTAR (POSIX.1-1988) with nothing in it that depends on when or where it was written: equal
// members make equal bytes.

#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "tenfold/base/atomic_file.h"
#include "tenfold/base/file.h"

namespace tenfold {

// The key of an image: 32 hex digits, for a name of the user's may have dots, or be too long for USTAR.
std::string shard_key(std::string_view file_name);

// Writes the members of a shard. Not thread-safe.
class ShardWriter {
 public:
  // Keeps a reference to the file, which is whole after end() and commit().
  explicit ShardWriter(AtomicFile& file) : file_(file) {}

  // Returns where the content begins. REQUIRES a name of at most 100 bytes. Throws Error, also for a content
  // that is larger than USTAR can tell (8 GiB).
  std::uint64_t add(const std::string& name, std::span<const std::uint8_t> content);
  std::uint64_t add(const std::string& name, std::string_view content);

  void end();

 private:
  void append(std::span<const std::uint8_t> bytes);
  void pad();
  void flush();

  AtomicFile& file_;
  Bytes waiting_;
  std::uint64_t size_ = 0;
};

// `bytes` bytes of the file from `offset` on. Fails where there are fewer, and as InputFile::open() does.
Outcome<Bytes> read_part(const std::filesystem::path& path, std::uint64_t offset, std::uint64_t bytes);

}  // namespace tenfold
