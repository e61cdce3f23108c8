// The journals of an output taken together: that of a run, and those of the shards before it.

#pragma once

#include <filesystem>
#include <string>
#include <unordered_set>
#include <vector>

#include "tenfold/store/journal.h"
#include "tenfold/store/output_state.h"

namespace tenfold {

struct JoinedJournals {
  JournalContent content;  // `sound_bytes` are of the run's own; there is no opening
  std::vector<RunShardState> shards;
  SeenSources seen;
};

// What a journal says of sources, good or bad.
SeenSources seen_in(const JournalContent& journal);

// A run comes after the shards, and what its journal says is newer. What two journals tell differently of one
// file is in doubt, as if it were begun again. Throws Error for I/O errors.
JoinedJournals join_journals(const std::filesystem::path& root);

// The names of all files that shards other than this one have begun. Throws Error for I/O errors.
std::unordered_set<std::string> names_of_others(const std::filesystem::path& root, const RunShard& shard);

}  // namespace tenfold
