#include "shard_set.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "tenfold/base/error.h"
#include "tenfold/base/file.h"
#include "tenfold/base/text.h"
#include "tenfold/store/run_shard_files.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

std::string in_words(std::span<const fs::path> folders) {
  std::vector<std::string> names;
  for (const fs::path& folder : folders) names.push_back(in_quotes(folder.string()));
  return listed(names);
}

[[noreturn]] void refuse(const std::string& sentence) { throw Error(ErrorKind::kUsage, sentence); }

[[noreturn]] void refuse_missing(const std::vector<std::uint32_t>& missing, const std::string& count,
                                 std::span<const fs::path> folders) {
  constexpr std::size_t kShown = 10;
  std::vector<std::string> numbers;
  for (std::size_t i = 0; i < std::min(kShown, missing.size()); ++i)
    numbers.push_back(std::to_string(missing[i]));
  if (missing.size() > kShown) numbers.push_back(grouped(missing.size() - kShown) + " more");
  const bool one = missing.size() == 1;
  refuse((one ? "shard " : "shards ") + listed(numbers) + " of " + count + (one ? " is" : " are") +
         " missing in " + in_words(folders) + "; make " + (one ? "it" : "them") + " with --shard " +
         numbers[0] + "/" + count + (one ? "" : " and so on") + ", or name the folder where " +
         (one ? "it is" : "they are"));
}

// Where two JSON texts first differ, as people write keys: "expand.factor".
std::string first_difference(const std::string& a, const std::string& b) {
  const auto one = nlohmann::json::parse(a), other = nlohmann::json::parse(b);
  std::string path = nlohmann::json::diff(one, other).at(0).at("path");
  std::ranges::replace(path, '/', '.');
  return path.empty() ? path : path.substr(1);
}

std::string versions_text(const Versions& a, const Versions& b) {
  std::vector<std::string> differences;
  for (const auto& [name, version] : a) {
    const auto other = b.find(name);
    const std::string theirs = other == b.end() ? "none" : escaped(other->second);
    if (theirs != version)
      differences.push_back(escaped(name) + " " + theirs + " and not " + escaped(version));
  }
  return differences.empty() ? "others" : listed(differences);
}

struct PlacedShard {
  RunShardState state;
  fs::path folder;
  ShardOpening opening{};
};

std::string name_of(const PlacedShard& shard) {
  return "shard " + in_words(shard.state.shard) + " in " + in_quotes(shard.folder.string());
}

bool opens_whole(const RunShardState& state) {
  return state.opening && state.opening->is_whole() && state.opening->shard == state.shard;
}

// A merge that was cut off may have left the begin of a shard's journal in one folder, and the whole one in
// another. Several whole ones are sorted out when files move.
std::vector<PlacedShard> placed_shards(std::span<const OutputTree* const> trees) {
  std::vector<PlacedShard> shards, broken;
  for (const OutputTree* tree : trees)
    for (const RunShardState& state : tree->state().run_shards)
      (opens_whole(state) ? shards : broken).push_back({state, tree->root()});
  for (const PlacedShard& one : broken)
    if (!std::ranges::any_of(shards, [&](const auto& other) { return other.state.shard == one.state.shard; }))
      refuse(name_of(one) + " has not come far enough to be merged; repeat it");
  std::ranges::stable_sort(shards, {}, [](const PlacedShard& shard) { return shard.state.shard; });
  for (PlacedShard& shard : shards) {
    auto opening = parse_opening(*shard.state.opening);
    if (!opening) refuse(name_of(shard) + " has not come far enough to be merged; repeat it");
    shard.opening = std::move(*opening);
  }
  return shards;
}

void refuse_other(const PlacedShard& first, const PlacedShard& shard) {
  const ShardOpening &a = first.opening, &b = shard.opening;
  const auto refuse_for = [&](const std::string& why) {
    refuse(name_of(shard) + " does not belong to shard " + std::to_string(first.state.shard.number) + ": " +
           why);
  };
  if (a.versions != b.versions)
    refuse_for("it was made with other versions: " + versions_text(a.versions, b.versions) +
               "; repeat it with the same program");
  if (a.recipe != b.recipe)
    refuse_for("its recipe differs in '" + first_difference(a.recipe, b.recipe) +
               "'; repeat it with the same recipe and options");
  if (a.catalog != b.catalog) refuse_for("it was made of other images; repeat it on the same input");
}

// What a merge that was cut off has copied is the begin of what it was copied from; all else was made twice.
void refuse_made_twice(const PlacedShard& one, const PlacedShard& other) {
  const auto sound_text = [](const PlacedShard& shard) {
    const fs::path path = shard.folder / journal_name(shard.state.shard);
    Bytes bytes = read_file(path).value_or(Bytes());
    bytes.resize(std::min<std::size_t>(bytes.size(), read_journal(path).sound_bytes));
    return bytes;
  };
  const Bytes a = sound_text(one), b = sound_text(other);
  const auto common = static_cast<std::ptrdiff_t>(std::min(a.size(), b.size()));
  if (!std::equal(a.begin(), a.begin() + common, b.begin()))
    refuse("shard " + in_words(one.state.shard) + " was made in " + in_quotes(one.folder.string()) +
           " and in " + in_quotes(other.folder.string()) + "; leave out " + in_quotes(other.folder.string()) +
           ", or `tenfold clean` it");
}

void refuse_other_run(const OutputTree& tree) {
  const OutputState& state = tree.state();
  const std::string output = "the output " + in_quotes(tree.root().string());
  if (state.published) refuse(output + " holds images of another run; merge into an empty folder");
  if (state.journal_bytes > 0 && !state.of_merge)
    refuse(output + " holds a run that has not come to its end, perhaps of another dataset or recipe; repeat "
                    "that run, or `tenfold clean` the folder");
}

}  // namespace

void refuse_missing_shards(std::span<const fs::path> folders) {
  std::set<std::uint32_t> counts, numbers;
  std::vector<RunShard> examples;
  for (const fs::path& folder : folders)
    for (const RunShard& shard : run_shards_with_journal(folder)) {
      if (counts.insert(shard.count).second) examples.push_back(shard);
      numbers.insert(shard.number);
    }
  if (counts.empty())
    refuse("there is no shard of a run in " + in_words(folders) + "; `tenfold run --shard I/N` makes them");
  if (counts.size() > 1)
    refuse("shard " + in_words(examples[0]) + " and shard " + in_words(examples[1]) + " in " +
           in_words(folders) + " are no parts of one run; `tenfold clean` what is not wanted");
  std::vector<std::uint32_t> missing;
  for (std::uint32_t number = 1; number <= *counts.begin(); ++number)
    if (!numbers.contains(number)) missing.push_back(number);
  if (!missing.empty()) refuse_missing(missing, std::to_string(*counts.begin()), folders);
}

ShardSet shards_of(std::span<const OutputTree* const> trees) {
  for (const OutputTree* tree : trees) refuse_other_run(*tree);
  const std::vector<PlacedShard> shards = placed_shards(trees);
  const PlacedShard& first = shards.front();
  ShardSet set{.opening = first.opening,
               .first = first.state.shard,
               .journal = first.folder / journal_name(first.state.shard),
               .unfinished = {}};
  std::set<RunShard> done;
  for (std::size_t i = 0; i < shards.size(); ++i) {
    const PlacedShard& shard = shards[i];
    refuse_other(first, shard);
    if (i > 0 && shards[i - 1].state.shard == shard.state.shard) refuse_made_twice(shards[i - 1], shard);
    if (shard.state.done) done.insert(shard.state.shard);
  }
  for (const PlacedShard& shard : shards)
    if (!done.contains(shard.state.shard)) set.unfinished.insert(shard.state.shard);
  return set;
}

}  // namespace tenfold
