// What a recipe's `input.split` says of samples that belong together or are decided: read from their names
// and from tables.

#pragma once

#include <string>
#include <vector>

#include "tenfold/dataset/catalog.h"
#include "tenfold/plan/splits.h"
#include "tenfold/recipe/recipe.h"

namespace tenfold {

// The name of each sample's group; empty where it has none. No names at all where there is no rule. Throws
// Error{kUsage} for a rule that puts no sample into a group, and for a table that cannot be read or
// contradicts itself.
std::vector<std::string> groups_of(const Catalog& catalog, const GroupRule& rule);

enum class MissingFile { kRefused, kEmpty };

// The splits that `recipe.file` has decided; none without a file. Throws Error{kUsage}.
DecidedSplits decided_splits(const SplitRecipe& recipe, MissingFile missing = MissingFile::kRefused);

}  // namespace tenfold
