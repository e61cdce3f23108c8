// How large outputs will be, from real encodings of a few of them.

#pragma once

#include <map>
#include <utility>

#include "tenfold/plan/job.h"
#include "tenfold/plan/plan.h"

namespace tenfold {

// Bytes of an output over those of its source, for each format of the source, and apart for originals and
// copies. Twelve outputs of each kind, spread over the plan, are made in memory; fewer where images are
// large.
class SizeEstimate {
 public:
  // With the threads of the calling arena. Samples that cannot be decoded are left out.
  SizeEstimate(const Jobs& jobs, const Plan& plan);

  // Of one output.
  std::uint64_t bytes_of(const OutputId& output) const;

 private:
  using Kind = std::pair<Format, bool>;  // and whether it is a copy

  std::map<Kind, double> ratios_;
};

}  // namespace tenfold
