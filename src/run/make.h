// The pipeline: reads each sample once, decodes it once, and makes all of its copies that are not there yet.
//
//   next sample  →  read, hash, decode  →  copies: program → encode → file
//    (serial)          (parallel)            (parallel, and so are the copies of one sample)
//
// Memory is bounded by a budget in bytes: samples are grouped by how many of them, and how many threads that
// make their copies, fit into it (run/memory_need.h). A sample with thousands of copies is decoded once and
// keeps every thread busy.

#pragma once

#include "annotation_files.h"
#include "ledger.h"
#include "likeness.h"
#include "partition.h"
#include "tenfold/plan/job.h"
#include "tenfold/plan/output_names.h"
#include "tenfold/plan/plan.h"

namespace tenfold {

struct MakeContext {
  const Recipe& recipe;
  const Catalog& catalog;
  const Jobs& jobs;
  const OutputNames& names;
  const AnnotationFiles& annotations;
  const RunOptions& options;
  OutputTree& tree;
  Ledger& ledger;
  const Partition& partition;
  const LookTexts& looks;  // of the samples, where there are splits
  bool merges = false;     // what shards have made
};

// Makes what `plan` has and the output lacks, and decodes every sample that never was, also those of which
// nothing is made; a shard leaves the latter to the one that has their originals. Samples that turn out bad
// are dropped in the ledger. Throws Error.
void make(const MakeContext& context, const Plan& plan);

}  // namespace tenfold
