// All samples of a catalog, with as many threads as the memory has room for.

#pragma once

#include <tbb/parallel_for.h>

#include <mutex>
#include <vector>

#include "interruption.h"
#include "tenfold/dataset/catalog.h"
#include "tenfold/run/run.h"

namespace tenfold {

inline constexpr std::uint64_t kBytesPerPixel = 8;  // of 16 bit, decoded and on the way to it

// Calls `look(i)` for every sample, with all threads where as many images fit into the memory, and one after
// the other for those of which they do not. Throws Error{kInterrupted} where the run was asked to stop.
template <typename Look>
void for_each_sample(const Catalog& catalog, const RunOptions& options, Look&& look) {
  const std::uint64_t share = options.memory_bytes / static_cast<std::uint64_t>(options.jobs);
  std::vector<std::uint32_t> large;
  std::mutex mutex;
  tbb::parallel_for(std::size_t{0}, catalog.samples.size(), [&](std::size_t i) {
    if (is_stopped(options)) return;
    const auto index = static_cast<std::uint32_t>(i);
    if (catalog.samples[i].header.pixel_count() * kBytesPerPixel <= share) return look(index);
    const std::lock_guard lock(mutex);
    large.push_back(index);
  });
  for (const std::uint32_t index : large) {
    end_if_stopped(options);
    look(index);
  }
  end_if_stopped(options);
}

}  // namespace tenfold
