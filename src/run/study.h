// The pass that looks at all samples before any copy is drawn, for recipes whose copies depend on other
// samples: which of them can be partners, and the statistics of the dataset.

#pragma once

#include "dataset_materials.h"
#include "ledger.h"
#include "remembered.h"
#include "tenfold/plan/plan.h"

namespace tenfold {

// Reads, and decodes where need be, the samples of train that are not dropped, with the threads of the
// calling arena, and hands the materials what they tell. Those that turn out bad are dropped in the ledger.
// Does nothing where the recipe needs nothing. Throws Error.
void study(const Catalog& catalog, const PlannedSamples& planned, const RunOptions& options, Ledger& ledger,
           DatasetMaterials& materials);

// The same for a forecast, which has no ledger but the hashes of the samples, nothing for those that are bad:
// they are decoded only where statistics are needed, and those that cannot be are left out.
void study(const Catalog& catalog, const PlannedSamples& planned, const RunOptions& options,
           SourceHashes& hashes, DatasetMaterials& materials);

}  // namespace tenfold
