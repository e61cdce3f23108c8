#include "split_notes.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

#include "tenfold/base/text.h"

namespace tenfold {
namespace {

class SplitNotes {
 public:
  SplitNotes(const Recipe& recipe, const Catalog& catalog, const Kinship& kinship,
             const PlannedSamples& samples)
      : recipe_(recipe),
        catalog_(catalog),
        kinship_(kinship),
        samples_(samples),
        counts_(catalog.classes.size()) {
    for (std::uint32_t i = 0; i < catalog_.samples.size(); ++i)
      if (counts(i)) ++counts_[catalog_.samples[i].class_index][samples_.splits[i]];
  }

  std::vector<std::string> all() {
    if (recipe_.input.split) {
      add_deviations(*recipe_.input.split);
      add_empty_splits(*recipe_.input.split);
      add_ungrouped();
      add_torn_groups();
      add_unknown_names();
    }
    add_classes_without_train();
    return std::move(notes_);
  }

 private:
  bool counts(std::uint32_t i) const { return samples_.dropped.empty() || !samples_.dropped[i]; }
  std::string file() const { return in_quotes(recipe_.input.split->file.filename().string()); }

  void add_deviations(const SplitRecipe& recipe) {
    const std::string together = "what belongs together stays together";
    const std::string reason = recipe.file.empty() ? together : file() + " decides, and " + together;
    for (std::size_t c = 0; c < counts_.size(); ++c) {
      SplitCounts& is = counts_[c];
      SplitCounts wanted = wanted_counts(recipe, is.train + is.val + is.test);
      for (const Split split : {Split::kVal, Split::kTest})
        if (!(split == Split::kVal && recipe.folds) && is[split] != wanted[split])
          notes_.push_back("class " + in_quotes(catalog_.classes[c]) + " has " + counted(is[split], "image") +
                           " in " + std::string(split_name(split)) + ", where its share is " +
                           grouped(wanted[split]) + ": " + reason);
    }
  }

  void add_empty_splits(const SplitRecipe& recipe) {
    for (const Split split : {Split::kVal, Split::kTest}) {
      const bool wanted = split == Split::kTest ? recipe.test > 0 : recipe.val > 0 || recipe.folds;
      const auto holds = [&](SplitCounts& of_class) { return of_class[split] > 0; };
      if (wanted && std::ranges::none_of(counts_, holds))
        notes_.push_back("no image is in " + std::string(split_name(split)) +
                         "; ask for a larger share of it");
    }
  }

  void add_ungrouped() {
    const auto ungrouped =
        static_cast<std::uint64_t>(std::ranges::count_if(kinship_.groups, &std::string::empty));
    if (ungrouped > 0)
      notes_.push_back(grouped(ungrouped) + " of " + counted(kinship_.groups.size(), "image") +
                       " belong to no group of input.split.by, so each of them is split on its own");
  }

  // No rule of ours does that.
  void add_torn_groups() {
    constexpr std::size_t kShown = 3;
    std::map<std::string_view, std::set<Split>> splits;
    for (std::uint32_t i = 0; i < kinship_.groups.size(); ++i)
      if (counts(i) && !kinship_.groups[i].empty()) splits[kinship_.groups[i]].insert(samples_.splits[i]);
    std::erase_if(splits, [](const auto& group) { return group.second.size() == 1; });
    if (splits.empty()) return;
    std::vector<std::string> shown;
    for (const auto& [group, torn] : splits)
      if (shown.size() < kShown) shown.push_back(in_quotes(group));
    if (splits.size() > kShown) shown.push_back(grouped(splits.size() - kShown) + " more");
    notes_.push_back(counted(splits.size(), "group") + " of input.split.by " +
                     (splits.size() == 1 ? "is" : "are") + " in several splits, for " + file() +
                     " puts them there: " + listed(shown));
  }

  void add_unknown_names() {
    std::unordered_set<std::string_view> known;
    for (const Sample& sample : catalog_.samples) known.insert(sample.path);
    const auto unknown = static_cast<std::uint64_t>(
        std::ranges::count_if(kinship_.decided, [&](const auto& row) { return !known.contains(row.first); }));
    if (unknown > 0)
      notes_.push_back(counted(unknown, "image") + " that " + file() + " names " +
                       (unknown == 1 ? "is" : "are") + " not in the input");
  }

  void add_classes_without_train() {
    for (std::size_t c = 0; c < counts_.size(); ++c)
      if (counts_[c].train == 0 && counts_[c].val + counts_[c].test > 0)
        notes_.push_back("class " + in_quotes(catalog_.classes[c]) + " has no image in train");
  }

  const Recipe& recipe_;
  const Catalog& catalog_;
  const Kinship& kinship_;
  const PlannedSamples& samples_;
  std::vector<SplitCounts> counts_;  // by class
  std::vector<std::string> notes_{};
};

}  // namespace

std::vector<std::string> split_notes(const Recipe& recipe, const Catalog& catalog, const Kinship& kinship,
                                     const PlannedSamples& samples) {
  return SplitNotes(recipe, catalog, kinship, samples).all();
}

}  // namespace tenfold
