// What of a plan one shard makes.

#include <algorithm>

#include "tenfold/plan/plan.h"

namespace tenfold {

Plan share_of(const Plan& plan, const Catalog& catalog, const RunShard& shard) {
  Plan share{.classes = plan.classes};
  for (const SamplePlan& whole : plan.samples) {
    const std::string& path = catalog.samples[whole.sample].path;
    for (std::uint32_t first = 0; first <= whole.copies; first += kCopiesTogether) {
      SamplePlan part = whole;
      part.original = whole.original && first == 0;
      part.first_copy = std::max(first, whole.first_copy);
      part.copies = std::min(whole.copies, first + kCopiesTogether - 1);
      if (part.jobs() > 0 && shard.has(path, first)) share.samples.push_back(part);
    }
  }
  return share;
}

std::vector<std::uint64_t> jobs_by_class(const Plan& plan) {
  std::vector<std::uint64_t> jobs(plan.classes.size());
  for (const SamplePlan& of_sample : plan.samples) jobs[of_sample.class_index] += of_sample.jobs();
  return jobs;
}

}  // namespace tenfold
