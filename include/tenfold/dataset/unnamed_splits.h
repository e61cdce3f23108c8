// The splits of a dataset that nobody has named yet.

#pragma once

#include <filesystem>
#include <vector>

#include "tenfold/base/split.h"

namespace tenfold {

// The splits that the folders of `root` seem to be, so that scan() wants them named in ScanOptions::splits;
// none where they are classes. Throws Error as scan() does for a root that is none.
std::vector<Split> unnamed_splits(const std::filesystem::path& root);

}  // namespace tenfold
