// What was drawn for the copies of an output, beside what its recipe asks for.

#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tenfold/recipe/recipe.h"
#include "tenfold/run/output_figures.h"
#include "tenfold/store/manifest.h"

namespace tenfold {

// The transforms of a chain by name, with the places where they stand; nothing fired yet. Of those whose name
// is among `unknown` it is not said how often they should fire.
std::vector<TransformFigures> expected_figures(const Chain& chain, const std::vector<std::string>& unknown);

// Counts copy by copy. Not thread-safe.
class DrawFigures {
 public:
  // Without a recipe nothing is expected. `classes` are those of the output.
  DrawFigures(const std::optional<Recipe>& recipe, const std::vector<std::string>& classes);

  // `transforms` are the line's, parsed.
  void count(const ManifestLine& line, const nlohmann::json& transforms);

  std::vector<ChainFigures> take() { return std::move(chains_); }

 private:
  std::vector<ChainFigures> chains_;
  std::map<std::string, std::size_t, std::less<>> chain_of_class_;
  std::vector<std::string> prepared_;  // names of what `prepare` does to every image, in order
};

}  // namespace tenfold
