// The bytes of one image of a dataset: a file, a stretch of one where it lies in a tar, or what an entry of a
// zip unpacks to.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "tenfold/base/file.h"
#include "tenfold/base/outcome.h"
#include "tenfold/image/header.h"

namespace tenfold {

// Thread safety: as a value; several may come of one archive.
class Content {
 public:
  // Unpacks the first so many bytes of an entry, or all. Fails where it cannot be unpacked.
  using Unpack = std::function<Outcome<Bytes>(std::uint64_t most)>;

  explicit Content(InputFile file) : file_(std::move(file)), size_(file_.size()) {}
  Content(InputFile archive, std::uint64_t size, Unpack unpack)
      : file_(std::move(archive)), size_(size), unpack_(std::move(unpack)) {}

  std::uint64_t size() const { return size_; }  // of a packed entry: as the archive claims

  // Of the file, or of the archive.
  std::int64_t modified_ns() const { return file_.modified_ns(); }

  // Whether the file or the archive is no longer what it was when this was opened. Throws Error.
  bool has_changed() const { return file_.has_changed(); }

  // At most `count` bytes; throws Error for I/O errors.
  Outcome<Bytes> read_start(std::size_t count) const;

  Outcome<ImageHeader> read_header() const;

  Outcome<Bytes> read_all() const;

 private:
  InputFile file_;
  std::uint64_t size_ = 0;
  Unpack unpack_;  // nothing: the bytes are the file's
};

}  // namespace tenfold
