// Being asked to stop: what is in flight is finished, nothing new begins, and a repeat continues.

#pragma once

#include "tenfold/base/error.h"
#include "tenfold/run/run.h"

namespace tenfold {

inline bool is_stopped(const RunOptions& options) {
  return options.stop != nullptr && options.stop->load(std::memory_order_relaxed);
}

// Throws Error{kInterrupted} where somebody asked for it.
inline void end_if_stopped(const RunOptions& options) {
  if (is_stopped(options))
    throw Error(ErrorKind::kInterrupted, "interrupted; what is made stays, and a repeat continues");
}

}  // namespace tenfold
