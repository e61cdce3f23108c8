// One folder of a dataset, read once and sorted out by name and type: nothing is opened but the folder.

#pragma once

#include <sys/types.h>

#include <compare>
#include <filesystem>
#include <string>
#include <vector>

#include "tenfold/dataset/catalog.h"

namespace tenfold {

// What makes two paths the same folder.
struct FolderId {
  dev_t device = 0;
  ino_t inode = 0;

  auto operator<=>(const FolderId&) const = default;
};

struct FolderEntry {
  std::string path;  // relative to the dataset's root, valid UTF-8
  bool link = false;
  FolderId id;  // known only where folder links are followed: nothing else needs it
};

struct FolderListing {
  FolderId id;  // of the folder itself; unset where it could not be opened
  std::vector<FolderEntry> folders;
  std::vector<std::string> files;  // regular files, or links that lead to one and are followed
  std::vector<BadFile> bad;
  IgnoredCounts ignored;
};

// Lists root/path; `path` is empty for the root itself. A folder that may not be read is a bad entry of its
// own listing. Throws Error where the machine is at fault, and where the folder is not there any more: a
// share that went away must not look like a dataset whose images were deleted. Thread-safe; order as the file
// system has it.
FolderListing list_folder(const std::filesystem::path& root, const std::string& path,
                          const ScanOptions& options);

// Whether one of the `ignore` globs matches the path. A pattern that ends in '/' is for folders alone, as in
// .gitignore.
bool is_ignored(const std::vector<std::string>& patterns, const std::string& path, bool may_be_folder);

// Throws Error where root/path is not the folder any more that was listed as `id`.
void check_is_still_there(const std::filesystem::path& root, const std::string& path, const FolderId& id);

}  // namespace tenfold
