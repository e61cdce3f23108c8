// The plan: how many images each class shall have and which copies are made for it, before anything runs.
// All of it is about train: samples of val and test have their originals and nothing else, whatever the
// recipe says of copies.
//
//   n  usable samples of a class          N  the largest n          f  expand.factor
//
//   balance            target
//   none               f·n
//   majority           f·N
//   median, mean       f·median(n), f·mean(n)          over the classes that have samples
//   {to: T}            T
//   {power: a}         f·N·(n/N)^a
//
// Targets are rounded once, half to even; classes.X.target replaces one and alters no other. A target below n
// is raised to n, or, with undersample, the first `target` samples by keyed hash stay. Copies are spread
// evenly; the odd ones go to the samples that come first by a keyed hash of their path. Where `relabel` turns
// other classes into this one, their samples take part in that like its own; originals never move.
//
// A plan is stable: when files come or go, the number of a sample's copies may change from k to k', but
// copies 1 … min(k, k') keep their names and bytes. It depends on the set of usable samples alone.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tenfold/base/run_shard.h"
#include "tenfold/dataset/catalog.h"
#include "tenfold/recipe/recipe.h"

namespace tenfold {

struct ClassPlan {  // of train, but for the last two
  std::string name;
  std::uint64_t samples = 0;    // usable
  std::uint64_t target = 0;     // images in the output
  std::uint64_t originals = 0;  // kept
  std::uint64_t copies = 0;
  std::uint64_t shortfall = 0;  // target - originals - copies
  std::string reason;           // of the shortfall
  bool raised = false;          // the balance rule asked for less than there is
  std::uint64_t val = 0;        // originals held out
  std::uint64_t test = 0;

  std::uint64_t images() const { return originals + copies; }
  bool operator==(const ClassPlan&) const = default;
};

// What is made of one sample.
struct SamplePlan {
  std::uint32_t sample = 0;       // index into catalog.samples
  std::uint32_t class_index = 0;  // that the images go to: the sample's own, or one that `relabel` names
  bool original = false;
  std::uint32_t copies = 0;  // numbered first_copy … copies
  Split split = Split::kTrain;
  std::uint32_t first_copy = 1;  // more in a part of what is made of it

  // The number of its first job, which is 0 for the original; the last one is `copies`.
  std::uint32_t first_job() const { return original ? 0 : first_copy; }
  std::uint64_t jobs() const { return copies + 1u - first_job(); }
  bool operator==(const SamplePlan&) const = default;
};

struct Plan {
  std::vector<ClassPlan> classes;  // as in the catalog
  // Those with at least one job, by the names of split and class, then by the samples' paths.
  std::vector<SamplePlan> samples;

  std::uint64_t images() const;  // of all splits
  std::uint64_t shortfall() const;
};

// The targets of classes with these counts by the balance rule alone, before raising; 0 for an empty class.
std::vector<std::uint64_t> balanced_targets(std::span<const std::uint64_t> counts,
                                            const ExpandRecipe& expand);

// The samples that a plan is made for.
struct PlannedSamples {
  std::vector<bool> dropped{};  // which are none; empty: all are some
  std::vector<Split> splits{};  // of each; empty: the catalog's
};

// Throws Error{kUsage} where the plan asks for more than kMaxImages.
Plan make_plan(const Catalog& catalog, const Recipe& recipe, const PlannedSamples& planned = {});

// The jobs that one shard makes: of each sample the parts that it has, in order. `classes` stay those of the
// whole plan, which says how many images there are when all shards are merged.
Plan share_of(const Plan& plan, const Catalog& catalog, const RunShard& shard);

// How many jobs the samples of a plan have, by class.
std::vector<std::uint64_t> jobs_by_class(const Plan& plan);

inline constexpr std::uint64_t kMaxImages = 1'000'000'000;

}  // namespace tenfold
