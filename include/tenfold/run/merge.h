// The end of a run that was made in shards (base/run_shard.h): their journals are read, what they found bad
// is joined, and what differs from the plan of the good samples is made and removed, as a run does it. Then
// the output is that of one run, byte for byte.
//
// The dataset is opened only if something of it is needed: where images are to be made, where the recipe
// looks at all of them (statistics; splits, whose look-alikes are compared), where originals are links, and
// where boxes are COCO's.

#pragma once

#include <filesystem>
#include <vector>

#include "tenfold/run/run.h"

namespace tenfold {

struct Merger {
  std::filesystem::path output;
  std::vector<std::filesystem::path> more;    // folders with other shards, whose files move into the output
  std::vector<std::filesystem::path> inputs;  // where the dataset is now; none: where it was
};

// On a finished output without shards it does nothing, and tells what that has. Throws Error: kUsage where a
// shard is missing or does not belong to the others, and nothing has changed then; kLocked where somebody is
// at work.
RunSummary merge(const Merger& merger, const RunOptions& options, Observer& observer);

}  // namespace tenfold
