// A file that appears whole or not at all: written under a temporary name beside its final place, then
// renamed.
//
// The temporary name is a function of the final one (`.tenfold-<16 hex digits>.part`), so that whoever knows
// which files were being written can remove what a crash left. No image loader takes it for an image.
//
// Whole after a crash of the process; after a power cut only what sync_file_system() was called for, between
// the writing and the rename, is sure to be.

#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace tenfold {

// Where an AtomicFile puts the bytes of `path` before the rename.
std::filesystem::path temporary_path(const std::filesystem::path& path);

// Whether a file of this name may be such a one.
bool is_temporary_name(std::string_view name);

// One such file, written piece by piece. Not thread-safe.
class AtomicFile {
 public:
  // Throws Error.
  explicit AtomicFile(std::filesystem::path path);
  ~AtomicFile();  // without commit(), nothing was written
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  // Throws Error.
  void write(std::span<const std::uint8_t> bytes);
  void write(std::string_view text);

  // Puts the file into its place, replacing what is there. Throws Error.
  void commit();

 private:
  std::filesystem::path path_, temporary_;
  int descriptor_ = -1;
};

// Waits until all that was written so far to the file system of the open folder `descriptor` is on the disk:
// one call for thousands of files. `path` names it in messages. Throws Error, also where something written
// before could not be stored.
void sync_file_system(int descriptor, const std::filesystem::path& path);

// A whole file at once. Throws Error; the temporary file is gone then.
void write_atomically(const std::filesystem::path& path, std::span<const std::uint8_t> bytes);
void write_atomically(const std::filesystem::path& path, std::string_view text);

}  // namespace tenfold
