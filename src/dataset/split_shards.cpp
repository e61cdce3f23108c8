#include "dataset/split_shards.h"

#include <algorithm>
#include <set>
#include <string>

#include "dataset/split_folders.h"
#include "tenfold/base/error.h"
#include "tenfold/base/text.h"

namespace tenfold {

std::vector<Split> splits_of_shards(const Sources& sources) {
  std::vector<Split> splits;
  for (const DatasetRoot& root : sources.roots()) {
    const std::string name = root.prefix.substr(0, root.prefix.find_first_of("-_."));
    const std::optional<Split> split = root.archive ? split_of_folder(name) : std::nullopt;
    if (!split) return {};
    splits.push_back(*split);
  }
  const bool all_alike = std::ranges::adjacent_find(splits, std::not_equal_to()) == splits.end();
  return all_alike ? std::vector<Split>() : splits;
}

void check_are_named(const Sources& sources, const std::vector<Split>& of_shards,
                     const std::vector<Split>& named) {
  const std::set<Split> found(of_shards.begin(), of_shards.end());
  const auto is_named = [&](Split split) { return std::ranges::find(named, split) != named.end(); };
  if (std::ranges::all_of(found, is_named)) return;
  const auto shard = std::ranges::find_if_not(of_shards, is_named) - of_shards.begin();
  const std::string example = in_quotes(sources.roots()[static_cast<std::size_t>(shard)].path.string());
  throw Error(
      ErrorKind::kUsage,
      (named.empty() ? "the shards of the input look like splits, " + example + " for one"
                     : "the input has the shard " + example + " beside the splits that the recipe names") +
          "; say so in the recipe: " + recipe_line_of(found));
}

}  // namespace tenfold
