// Reading whole files and telling a file's fault from the machine's.

#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "tenfold/base/outcome.h"

namespace tenfold {

using Bytes = std::vector<std::uint8_t>;

// A file opened for reading at any offset; closes itself. Never follows into FIFOs or devices: opening
// anything but a regular file fails. Thread safety: read_at() may be called from several threads.
class InputFile {
 public:
  // Fails with a SampleFailure{kRead} where the file is to blame (permission, vanished, not a regular file);
  // throws Error where the machine is (EIO, ESTALE, EMFILE, ENOMEM, …).
  static Outcome<InputFile> open(const std::filesystem::path& path);

  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&& other) noexcept;
  ~InputFile();

  // Leaves but these bytes of it, which must lie within it: offsets and size are of them from here on.
  void narrow_to(std::uint64_t offset, std::uint64_t size);

  std::uint64_t size() const { return size_; }
  std::int64_t modified_ns() const { return modified_ns_; }  // since the epoch

  // Fills `buffer` from `offset` on; returns the bytes read, fewer only at the end. Throws Error.
  std::size_t read_at(std::uint64_t offset, std::span<std::uint8_t> buffer) const;

  // Whether size or time of the whole file are no longer those of when it was opened. Throws Error.
  bool has_changed() const;

  // All of it. Throws Error.
  Bytes read_all() const;

 private:
  InputFile(int descriptor, std::string path);
  struct stat status() const;

  int descriptor_ = -1;
  std::uint64_t whole_size_ = 0;
  std::uint64_t start_ = 0, size_ = 0;
  std::int64_t modified_ns_ = 0;
  std::string path_;
};

// open() and read_all() in one.
Outcome<Bytes> read_file(const std::filesystem::path& path);

// Whether a failed call with this errno is the file's fault (EACCES, ENOENT, ELOOP, …) and not the
// machine's. A share that is away for a minute must not turn good images into bad ones.
bool is_files_fault(int error_number);

}  // namespace tenfold
