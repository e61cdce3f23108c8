// The shards of one run, wherever they lie: whether all are there, and whether they belong together.

#pragma once

#include <filesystem>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "shard_opening.h"
#include "tenfold/store/output_tree.h"

namespace tenfold {

// Throws Error{kUsage} where a shard has no journal in any of the folders, or those of different runs have.
void refuse_missing_shards(std::span<const std::filesystem::path> folders);

struct ShardSet {
  ShardOpening opening;  // of the first one; those of the others say the same
  RunShard first;
  std::filesystem::path journal;  // its journal
  std::set<RunShard> unfinished;  // those that have not come to their end
};

// Throws Error{kUsage} where the openings differ, naming a shard that does not belong to the first one; where a
// shard was made twice; and where somebody else is at work in a folder. REQUIRES that none is missing.
ShardSet shards_of(std::span<const OutputTree* const> trees);

}  // namespace tenfold
