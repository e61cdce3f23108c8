// One look at every image of a dataset: its bytes are hashed and its pixels measured, and then it is gone.

#pragma once

#include <utility>
#include <vector>

#include "pixel_measures.h"
#include "tenfold/base/hash.h"
#include "tenfold/inspect/inspect.h"

namespace tenfold {

struct Look {
  Hash128 content{};
  PixelMeasures measures{};
  bool usable = false;  // it could be read and decoded
};

struct Looks {
  std::vector<Look> of_samples;                                   // as Catalog::samples
  std::vector<std::pair<std::size_t, SampleFailure>> unusable{};  // by sample
};

// With the threads of the calling TBB arena. Throws Error: kInterrupted, and kFailed for I/O errors.
Looks look_at(const Catalog& catalog, const InspectOptions& options);

}  // namespace tenfold
