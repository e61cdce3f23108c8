#include "tenfold/plan/plan.h"

#include <algorithm>
#include <cmath>

#include "tenfold/base/error.h"
#include "tenfold/base/hash.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

double median(std::vector<std::uint64_t> counts) {
  std::ranges::sort(counts);
  const std::size_t middle = counts.size() / 2;
  if (counts.size() % 2 == 1) return static_cast<double>(counts[middle]);
  return (static_cast<double>(counts[middle - 1]) + static_cast<double>(counts[middle])) / 2;
}

double mean(const std::vector<std::uint64_t>& counts) {
  double sum = 0;
  for (const std::uint64_t count : counts) sum += static_cast<double>(count);
  return sum / static_cast<double>(counts.size());
}

// Half to even, which is the rounding mode in force.
std::uint64_t rounded(double target) {
  if (!(target < static_cast<double>(kMaxImages)))
    throw Error(ErrorKind::kUsage, "the recipe asks for " + shortest(target) +
                                       " images of one class, more than the " + grouped(kMaxImages) +
                                       " that a run can make; lower factor or target");
  return static_cast<std::uint64_t>(std::nearbyint(target));
}

// Sample indices of one class in the order of a keyed hash of their paths.
std::vector<std::uint32_t> by_keyed_hash(const Catalog& catalog, std::vector<std::uint32_t> samples,
                                         const std::string& purpose, std::uint64_t seed) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keyed;
  keyed.reserve(samples.size());
  for (const std::uint32_t sample : samples)
    keyed.emplace_back(hash64(purpose + catalog.samples[sample].path, seed), sample);
  std::ranges::sort(keyed);
  std::ranges::transform(keyed, samples.begin(), [](const auto& entry) { return entry.second; });
  return samples;
}

void set_shortfall(ClassPlan& plan, const Recipe& recipe, std::uint64_t sources) {
  plan.shortfall = plan.target - plan.images();
  if (plan.shortfall == 0) return;
  if (sources == 0) {
    plan.reason = "the class has no usable image";
  } else if (recipe.augment_of(plan.name).empty()) {
    plan.reason = "the class has no augment, so no copies can be made";
  } else {
    plan.reason = "max_copies " + std::to_string(*recipe.expand.max_copies) + " of each of " +
                  counted(sources, "sample");
  }
}

void sort_by_path(const Catalog& catalog, std::span<SamplePlan> plans) {
  std::ranges::sort(plans, [&](const SamplePlan& a, const SamplePlan& b) {
    return catalog.samples[a.sample].path < catalog.samples[b.sample].path;
  });
}

// Plans one class and appends what is made for it, in the catalog's order. `related` are samples of other
// classes that can be turned into this one.
void plan_class(const Catalog& catalog, const Recipe& recipe, std::uint32_t class_index,
                std::vector<std::uint32_t> members, const std::vector<std::uint32_t>& related,
                ClassPlan& plan, std::vector<SamplePlan>& jobs) {
  plan.samples = members.size();
  if (plan.target < plan.samples) {
    if (recipe.expand.undersample) {
      members = by_keyed_hash(catalog, std::move(members), "stay/", recipe.seed);
      members.resize(plan.target);
    } else if (plan.samples > 0) {
      plan.target = plan.samples;
      plan.raised = true;
    }
  }
  const bool keep_originals = recipe.output.originals != Originals::kOmit;
  plan.originals = keep_originals ? members.size() : 0;
  members.insert(members.end(), related.begin(), related.end());
  std::uint64_t copies =
      members.empty() || recipe.augment_of(plan.name).empty() ? 0 : plan.target - plan.originals;
  const auto& most = recipe.expand.max_copies;
  if (most && !members.empty() && copies / members.size() >= *most) copies = *most * members.size();
  plan.copies = copies;
  set_shortfall(plan, recipe, members.size());
  if (members.empty()) return;

  const std::uint64_t each = copies / members.size(), odd = copies % members.size();
  const std::vector<std::uint32_t> order = by_keyed_hash(catalog, std::move(members), "spread/", recipe.seed);
  const std::size_t begin = jobs.size();
  for (std::size_t i = 0; i < order.size(); ++i) {
    const bool own = catalog.samples[order[i]].class_index == class_index;
    const SamplePlan sample{.sample = order[i],
                            .class_index = class_index,
                            .original = own && keep_originals,
                            .copies = static_cast<std::uint32_t>(each + (i < odd ? 1 : 0))};
    if (sample.jobs() > 0) jobs.push_back(sample);
  }
  sort_by_path(catalog, std::span(jobs).subspan(begin));
}

}  // namespace

std::uint64_t Plan::images() const {
  std::uint64_t sum = 0;
  for (const ClassPlan& plan : classes) sum += plan.images() + plan.val + plan.test;
  return sum;
}

std::uint64_t Plan::shortfall() const {
  std::uint64_t sum = 0;
  for (const ClassPlan& plan : classes) sum += plan.shortfall;
  return sum;
}

std::vector<std::uint64_t> balanced_targets(std::span<const std::uint64_t> counts,
                                            const ExpandRecipe& expand) {
  std::vector<std::uint64_t> present;
  std::ranges::copy_if(counts, std::back_inserter(present), [](std::uint64_t count) { return count > 0; });
  std::vector<std::uint64_t> targets(counts.size(), 0);
  if (present.empty()) return targets;
  const auto largest = static_cast<double>(std::ranges::max(present));

  const auto target_of = [&](double count) {
    switch (expand.balance.rule) {
      case BalanceRule::kNone:
        return expand.factor * count;
      case BalanceRule::kMajority:
        return expand.factor * largest;
      case BalanceRule::kMedian:
        return expand.factor * median(present);
      case BalanceRule::kMean:
        return expand.factor * mean(present);
      case BalanceRule::kTo:
        return expand.balance.value;
      case BalanceRule::kPower:
        return expand.factor * largest * std::pow(count / largest, expand.balance.value);
    }
    return count;
  };
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0) targets[i] = rounded(target_of(static_cast<double>(counts[i])));
  return targets;
}

namespace {

// The samples that `relabel` turns into each class.
std::vector<std::vector<std::uint32_t>> related_samples(
    const Catalog& catalog, const Recipe& recipe, const std::vector<std::vector<std::uint32_t>>& members) {
  std::vector<std::vector<std::uint32_t>> related(members.size());
  for (const Relabeling& relabeling : recipe.relabel) {
    const auto from = catalog.class_index(relabeling.from), to = catalog.class_index(relabeling.to);
    if (!from || !to) continue;
    related[*to].insert(related[*to].end(), members[*from].begin(), members[*from].end());
  }
  return related;
}

}  // namespace

namespace {

using Members = std::vector<std::vector<std::uint32_t>>;  // samples by class

Members members_of(const Catalog& catalog, const PlannedSamples& planned, Split split) {
  Members members(catalog.classes.size());
  for (std::uint32_t i = 0; i < catalog.samples.size(); ++i) {
    if (!planned.dropped.empty() && planned.dropped[i]) continue;
    const Split own = planned.splits.empty() ? catalog.samples[i].split : planned.splits[i];
    if (own == split) members[catalog.samples[i].class_index].push_back(i);
  }
  return members;
}

void plan_train(const Catalog& catalog, const Recipe& recipe, Members members, Plan& plan) {
  std::vector<std::uint64_t> counts;
  for (const auto& samples : members) counts.push_back(samples.size());
  const std::vector<std::uint64_t> targets = balanced_targets(counts, recipe.expand);
  const Members related = related_samples(catalog, recipe, members);
  for (std::uint32_t i = 0; i < catalog.classes.size(); ++i) {
    ClassPlan& of_class = plan.classes[i];
    of_class.target = targets[i];
    const auto exception = recipe.classes.find(of_class.name);
    if (exception != recipe.classes.end() && exception->second.target)
      of_class.target = rounded(static_cast<double>(*exception->second.target));
    plan_class(catalog, recipe, i, std::move(members[i]), related[i], of_class, plan.samples);
  }
}

// Originals, and nothing else.
void plan_held_out(const Catalog& catalog, const Members& members, Split split, Plan& plan) {
  for (std::uint32_t i = 0; i < members.size(); ++i) {
    const std::size_t begin = plan.samples.size();
    for (const std::uint32_t sample : members[i])
      plan.samples.push_back({.sample = sample, .class_index = i, .original = true, .split = split});
    sort_by_path(catalog, std::span(plan.samples).subspan(begin));
    (split == Split::kVal ? plan.classes[i].val : plan.classes[i].test) = members[i].size();
  }
}

}  // namespace

Plan make_plan(const Catalog& catalog, const Recipe& recipe, const PlannedSamples& planned) {
  Plan plan;
  for (const std::string& name : catalog.classes) plan.classes.push_back({.name = name});
  plan_held_out(catalog, members_of(catalog, planned, Split::kTest), Split::kTest, plan);
  plan_train(catalog, recipe, members_of(catalog, planned, Split::kTrain), plan);
  plan_held_out(catalog, members_of(catalog, planned, Split::kVal), Split::kVal, plan);
  if (plan.images() > kMaxImages)
    throw Error(ErrorKind::kUsage, "the plan comes to " + grouped(plan.images()) + " images, more than the " +
                                       grouped(kMaxImages) + " that a run can make; lower factor or targets");
  return plan;
}

}  // namespace tenfold
