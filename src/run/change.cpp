#include "change.h"

#include <tbb/combinable.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <set>

#include "guards.h"
#include "interruption.h"
#include "layout.h"
#include "outputs.h"
#include "publish.h"
#include "shard_opening.h"
#include "size_estimate.h"
#include "study.h"
#include "summarise.h"
#include "tenfold/base/text.h"

namespace tenfold {

// The names of all files that are there when the run is done: images, and annotations beside them.
NameSet finished_names(const MakeContext& context, const Plan& plan) {
  tbb::combinable<NameSet> parts;
  tbb::parallel_for(std::size_t{0}, plan.samples.size(), [&](std::size_t i) {
    NameSet& part = parts.local();
    for_each_output(context.catalog, context.names, plan.samples[i],
                    [&](const OutputId&, const std::string& name) {
                      if (context.ledger.failed().contains(name)) return;
                      part.add(name);
                      for (const std::string& file : context.annotations.names_of(name)) part.add(file);
                    });
  });
  NameSet names;
  parts.combine_each([&](const NameSet& part) { names.add(part); });
  names.close();
  return names;
}

NameSet existing_names(const OutputState& state) {
  NameSet names;
  for (const auto& [name, record] : state.records)
    if (record.is_image()) names.add(name);
  for (const std::string& name : state.unsure) names.add(name);
  names.close();
  return names;
}

namespace {

// What lies in the output or was made by now, and is not among `wanted`.
std::set<std::string> stale_names(const MakeContext& context, const NameSet& wanted) {
  std::set<std::string> stale;
  const auto collect = [&](const std::string& name) {
    if (!wanted.contains(name)) stale.insert(name);
  };
  for (const auto& [name, record] : context.tree.state().records) collect(name);
  std::ranges::for_each(context.tree.state().unsure, collect);
  context.ledger.for_each_made([&](const std::string& name) {
    collect(name);
    std::ranges::for_each(context.annotations.names_of(name), collect);
  });
  return stale;
}

// Throws where a guard has something to say and nobody forces it.
void obey(const RunOptions& options, const std::optional<std::string>& guard) {
  if (guard && !options.force) throw Refusal(*guard);
}

}  // namespace

// A merge has their recipe, and nothing of theirs was ever published.
void refuse_large_removal(const MakeContext& context, const Removal& removal) {
  if (!context.merges) obey(context.options, large_removal(context.tree.root(), removal));
}

namespace {

// Files that the plan has and the output lacks, less those that go.
Space missing_space(const MakeContext& context, const Plan& plan, const Removal& removal,
                    const std::function<std::uint64_t(const OutputId&)>& bytes_of) {
  const bool packs = context.recipe.output.layout == OutputLayout::kWebdataset && !context.options.shard;
  const Space missing = sum_over<Space>(plan, [&](const SamplePlan& of_sample) {
    Space space;
    for_each_output(context.catalog, context.names, of_sample,
                    [&](const OutputId& output, const std::string& name) {
                      const OutputRecord* record = context.tree.record(name);
                      const bool unpacks = record != nullptr && record->shard > 0 && !packs;
                      if (record == nullptr || unpacks) space += {bytes_of(output), 1};
                      if (packs) space += {bytes_of(output), 0};
                    });
    return space;
  });
  return needed_space(missing, removal, context.tree.root());
}

// Nothing is encoded where the disk would hold even outputs that are many times as large as their sources.
std::optional<std::string> lack_of_space(const MakeContext& context, const Plan& plan,
                                         const Removal& removal) {
  constexpr std::uint64_t kLargest = 32;
  const Space free = free_space(context.tree.root());
  const Space most = missing_space(
      context, plan, removal, [](const OutputId& output) { return kLargest * output.sample.size_bytes; });
  if (!lack_of_space(context.tree.root(), most, free)) return std::nullopt;
  const SizeEstimate estimate(context.jobs, plan);
  const auto bytes_of = [&](const OutputId& output) { return estimate.bytes_of(output); };
  return lack_of_space(context.tree.root(), missing_space(context, plan, removal, bytes_of), free);
}

}  // namespace

void refuse_lack_of_space(const MakeContext& context, const Plan& plan, const Removal& removal) {
  obey(context.options, lack_of_space(context, plan, removal));
}

PlannedSamples good_samples(const MakeContext& context) {
  const Ledger& ledger = context.ledger;
  if (ledger.dropped_count() == context.catalog.samples.size())
    throw Refusal("the input " + context.catalog.sources.in_words() + " has no usable image: " +
                  in_quotes(ledger.late_bad().back().path) + ": " + ledger.late_bad().back().failure.reason);
  Partitioned partitioned = context.partition.of(ledger.dropped());
  refuse_leaks(context.partition, partitioned);
  return std::move(partitioned.samples);
}

namespace {

// Plans and makes until no sample turns out bad any more. Plans are stable, so each round only adds the
// difference.
Plan make_until_all_good(const MakeContext& context, DatasetMaterials& materials) {
  for (;;) {
    study(context.catalog, good_samples(context), context.options, context.ledger, materials);
    const std::uint64_t dropped = context.ledger.dropped_count();
    Plan plan = make_plan(context.catalog, context.recipe, good_samples(context));
    context.ledger.start_round(plan.images());
    make(context, plan);
    context.tree.settle();
    if (context.ledger.dropped_count() == dropped) return plan;
  }
}

void remove_stale(const MakeContext& context, const NameSet& wanted) {
  const std::set<std::string> stale = stale_names(context, wanted);
  // What was made since the last manifest was published is nobody's loss.
  const OutputState& state = context.tree.state();
  const bool loses = state.published && std::ranges::any_of(stale, [&](const std::string& name) {
                       return state.records.contains(name) || state.unsure.contains(name);
                     });
  if (loses) obey(context.options, blind_removal(context.catalog));
  for (const std::string& name : stale) {
    end_if_stopped(context.options);
    context.tree.begin_change();
    context.tree.remove(name);
  }
}

}  // namespace

RunSummary change(const MakeContext& context, DatasetMaterials& materials, const NameSet& existing,
                  const NameSet& wanted, Passes& passes, Observer& observer) {
  OutputTree& tree = context.tree;
  const std::vector<Versions> versions_before = recorded_versions(tree.state());
  tree.take_shards(context.merges);

  // Remove what tenfold wrote and the plan no longer has; first, for a new image may need the place.
  passes("remove", [&] { remove_stale(context, wanted); });

  // Take out of shards what the recipe wants beside each other.
  unpack(context, wanted);

  // Make what is missing; plan again for as long as samples turn out bad, which may leave some too many.
  const Plan plan = passes("make", [&] { return make_until_all_good(context, materials); });
  const NameSet finished = finished_names(context, plan);
  const Removal removal{.images = existing.count_missing_from(finished), .existing = existing.size()};
  refuse_large_removal(context, removal);
  passes("remove", [&] { remove_stale(context, finished); });

  // Publish: the manifest last, for a tree with a manifest is whole.
  RunSummary summary = summarise(context, plan, finished);
  summary.removed = removal.images;
  summary.laid_out = tree.is_finished() &&
                     is_laid_out(context.recipe, context.catalog.classes, context.annotations, tree.state());
  passes("publish", [&] { publish(context, plan, summary, versions_before, observer); });
  summary.times = passes.times();
  return summary;
}

}  // namespace tenfold
