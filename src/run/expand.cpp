#include <string>

#include "tenfold/run/recipe_file.h"
#include "tenfold/tenfold.h"

namespace tenfold {

RunSummary expand(const std::filesystem::path& recipe, const ExpandOptions& options, Observer& progress) {
  if (options.run.jobs < 1)
    throw Error(ErrorKind::kUsage,
                "options.run.jobs is " + std::to_string(options.run.jobs) + "; it must be 1 or more");
  const ParsedRecipe parsed = read_recipe(recipe, options.overrides);
  if (const std::string mistakes = mistakes_text(parsed, recipe); !mistakes.empty()) {
    std::string text;
    for (const Diagnostic& diagnostic : parsed.diagnostics) text += rendered(diagnostic);
    throw Error(ErrorKind::kUsage, text + mistakes);
  }
  for (const Diagnostic& warning : parsed.diagnostics) progress.noted(rendered(warning));
  return run(parsed.recipe, options.run, progress);
}

}  // namespace tenfold
