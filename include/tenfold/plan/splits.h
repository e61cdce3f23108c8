// Who goes to train, val and test, where a run makes the splits.
//
//   unit    samples that stay together: a group of `by`, joined with duplicates. Its rank is a keyed hash of
//           the name that is first among those of its groups.
//   count   that a split shall have of a class: its share of the class's samples, by largest remainder
//
// Per class, val takes units in the order of their ranks for as long as they fit into its count, then single
// samples until it is reached; test does the same from the other end, and train keeps the rest. So single
// samples are split exactly, of groups it is the largest prefix that does not exceed the count, and a new
// image moves no more than one old one. Units with samples of several classes are dealt first, the same share
// of them, and only where they fit into the counts of all their classes.
//
// With folds, what is not test is cut into `folds` pieces of equal size by rank, and val is one of them.
//
// Samples that a file has decided stay where they are, and count; undecided ones of their unit follow them.
//
// It depends on the set of usable samples alone. Thread safety: immutable after construction.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tenfold/base/split.h"
#include "tenfold/dataset/catalog.h"
#include "tenfold/recipe/recipe.h"

namespace tenfold {

// By a sample's path.
using DecidedSplits = std::unordered_map<std::string, Split>;

// What is known of the samples beside the catalog.
struct Kinship {
  std::vector<std::string> groups{};  // name of each sample's group by `by`; empty: each is its own
  std::vector<std::pair<std::uint32_t, std::uint32_t>> duplicates{};  // samples that show the same
  DecidedSplits decided{};
};

// Of one class.
struct SplitCounts {
  std::uint64_t train = 0, val = 0, test = 0;

  std::uint64_t& operator[](Split split) {
    return split == Split::kTrain ? train : split == Split::kVal ? val : test;
  }
  bool operator==(const SplitCounts&) const = default;
};

// `samples` by largest remainder.
SplitCounts wanted_counts(const SplitRecipe& recipe, std::uint64_t samples);

class Splitter {
 public:
  // Keeps a reference to the catalog.
  Splitter(const Catalog& catalog, const SplitRecipe& recipe, std::uint64_t seed, Kinship kinship);

  // The split of each sample; `dropped` ones (empty: none is) are in train, and count nowhere.
  std::vector<Split> split(const std::vector<bool>& dropped = {}) const;

 private:
  const Catalog& catalog_;
  const SplitRecipe recipe_;
  const DecidedSplits decided_;
  std::vector<std::uint32_t> unit_of_;  // of each sample: the unit's first one
  std::vector<std::uint64_t> rank_of_;  // of each sample's unit
};

}  // namespace tenfold
