// What a run tells when it is done.

#pragma once

#include "make.h"
#include "name_set.h"
#include "tenfold/run/run.h"

namespace tenfold {

// `names` are those of the plan's files that are there now.
RunSummary summarise(const MakeContext& context, const Plan& plan, const NameSet& names);

}  // namespace tenfold
