// A tar or a zip that holds a dataset, read in place: its entries are listed once, as if it were a folder,
// and each is read where it lies.
//
// What is no image's file is said of it: an entry outside of the archive's root, a link, a device, one that
// is encrypted or reaches beyond the archive's end is bad where its name is an image's. Of several entries
// with one name the last counts, as if the archive were unpacked.

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/folder.h"
#include "tenfold/dataset/content.h"

namespace tenfold {

struct ArchiveEntry {
  std::string path;  // below the archive's root; a folder's ends in '/'
  std::uint64_t size = 0;
  std::uint64_t place = 0;  // of the content: in a tar where it begins, in a zip the entry's number
  std::string fault{};      // why it is no file that can be read; empty: it is one
};

// Immutable and thread-safe once made.
class Archive {
 public:
  // Lists the file's entries. Throws Error: kUsage where it is no archive or a compressed one, with the
  // command that unpacks it.
  static std::shared_ptr<const Archive> open(const std::filesystem::path& path);

  virtual ~Archive() = default;

  // As list_folder() for a folder of the archive.
  FolderListing list(const std::string& folder, const ScanOptions& options) const;

  bool has(const std::string& path) const { return find(path) != nullptr; }

  Outcome<Content> open_entry(const std::string& path) const;

  // Throws Error where the file is not what was listed any more.
  void check_is_unchanged() const;

 protected:
  // Entries in the archive's order, with names as it has them.
  Archive(std::filesystem::path path, const InputFile& file, std::vector<ArchiveEntry> entries,
          std::string fault);

  virtual Content content_of(InputFile file, const ArchiveEntry& entry) const = 0;

 private:
  const ArchiveEntry* find(const std::string& path) const;
  bool has_below(const std::string& path) const;
  [[noreturn]] void refuse_change() const;

  const std::filesystem::path path_;
  const std::uint64_t size_bytes_;
  const std::int64_t modified_ns_;
  std::vector<ArchiveEntry> entries_;  // sorted by path, each path once
  std::vector<BadFile> bad_;           // entries without a place below the root, and the archive itself
};

// The kinds of archives: null where the file is not of that kind.
std::shared_ptr<const Archive> open_tar(const std::filesystem::path& path, const InputFile& file);
std::shared_ptr<const Archive> open_zip(const std::filesystem::path& path, const InputFile& file);

}  // namespace tenfold
