// Every image of a dataset is read once, its bytes hashed and its pixels measured; then it is gone.

#pragma once

#include <utility>
#include <vector>

#include "pixel_measures.h"
#include "tenfold/base/hash.h"
#include "tenfold/inspect/inspect.h"
#include "tenfold/similarity/look.h"

namespace tenfold {

struct InspectedImage {
  Hash128 content{};
  PixelMeasures measures{};
  std::optional<Look> look{};
  bool usable = false;  // it could be read and decoded
};

struct InspectedImages {
  std::vector<InspectedImage> of_samples;                         // as Catalog::samples
  std::vector<std::pair<std::size_t, SampleFailure>> unusable{};  // by sample
};

// Throws Error{kInterrupted} where somebody asked for it.
void end_if_stopped(const InspectOptions& options);

// With the threads of the calling TBB arena. Throws Error: kInterrupted, and kFailed for I/O errors.
InspectedImages inspect_images(const Catalog& catalog, const InspectOptions& options);

}  // namespace tenfold
