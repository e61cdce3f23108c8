// What a file turns out to be, by its header.

#pragma once

#include <variant>
#include <vector>

#include "dataset/walk.h"

namespace tenfold {

// What the scan makes of a file that is neither an image nor claims to be one.
struct NoImage {};

// Paths of samples are relative to the root, places unset.
using Verdict = std::variant<NoImage, Sample, SampleFailure>;

// One verdict for each of `files`, which `walk` found below `root`. Uses the threads of the calling TBB
// arena. Throws Error for I/O errors, and where a folder is not what it was.
std::vector<Verdict> judge_all(const DatasetRoot& root, const std::vector<FoundFile>& files, const Walk& walk,
                               std::uint64_t max_pixels);

}  // namespace tenfold
