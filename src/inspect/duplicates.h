// Files that are the same, and pictures that are nearly the same.

#pragma once

#include <vector>

#include "inspected_images.h"

namespace tenfold {

// Each group once: those of equal bytes, those that look alike across classes, and those that do within one.
// Decodes again what has to be compared more closely, and keeps little of it. With the threads of the calling
// TBB arena. Throws Error as inspect_images() does.
std::vector<DatasetFinding> duplicate_findings(const Catalog& catalog, const InspectedImages& images,
                                               const InspectOptions& options);

}  // namespace tenfold
