// What people should know of the splits that came out.

#pragma once

#include <string>
#include <vector>

#include "tenfold/plan/plan.h"
#include "tenfold/plan/splits.h"

namespace tenfold {

// In sentences: counts that are not those that the recipe asks for, classes that are not learned, images in
// no group, groups that the file of splits tears apart, and names in it that no image has. `samples` has
// their splits.
std::vector<std::string> split_notes(const Recipe& recipe, const Catalog& catalog, const Kinship& kinship,
                                     const PlannedSamples& samples);

}  // namespace tenfold
