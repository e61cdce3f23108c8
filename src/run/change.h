// The passes of a run that change an output, and what they refuse to do.

#pragma once

#include "dataset_materials.h"
#include "guards.h"
#include "make.h"
#include "name_set.h"
#include "passes.h"
#include "tenfold/base/error.h"

namespace tenfold {

// A repeat would be refused, too.
class Refusal : public Error {
 public:
  explicit Refusal(const std::string& sentence) : Error(ErrorKind::kFailed, sentence) {}
};

// The names of all files that are there when the run is done: images, and annotations beside them.
NameSet finished_names(const MakeContext& context, const Plan& plan);

NameSet existing_names(const OutputState& state);

// The samples that are usable, with their splits. Throws Refusal where there is none, and Error where they
// leak.
PlannedSamples good_samples(const MakeContext& context);

// Each throws Refusal where a guard (run/guards.h) has something to say and nobody forces it.
void refuse_large_removal(const MakeContext& context, const Removal& removal);
void refuse_lack_of_space(const MakeContext& context, const Plan& plan, const Removal& removal);

// Makes the output what the recipe's plan says, and publishes it. `existing` is what lay there, `wanted` what
// the first plan has. Throws Error.
RunSummary change(const MakeContext& context, DatasetMaterials& materials, const NameSet& existing,
                  const NameSet& wanted, Passes& passes, Observer& observer);

}  // namespace tenfold
