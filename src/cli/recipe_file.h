// Reads a recipe for a command.

#pragma once

#include "console.h"
#include "options.h"

namespace tenfold {

// Logs every diagnostic. Throws Error{kUsage} where there is an error among them or the file cannot be read.
Recipe load_recipe(const RecipeOptions& options, spdlog::logger& logger);

}  // namespace tenfold
