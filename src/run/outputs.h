// All outputs of a plan, in its order.

#pragma once

#include <tbb/blocked_range.h>
#include <tbb/parallel_reduce.h>

#include <cstddef>
#include <utility>

#include "tenfold/plan/output_names.h"
#include "tenfold/plan/plan.h"

namespace tenfold {

// Calls `use(output, name)` for every output of one sample.
template <typename Use>
void for_each_output(const Catalog& catalog, const OutputNames& names, const SamplePlan& plan, Use&& use) {
  OutputId output{
      .sample = catalog.samples[plan.sample], .class_index = plan.class_index, .split = plan.split};
  for (output.copy = plan.first_job(); output.copy <= plan.copies; ++output.copy)
    use(output, names.of(output));
}

// The same for the whole plan.
template <typename Use>
void for_each_output(const Catalog& catalog, const OutputNames& names, const Plan& plan, Use&& use) {
  for (const SamplePlan& of_sample : plan.samples) for_each_output(catalog, names, of_sample, use);
}

// The sum of `of_sample(plan)` over all samples of the plan, with the threads of the calling arena. Sums are
// added up with += in the plan's order, and the same way for any number of threads.
template <typename Sum, typename OfSample>
Sum sum_over(const Plan& plan, OfSample&& of_sample) {
  constexpr std::size_t kSamplesAtATime = 64;
  return tbb::parallel_deterministic_reduce(
      tbb::blocked_range<std::size_t>(0, plan.samples.size(), kSamplesAtATime), Sum{},
      [&](const auto& range, Sum sum) {
        for (std::size_t i = range.begin(); i != range.end(); ++i) sum += of_sample(plan.samples[i]);
        return sum;
      },
      [](Sum sum, const Sum& next) { return std::move(sum += next); });
}

}  // namespace tenfold
