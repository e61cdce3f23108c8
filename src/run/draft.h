// What is planned for a dataset, and what its copies are drawn with, for those who make no output.

#pragma once

#include <memory>

#include "dataset_materials.h"
#include "partition.h"
#include "passes.h"
#include "remembered.h"
#include "tenfold/plan/plan.h"

namespace tenfold {

struct Draft {
  SourceHashes hashes;  // zeros where there was no need to know; nothing for bad samples
  Partition partition;
  Partitioned partitioned;
  Plan plan;
  std::unique_ptr<DatasetMaterials> materials;  // studied
};

// By the samples' headers, and by what `state` remembers of them: new ones count as good, but where the
// recipe wants all of them to be looked at. Uses the threads of the calling arena. Keeps references to recipe
// and catalog. Throws Error, also where leaks would end a run.
Draft make_draft(const Recipe& recipe, const Catalog& catalog, const OutputState& state,
                 const RunOptions& options, std::uint64_t cache_bytes, Passes& passes);

}  // namespace tenfold
