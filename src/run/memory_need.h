// How many samples and threads fit into a budget of memory.

#pragma once

#include <compare>
#include <cstdint>
#include <span>

#include "tenfold/plan/job.h"
#include "tenfold/plan/plan.h"

namespace tenfold {

// Bytes, estimated from headers and draws.
struct MemoryNeed {
  std::uint64_t sample = 0;  // its file and its pixels, for as long as it is in flight
  std::uint64_t thread = 0;  // for every thread that makes an output of it
};

// `plans` are all of `sample`. Copies differ: the first ones speak for all.
MemoryNeed memory_need(const Jobs& jobs, const Sample& sample, std::span<const SamplePlan> plans);

struct Flight {
  std::uint64_t samples = 1;
  int threads = 1;

  auto operator<=>(const Flight&) const = default;
};

// What fits into `budget` bytes: as many threads as possible of `jobs`, then as many samples as keep them
// busy. One sample and one thread always do: an image may need more than there is.
Flight flight_within(std::uint64_t budget, const MemoryNeed& need, int jobs);

}  // namespace tenfold
