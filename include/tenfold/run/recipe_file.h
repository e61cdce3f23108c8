// A recipe's file, checked against the dataset: the place where recipe and dataset meet.

#pragma once

#include "tenfold/recipe/recipe.h"

namespace tenfold {

// What stands for the command line in diagnostics.
inline constexpr const char* kSettings = "--set";

// The recipe with all diagnostics, also those of classes that the dataset does not have, in order of their
// place. Throws Error{kUsage} where the file cannot be read, or the dataset cannot be listed for a recipe
// without a mistake.
ParsedRecipe read_recipe(const std::filesystem::path& file, const RecipeOverrides& overrides);

// "2 mistakes in 'recipe.yaml'; nothing was written"; empty where there is no error among the diagnostics.
std::string mistakes_text(const ParsedRecipe& recipe, const std::filesystem::path& file);

}  // namespace tenfold
