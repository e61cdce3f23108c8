// The walk: every file below a dataset's root that may be an image, found without opening one.
//
// Folders are listed in waves, from the root down: the folders of a wave in parallel, their listings merged
// in the order of their paths. With links followed, a folder that can be reached on two paths belongs to the
// one that is met first: class folders before deeper ones, real folders before links, small paths before
// great ones. So the result depends on neither the file system's order nor the threads, and loops end.

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "dataset/folder.h"
#include "tenfold/dataset/catalog.h"

namespace tenfold {

struct FoundFile {
  std::string path;
  std::uint32_t class_index = 0;
  Split split = Split::kTrain;
  bool is_named = false;  // by a table of labels: an image, whatever its extension
};

struct Walk {
  bool flat = false;  // folders are no classes: all files have the class 0 until their labels are known
  std::vector<std::string> classes;            // sorted
  std::map<Split, std::string> split_folders;  // where the dataset comes with splits
  std::vector<std::string>
      loose_files;               // in the root and in split folders, where images must not lie; sorted
  std::vector<FoundFile> files;  // in class folders; of a flat dataset all; unsorted
  std::vector<BadFile> bad;      // unsorted
  IgnoredCounts ignored;
  std::map<std::string, FolderId> folders;  // all that were listed, by path; "" is the root
};

// Lists the root and split folders alone: `files` stays empty. Throws Error: kUsage for splits as scan()
// does.
Walk walk_root(const DatasetRoot& root, const ScanOptions& options);

// Lists everything. Throws Error where the machine is at fault.
Walk walk(const DatasetRoot& root, const ScanOptions& options);

}  // namespace tenfold
