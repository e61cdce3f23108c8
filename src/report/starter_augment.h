// What the recipe of `tenfold init` does to pixels.

#pragma once

#include <string>

#include "tenfold/inspect/dataset_traits.h"

namespace tenfold {

// The sections `prepare`, `augment`, `sampling` and what goes with them.
std::string starter_augment(const DatasetTraits& traits);

}  // namespace tenfold
