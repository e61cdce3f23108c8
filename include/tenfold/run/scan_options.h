// What a recipe tells the scan.

#pragma once

#include "tenfold/dataset/catalog.h"
#include "tenfold/recipe/recipe.h"

namespace tenfold {

ScanOptions scan_options(const InputRecipe& input);

}  // namespace tenfold
