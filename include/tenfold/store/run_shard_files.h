// The files that a run shard has in an output: its journal and its lock, which bear its number.

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenfold/base/run_shard.h"

namespace tenfold {

// ".tenfold.journal.2-of-3", and the like for its lock.
std::string journal_name(const RunShard& shard);
std::string lock_name(const RunShard& shard);

// The shard whose journal or lock this is; nothing where it is neither.
std::optional<RunShard> run_shard_of_file(std::string_view name);

// The shards that have a journal, or a lock, in the folder, sorted; none where there is no such folder.
// Throws Error for I/O errors.
std::vector<RunShard> run_shards_with_journal(const std::filesystem::path& folder);
std::vector<RunShard> run_shards_with_lock(const std::filesystem::path& folder);

}  // namespace tenfold
