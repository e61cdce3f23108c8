// What the tests of recipes share: reading a text and looking at all that was said about it.

#pragma once

#include <string>
#include <vector>

#include "tenfold/recipe/recipe.h"

namespace tenfold {

// The least that a recipe needs. 4 lines.
inline const std::string kRequired =
    "version: 1\n"
    "input: {root: in}\n"
    "output: {root: out}\n"
    "augment: [horizontal_flip]\n";

inline ParsedRecipe read(const std::string& text, const std::vector<std::string>& settings = {}) {
  RecipeOverrides overrides;
  overrides.settings = settings;
  return parse_recipe(text, "r.yaml", overrides);
}

// All diagnostics as a user sees them.
inline std::string said(const ParsedRecipe& parsed) {
  std::string out;
  for (const Diagnostic& diagnostic : parsed.diagnostics) out += rendered(diagnostic);
  return out;
}

inline std::string said(const std::string& text, const std::vector<std::string>& settings = {}) {
  return said(read(text, settings));
}

// What is said about a recipe that is right but for these lines, which begin in line 5.
inline std::string said_after_required(const std::string& lines) { return said(kRequired + lines); }

// What is said about one element of `augment`, in line 4.
inline std::string said_of_element(const std::string& element) {
  return said("version: 1\ninput: {root: in}\noutput: {root: out}\naugment: [" + element + "]\n");
}

}  // namespace tenfold
