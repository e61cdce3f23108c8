// Reads `input.targets`: where masks and boxes lie.

#pragma once

#include "reader.h"
#include "tenfold/recipe/recipe.h"

namespace tenfold {

FieldReader annotations_section(const Reader& reader, AnnotationsRecipe& out);

}  // namespace tenfold
