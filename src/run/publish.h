// The end of a run: what stands beside the images, the manifest last, for a tree with a manifest is whole.

#pragma once

#include <string>

#include "description.h"
#include "make.h"
#include "tenfold/run/run.h"

namespace tenfold {

// `versions_before` are those that made what lay there when the run began. A finished tree in which
// nothing has changed only has its description and index refreshed. Throws Error.
void publish(const MakeContext& context, const Plan& plan, const RunSummary& summary,
             const std::vector<Versions>& versions_before, Observer& observer);

}  // namespace tenfold
