// The recipe that `tenfold init` writes: one that fits a dataset, with the reason for each choice.

#pragma once

#include <filesystem>
#include <string>

#include "tenfold/inspect/dataset_traits.h"

namespace tenfold {

// As the recipe shall write them: relative to its file, or absolute. Valid UTF-8.
struct StarterPaths {
  std::string input, output;
};

// YAML with comments, that parse_recipe() takes without a word. Plans made by it have no shortfall: no image
// gets more than fifty copies, whatever the imbalance.
std::string starter_recipe(const DatasetTraits& traits, const StarterPaths& paths);

}  // namespace tenfold
