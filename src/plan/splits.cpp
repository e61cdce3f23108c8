#include "tenfold/plan/splits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <optional>

#include "tenfold/base/hash.h"

namespace tenfold {
namespace {

// Sets of samples that are joined.
class Joined {
 public:
  explicit Joined(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), 0u); }

  std::uint32_t root_of(std::uint32_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }

  // The smaller index stays the root, whatever the order of the calls.
  void join(std::uint32_t a, std::uint32_t b) {
    a = root_of(a);
    b = root_of(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

void join_groups(const std::vector<std::string>& groups, Joined& joined) {
  std::unordered_map<std::string, std::uint32_t> first;
  for (std::uint32_t i = 0; i < groups.size(); ++i) {
    if (groups[i].empty()) continue;
    const auto [known, is_new] = first.emplace(groups[i], i);
    if (!is_new) joined.join(known->second, i);
  }
}

// Samples that stay together, and of which the split is open.
struct Unit {
  std::uint64_t rank = 0;
  std::vector<std::uint32_t> samples{};               // in the catalog's order
  std::map<std::uint32_t, std::uint64_t> of_class{};  // how many of them
  std::optional<Split> decided{};                     // of others that belong to them

  bool is_mixed() const { return of_class.size() > 1; }
};

using Counts = std::vector<SplitCounts>;  // by class
using Units = std::vector<const Unit*>;   // by rank

// Deals units to val and test, within what is open of each class and, where given, a share of that.
class Dealer {
 public:
  Dealer(Counts& open, Counts* share, std::vector<Split>& splits)
      : open_(open), share_(share), splits_(splits) {}

  bool fits(const Unit& unit, Split split) const {
    return std::ranges::all_of(unit.of_class, [&](const auto& of_class) {
      const auto [class_index, count] = of_class;
      return count <= open_[class_index][split] &&
             (share_ == nullptr || count <= (*share_)[class_index][split]);
    });
  }

  void give(const Unit& unit, Split split) {
    for (const auto& [class_index, count] : unit.of_class)
      for (Counts* counts : {&open_, share_})
        if (counts != nullptr)
          (*counts)[class_index][split] -= std::min(count, (*counts)[class_index][split]);
    for (const std::uint32_t sample : unit.samples) splits_[sample] = split;
  }

  // From the front: each unit that fits.
  void give_fitting(Units& units, Split split) {
    std::erase_if(units, [&](const Unit* unit) {
      const bool taken = fits(*unit, split);
      if (taken) give(*unit, split);
      return taken;
    });
  }

  // From the front, up to the first unit that does not fit; singles of those behind it fill what is left.
  void give_prefix(Units& units, Split split) {
    bool all_fit = true;
    std::erase_if(units, [&](const Unit* unit) {
      const bool has_room = fits(*unit, split);
      all_fit = all_fit && has_room;
      const bool taken = has_room && (all_fit || unit->samples.size() == 1);
      if (taken) give(*unit, split);
      return taken;
    });
  }

 private:
  Counts& open_;
  Counts* share_;
  std::vector<Split>& splits_;
};

// Cuts the units of one class into pieces of equal size; val is one of them.
void give_fold(const Units& units, const SplitRecipe& recipe, std::vector<Split>& splits) {
  std::uint64_t total = 0, before = 0;
  for (const Unit* unit : units) total += unit->samples.size();
  for (const Unit* unit : units) {
    const std::uint64_t twice_middle = 2 * before + unit->samples.size();
    const bool held_out = twice_middle * *recipe.folds / (2 * total) + 1 == recipe.fold;
    for (const std::uint32_t sample : unit->samples)
      if (held_out) splits[sample] = Split::kVal;
    before += unit->samples.size();
  }
}

// The other end first.
void give_to_both(Units units, const SplitRecipe& recipe, Dealer& dealer, std::vector<Split>& splits,
                  void (Dealer::*give)(Units&, Split)) {
  std::ranges::reverse(units);
  (dealer.*give)(units, Split::kTest);
  std::ranges::reverse(units);
  if (recipe.folds)
    give_fold(units, recipe, splits);
  else
    (dealer.*give)(units, Split::kVal);
}

}  // namespace

SplitCounts wanted_counts(const SplitRecipe& recipe, std::uint64_t samples) {
  const double n = static_cast<double>(samples);
  // The nearest numbers to the products that people mean: 0.15 of 100 is 15, and not a hair less.
  const auto share = [&](double part) { return std::round(n * part * 1e9) / 1e9; };
  const std::array<double, 3> shares = {n - share(recipe.val) - share(recipe.test), share(recipe.val),
                                        share(recipe.test)};
  SplitCounts counts;
  std::uint64_t rest = samples;
  for (const Split split : kSplits) {
    counts[split] =
        static_cast<std::uint64_t>(std::max(0.0, std::floor(shares[static_cast<std::size_t>(split)])));
    rest -= std::min(rest, counts[split]);
  }
  std::array order = kSplits;
  std::ranges::stable_sort(order, std::greater{}, [&](Split split) {
    const double part = shares[static_cast<std::size_t>(split)];
    return std::round((part - std::floor(part)) * 1e9);
  });
  for (std::size_t i = 0; i < order.size() && rest > 0; ++i, --rest) ++counts[order[i]];
  return counts;
}

Splitter::Splitter(const Catalog& catalog, const SplitRecipe& recipe, std::uint64_t seed, Kinship kinship)
    : catalog_(catalog),
      recipe_(recipe),
      decided_(std::move(kinship.decided)),
      unit_of_(catalog.samples.size()),
      rank_of_(catalog.samples.size()) {
  const std::size_t count = catalog.samples.size();
  Joined joined(count);
  join_groups(kinship.groups, joined);
  for (const auto& [a, b] : kinship.duplicates) joined.join(a, b);

  const auto name_of = [&](std::uint32_t i) -> const std::string& {
    return kinship.groups.empty() || kinship.groups[i].empty() ? catalog.samples[i].path : kinship.groups[i];
  };
  std::vector<const std::string*> first(count, nullptr);  // names by roots
  for (std::uint32_t i = 0; i < count; ++i) {
    unit_of_[i] = joined.root_of(i);
    const std::string& name = name_of(i);
    const std::string*& known = first[unit_of_[i]];
    if (known == nullptr || name < *known) known = &name;
  }
  for (std::uint32_t i = 0; i < count; ++i) rank_of_[i] = hash64("split/" + *first[unit_of_[i]], seed);
}

namespace {

// What is left for the splits of a class with `samples`, of which some are settled.
SplitCounts open_counts(const SplitRecipe& recipe, std::uint64_t samples, SplitCounts settled) {
  SplitCounts open = wanted_counts(recipe, samples);
  for (const Split split : kSplits) open[split] -= std::min(open[split], settled[split]);
  return open;
}

bool is_dropped(const std::vector<bool>& dropped, std::uint32_t sample) {
  return !dropped.empty() && dropped[sample];
}

// The units with samples of several classes: their own share, so that no split gets all of them.
void deal_mixed(const Units& units, const SplitRecipe& recipe, Counts& open, std::vector<Split>& splits) {
  std::vector<std::uint64_t> samples(open.size(), 0);
  for (const Unit* unit : units)
    for (const auto& [class_index, count] : unit->of_class) samples[class_index] += count;
  Counts share;
  for (const std::uint64_t count : samples) share.push_back(wanted_counts(recipe, count));
  Dealer dealer(open, &share, splits);
  give_to_both(units, recipe, dealer, splits, &Dealer::give_fitting);
}

}  // namespace

std::vector<Split> Splitter::split(const std::vector<bool>& dropped) const {
  const std::size_t classes = catalog_.classes.size();
  std::vector<Split> splits(catalog_.samples.size(), Split::kTrain);
  std::vector<std::uint64_t> samples(classes, 0);
  Counts settled(classes);
  std::unordered_map<std::uint32_t, Unit> by_root;
  for (std::uint32_t i = 0; i < splits.size(); ++i) {
    if (is_dropped(dropped, i)) continue;
    const Sample& sample = catalog_.samples[i];
    ++samples[sample.class_index];
    Unit& unit = by_root[unit_of_[i]];
    unit.rank = rank_of_[i];
    if (const auto decided = decided_.find(sample.path); decided != decided_.end()) {
      splits[i] = decided->second;
      ++settled[sample.class_index][decided->second];
      if (!unit.decided) unit.decided = decided->second;
    } else {
      unit.samples.push_back(i);
      ++unit.of_class[sample.class_index];
    }
  }
  Counts open;
  for (std::size_t c = 0; c < classes; ++c) open.push_back(open_counts(recipe_, samples[c], settled[c]));

  Units units;
  for (const auto& [root, unit] : by_root) units.push_back(&unit);
  std::ranges::sort(units, {}, [](const Unit* unit) { return std::pair(unit->rank, unit->samples); });
  Dealer dealer(open, nullptr, splits);
  Units mixed;
  std::vector<Units> of_class(classes);
  for (const Unit* unit : units) {
    if (unit->samples.empty()) continue;
    if (unit->decided)
      dealer.give(*unit, *unit->decided);
    else
      (unit->is_mixed() ? mixed : of_class[unit->of_class.begin()->first]).push_back(unit);
  }
  deal_mixed(mixed, recipe_, open, splits);
  for (Units& pool : of_class) give_to_both(std::move(pool), recipe_, dealer, splits, &Dealer::give_prefix);
  return splits;
}

}  // namespace tenfold
