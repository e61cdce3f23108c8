// Which folder of a dataset's root holds which split.

#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "dataset/folder.h"
#include "tenfold/base/split.h"

namespace tenfold {

// The folder of each of `splits` among `folders`, all that the root has. Throws Error: kUsage where one is
// missing, where two folders would be the same split, and where there is any other folder.
std::map<Split, std::string> find_split_folders(const std::filesystem::path& root,
                                                const std::vector<FolderEntry>& folders,
                                                const std::vector<Split>& splits);

// Whether folders of the root are more likely splits than classes: two or more have names of splits, train is
// among them ("train" among "bus" and "tram" is a class), some of them have folders in them, and none has
// images, by their extension; whatever else lies in them or beside them does not matter. Where classes are no
// folders, all must have such names, and need no folders. `list` lists one of them.
bool look_like_splits(const std::vector<FolderEntry>& folders, const ScanOptions& options,
                      const std::function<FolderListing(const std::string&)>& list);

// "input.splits: {train: expand, val: copy}".
std::string recipe_line_of(const std::set<Split>& splits);

// Throws Error: kUsage with the line of the recipe that makes splits of those `folders` that are named so.
[[noreturn]] void refuse_unnamed_splits(const std::filesystem::path& root,
                                        const std::vector<FolderEntry>& folders);

}  // namespace tenfold
