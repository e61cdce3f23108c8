// Whether the images of a dataset lie where its classes are to be known by folders.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "dataset/walk.h"

namespace tenfold {

// `images` are the sorted paths of those among the loose files of `found`. Throws Error: kUsage where there
// are any, or no class folders.
void check_layout(const std::filesystem::path& root, const Walk& found,
                  const std::vector<std::string>& images);

}  // namespace tenfold
