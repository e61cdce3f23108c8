// What the names of a dataset's folders give away.

#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "tenfold/inspect/flaw.h"

namespace tenfold {

// Classes that are named as a split, as what programs leave behind, or as another class but for case, blanks
// and plural.
std::vector<DatasetFinding> class_name_findings(std::span<const std::string> classes);

// Folders below `root`, at any depth, that the scan ignores because they are hidden, and folders within
// classes that programs leave behind. Those that cannot be read are the scan's business.
std::vector<DatasetFinding> folder_findings(const std::filesystem::path& root);

}  // namespace tenfold
