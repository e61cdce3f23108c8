#include "partition.h"

#include <algorithm>
#include <map>

#include "leaks.h"
#include "split_notes.h"
#include "tenfold/base/error.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

// Else a path that is written otherwise would make the splits anew, in silence.
void refuse_useless(const SplitRecipe& split, const Catalog& catalog, const DecidedSplits& decided) {
  const auto is_decided = [&](const Sample& sample) { return decided.contains(sample.path); };
  if (decided.empty() || catalog.samples.empty() || std::ranges::any_of(catalog.samples, is_decided)) return;
  throw Error(ErrorKind::kUsage,
              "the splits' file " + in_quotes(split.file.string()) + " names no image of the input: it has " +
                  in_quotes(std::ranges::min_element(decided, {}, &DecidedSplits::value_type::first)->first) +
                  ", and there is " + in_quotes(catalog.samples.front().path));
}

}  // namespace

Partition::Partition(const Recipe& recipe, const Catalog& catalog, Duplicates duplicates, MissingFile missing)
    : recipe_(recipe), catalog_(catalog), duplicates_(std::move(duplicates)) {
  if (!recipe.input.split) return;
  const SplitRecipe& split = *recipe.input.split;
  named_ = {.groups = groups_of(catalog, split.by), .decided = decided_splits(split, missing)};
  refuse_useless(split, catalog, named_.decided);
  Kinship kinship = named_;
  for (const DuplicatePair& pair : duplicates_.pairs)
    kinship.duplicates.emplace_back(pair.first, pair.second);
  splitter_.emplace(catalog, split, recipe.seed, std::move(kinship));
}

bool Partition::refuses_leaks() const {
  return recipe_.input.on_leak.value_or(splitter_ ? OnLeak::kWarn : OnLeak::kFail) == OnLeak::kFail;
}

Partitioned Partition::of(std::vector<bool> dropped) const {
  Partitioned partitioned{.samples = {.dropped = std::move(dropped)}, .leaks = {}};
  PlannedSamples& samples = partitioned.samples;
  if (!recipe_.input.has_splits()) return partitioned;
  samples.dropped.resize(catalog_.samples.size());
  if (splitter_)
    samples.splits = splitter_->split(samples.dropped);
  else
    std::ranges::transform(catalog_.samples, std::back_inserter(samples.splits), &Sample::split);
  partitioned.leaks = leaks_of(samples);
  return partitioned;
}

std::vector<std::string> Partition::notes(const PlannedSamples& samples) const {
  if (!recipe_.input.has_splits()) return {};
  return split_notes(recipe_, catalog_, named_, samples);
}

// Whatever of train is in one group with something of val or test.
std::vector<Leak> Partition::leaks_of(PlannedSamples& samples) const {
  std::map<std::uint32_t, std::uint32_t> held_out;  // the first sample of each group that is
  const auto takes_part = [&](std::uint32_t i) {
    return !samples.dropped[i] && i < duplicates_.groups.size();
  };
  for (std::uint32_t i = 0; i < catalog_.samples.size(); ++i)
    if (takes_part(i) && samples.splits[i] != Split::kTrain) held_out.emplace(duplicates_.groups[i], i);
  // The one that a sample was found to be like itself, equal ones before others.
  std::map<std::uint32_t, const DuplicatePair*> closest;
  for (const DuplicatePair& pair : duplicates_.pairs)
    for (const auto& [one, other] :
         {std::pair(pair.first, pair.second), std::pair(pair.second, pair.first)}) {
      if (!takes_part(one) || !takes_part(other) || samples.splits[one] != Split::kTrain ||
          samples.splits[other] == Split::kTrain)
        continue;
      const DuplicatePair*& known = closest[one];
      if (known == nullptr || (pair.exact && !known->exact)) known = &pair;
    }

  const bool drops = recipe_.input.on_leak == OnLeak::kDropFromTrain;
  std::vector<Leak> leaks;
  for (std::uint32_t i = 0; i < catalog_.samples.size(); ++i) {
    if (!takes_part(i) || samples.splits[i] != Split::kTrain) continue;
    const auto of_group = held_out.find(duplicates_.groups[i]);
    if (of_group == held_out.end()) continue;
    const auto pair = closest.find(i);
    const bool paired = pair != closest.end();
    const std::uint32_t other = paired ? pair->second->first + pair->second->second - i : of_group->second;
    leaks.push_back({.train = catalog_.samples[i].path,
                     .held_out = catalog_.samples[other].path,
                     .split = samples.splits[other],
                     .exact = paired && pair->second->exact,
                     .dropped = drops});
  }
  if (drops)
    for (std::uint32_t i = 0; i < catalog_.samples.size(); ++i)
      if (takes_part(i) && samples.splits[i] == Split::kTrain && held_out.contains(duplicates_.groups[i]))
        samples.dropped[i] = true;
  std::ranges::sort(leaks, {}, &Leak::train);
  return leaks;
}

void refuse_leaks(const Partition& partition, const Partitioned& partitioned) {
  if (!partition.refuses_leaks() || partitioned.leaks.empty()) return;
  constexpr std::size_t kShown = 3;
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < std::min(kShown, partitioned.leaks.size()); ++i) {
    const Leak& leak = partitioned.leaks[i];
    shown.push_back(in_quotes(leak.train) + " " +
                    leak_clause(leak.exact, leak.held_out, split_name(leak.split)));
  }
  const std::size_t more = partitioned.leaks.size() - shown.size();
  if (more > 0) shown.push_back(grouped(more) + " more like these");
  throw Error(ErrorKind::kFailed,
              counted(partitioned.leaks.size(), "image") +
                  " of train would leak from val or test: " + listed(shown) +
                  "; remove one of each pair, or set input.on_leak: drop_from_train, which leaves "
                  "those of train out, or warn");
}

}  // namespace tenfold
