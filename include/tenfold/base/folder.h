// Reading folders entry by entry, with what lies in them asked for relative to the open folder.

#pragma once

#include <dirent.h>
#include <sys/stat.h>

#include <memory>

namespace tenfold {

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};
using OpenFolder = std::unique_ptr<DIR, CloseFolder>;

enum class EntryType { kFile, kFolder, kLink, kSpecial };

inline EntryType type_of(mode_t mode) {
  if (S_ISREG(mode)) return EntryType::kFile;
  if (S_ISDIR(mode)) return EntryType::kFolder;
  if (S_ISLNK(mode)) return EntryType::kLink;
  return EntryType::kSpecial;
}

}  // namespace tenfold
