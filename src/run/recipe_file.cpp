#include "tenfold/run/recipe_file.h"

#include <algorithm>
#include <tuple>

#include "tenfold/base/error.h"
#include "tenfold/base/file.h"
#include "tenfold/base/text.h"
#include "tenfold/run/scan_options.h"

namespace tenfold {
namespace {

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

ParsedRecipe read_recipe(const std::filesystem::path& file, const RecipeOverrides& overrides) {
  ParsedRecipe parsed = parse_recipe(recipe_text(file), file, overrides);
  std::ranges::copy(class_diagnostics(parsed), std::back_inserter(parsed.diagnostics));
  std::ranges::stable_sort(parsed.diagnostics, {}, [](const Diagnostic& diagnostic) {
    return std::tuple(diagnostic.file == kSettings, diagnostic.line, diagnostic.column);
  });
  return parsed;
}

std::string mistakes_text(const ParsedRecipe& recipe, const std::filesystem::path& file) {
  const auto errors = static_cast<std::uint64_t>(
      std::ranges::count(recipe.diagnostics, Severity::kError, &Diagnostic::severity));
  if (errors == 0) return {};
  return counted(errors, "mistake") + " in " + in_quotes(file.string()) + "; nothing was written";
}

}  // namespace tenfold
