#include "recipe_file.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <tuple>

#include "tenfold/base/error.h"
#include "tenfold/base/file.h"
#include "tenfold/base/text.h"
#include "tenfold/run/scan_options.h"

namespace tenfold {
namespace {

constexpr const char* kOverrides = "--set";

// Folder names are listed even for a recipe with mistakes, so that all of them show at once; a dataset that
// cannot be listed then is the lesser trouble.
std::vector<Diagnostic> class_diagnostics(const ParsedRecipe& parsed) {
  if (parsed.class_mentions.empty() || parsed.recipe.input.roots.empty()) return {};
  const InputRecipe& input = parsed.recipe.input;
  try {
    return check_class_names(parsed.class_mentions, list_class_names(input.roots, scan_options(input)));
  } catch (const Error&) {
    if (!has_errors(parsed.diagnostics)) throw;
    return {};
  }
}

// Of a file that is too large one byte too many is enough to say so.
std::string recipe_text(const std::filesystem::path& path) {
  const Outcome<InputFile> file = InputFile::open(path);
  if (!file)
    throw Error(ErrorKind::kUsage, "the recipe " + in_quotes(path.string()) + " " + file.error().reason);
  Bytes bytes(std::min<std::uint64_t>(file->size(), kMaxRecipeBytes + 1));
  bytes.resize(file->read_at(0, bytes));
  return std::string(bytes.begin(), bytes.end());
}

}  // namespace

Recipe load_recipe(const RecipeOptions& options, spdlog::logger& logger) {
  ParsedRecipe parsed = parse_recipe(recipe_text(options.recipe), options.recipe, options.overrides());
  std::vector<Diagnostic> diagnostics = parsed.diagnostics;
  std::ranges::copy(class_diagnostics(parsed), std::back_inserter(diagnostics));
  std::ranges::stable_sort(diagnostics, {}, [](const Diagnostic& diagnostic) {
    return std::tuple(diagnostic.file == kOverrides, diagnostic.line, diagnostic.column);
  });
  for (const Diagnostic& diagnostic : diagnostics) {
    const bool error = diagnostic.severity == Severity::kError;
    logger.log(error ? spdlog::level::err : spdlog::level::warn, "{}", rendered(diagnostic));
  }
  const auto errors =
      static_cast<std::uint64_t>(std::ranges::count(diagnostics, Severity::kError, &Diagnostic::severity));
  if (errors > 0)
    throw Error(ErrorKind::kUsage,
                counted(errors, "mistake") + " in " + in_quotes(options.recipe) + "; nothing was written");
  return std::move(parsed.recipe);
}

}  // namespace tenfold
