// All outputs of a plan, in its order.

#pragma once

#include "tenfold/plan/output_names.h"
#include "tenfold/plan/plan.h"

namespace tenfold {

// Calls `use(output, name)` for every output of one sample.
template <typename Use>
void for_each_output(const Catalog& catalog, const OutputNames& names, const SamplePlan& plan, Use&& use) {
  OutputId output{catalog.samples[plan.sample], plan.class_index};
  for (output.copy = plan.original ? 0 : 1; output.copy <= plan.copies; ++output.copy)
    use(output, names.of(output));
}

// The same for the whole plan.
template <typename Use>
void for_each_output(const Catalog& catalog, const OutputNames& names, const Plan& plan, Use&& use) {
  for (const SamplePlan& of_sample : plan.samples) for_each_output(catalog, names, of_sample, use);
}

}  // namespace tenfold
