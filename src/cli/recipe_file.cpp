#include "recipe_file.h"

#include <spdlog/spdlog.h>

#include "tenfold/base/error.h"
#include "tenfold/run/recipe_file.h"

namespace tenfold {

Recipe load_recipe(const RecipeOptions& options, spdlog::logger& logger) {
  ParsedRecipe parsed = read_recipe(options.recipe, options.overrides());
  for (const Diagnostic& diagnostic : parsed.diagnostics) {
    const bool error = diagnostic.severity == Severity::kError;
    logger.log(error ? spdlog::level::err : spdlog::level::warn, "{}", rendered(diagnostic));
  }
  if (const std::string mistakes = mistakes_text(parsed, options.recipe); !mistakes.empty())
    throw Error(ErrorKind::kUsage, mistakes);
  return std::move(parsed.recipe);
}

}  // namespace tenfold
