// What the images of a class are like.

#pragma once

#include <span>
#include <vector>

#include "tenfold/inspect/inspect.h"

namespace tenfold {

// Of the samples that these are; their class does not matter.
ClassProfile profile_of(std::string name, std::vector<const Sample*> samples);

// What each rule gives, in the order of the recipe's documentation.
std::vector<BalanceOutcome> balance_outcomes(std::span<const ClassProfile> classes);

}  // namespace tenfold
