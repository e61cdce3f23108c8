// What a run, a shard and a merge have in common: all passes from an open output on.

#pragma once

#include "dataset_materials.h"
#include "make.h"
#include "passes.h"

namespace tenfold {

// What is known of the jobs before anything is opened. Keeps references to its arguments.
struct Preparation {
  Preparation(const Recipe& recipe, const Catalog& catalog, const AnnotationFiles& annotations,
              const RunOptions& options);

  const Recipe& recipe;
  const Catalog& catalog;
  const AnnotationFiles& annotations;
  DatasetMaterials materials;
  RunOptions options;  // with what memory the materials leave
  Jobs jobs;
  OutputNames names;
  bool merges = false;  // what shards have made
};

// Whether all samples of train are decoded before anything is planned, so that all shards know the bad ones.
bool decodes_all_before_planning(const Recipe& recipe, const Needs& needs);

// Makes the tree equal to the plan, and publishes it; or, with options.shard, makes what the shard has of the
// plan. Throws Error.
RunSummary fill(Preparation& preparation, OutputTree& tree, Passes& passes, Observer& observer);

}  // namespace tenfold
