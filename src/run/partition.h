// Which split each sample is in, and what of val and test lies in train all the same.
//
// Splits that come with the dataset are as they are; those that a run makes are made again for each set of
// usable samples, so that the counts are exact. Thread safety: immutable after construction.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kinship.h"
#include "tenfold/plan/plan.h"
#include "tenfold/plan/splits.h"
#include "tenfold/run/run.h"
#include "tenfold/similarity/near_duplicates.h"

namespace tenfold {

struct Partitioned {
  PlannedSamples samples;
  std::vector<Leak> leaks;  // by the path in train
};

class Partition {
 public:
  // Keeps references. `duplicates` are of the catalog's samples; nothing where the recipe has no splits.
  // Throws Error{kUsage} for tables that the recipe names and that cannot be read.
  Partition(const Recipe& recipe, const Catalog& catalog, Duplicates duplicates,
            MissingFile missing = MissingFile::kRefused);

  // For the samples that are not `dropped`. With `drop_from_train`, what leaks is dropped as well.
  Partitioned of(std::vector<bool> dropped) const;

  // What people should know of these splits, in sentences.
  std::vector<std::string> notes(const PlannedSamples& samples) const;

  // Whether a leak ends the run.
  bool refuses_leaks() const;

 private:
  std::vector<Leak> leaks_of(PlannedSamples& samples) const;

  const Recipe& recipe_;
  const Catalog& catalog_;
  const Duplicates duplicates_;
  Kinship named_;  // without what looks alike
  std::optional<Splitter> splitter_;
};

// Throws Error{kFailed} where there are leaks and the recipe wants none.
void refuse_leaks(const Partition& partition, const Partitioned& partitioned);

}  // namespace tenfold
