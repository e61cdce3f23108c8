// Archives that are named after splits, as people name the shards of a WebDataset: train-000000.tar,
// val-000000.tar.

#pragma once

#include <optional>
#include <vector>

#include "tenfold/base/split.h"
#include "tenfold/dataset/sources.h"

namespace tenfold {

// The split of each root of a folder of tars, all of which have one and not all the same; else nothing.
std::vector<Split> splits_of_shards(const Sources& sources);

// Throws Error{kUsage}: with the line of the recipe that names these splits where it names none, and where it
// does not name all of them.
void check_are_named(const Sources& sources, const std::vector<Split>& of_shards,
                     const std::vector<Split>& named);

}  // namespace tenfold
