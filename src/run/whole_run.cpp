#include "whole_run.h"

#include <algorithm>

#include "change.h"
#include "guards.h"
#include "interruption.h"
#include "likeness.h"
#include "shard_opening.h"
#include "study.h"
#include "summarise.h"

namespace tenfold {
namespace {

constexpr std::uint64_t kCacheShare = 4;  // one part in so many of the memory is for partners

// Nothing where the recipe has no splits.
LookTexts looks_of(const Recipe& recipe, const Catalog& catalog, const RunOptions& options, Ledger& ledger,
                   const OutputTree& tree) {
  if (!recipe.input.has_splits()) return {};
  return look_at_samples(catalog, options, tree.state().index, ledger);
}

Partition partition_of(const Recipe& recipe, const Catalog& catalog, const RunOptions& options,
                       Ledger& ledger, const LookTexts& looks) {
  if (!recipe.input.has_splits()) return Partition(recipe, catalog, {});
  SourceHashes hashes(catalog.samples.size());
  for (std::uint32_t i = 0; i < hashes.size(); ++i)
    if (const SourceState& source = ledger.source(i); !source.dropped) hashes[i] = source.hash;
  return Partition(recipe, catalog, duplicates_among(catalog, options, hashes, looks));
}

// A shard plans for all samples of the scan, whatever it comes to find out, for others find out other things.
PlannedSamples samples_of_shard(const MakeContext& context, const Needs& needs) {
  PlannedSamples good = good_samples(context);  // which also sees that there are some
  if (decodes_all_before_planning(context.recipe, needs)) return good;
  return context.partition.of(std::vector<bool>(context.catalog.samples.size(), false)).samples;
}

RunSummary summary_of_share(const MakeContext& context, Plan share) {
  const std::vector<std::uint64_t> images = jobs_by_class(share);
  std::erase_if(share.samples,
                [&](const SamplePlan& part) { return context.ledger.source(part.sample).dropped; });
  RunSummary summary = summarise(context, share, finished_names(context, share));
  summary.share = {*context.options.shard, images};
  return summary;
}

// Of what goes wrong while files are made, a repeat makes less.
template <typename Action>
RunSummary continuable(Action&& action) {
  try {
    return action();
  } catch (const Refusal&) {
    throw;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kFailed) throw;
    throw Error(error.kind(), std::string(error.what()) + " (what is made stays, and a repeat continues)");
  }
}

RunSummary change_share(const MakeContext& context, DatasetMaterials& materials, Passes& passes) {
  study(context.catalog, good_samples(context), context.options, context.ledger, materials);
  const Plan plan = make_plan(context.catalog, context.recipe, samples_of_shard(context, materials.needs()));
  const Plan share = share_of(plan, context.catalog, *context.options.shard);
  passes("estimate", [&] { refuse_lack_of_space(context, share, {}); });
  const std::vector<std::uint64_t> images = jobs_by_class(share);
  context.ledger.start_round(std::accumulate(images.begin(), images.end(), std::uint64_t{0}));
  passes("make", [&] {
    make(context, share);
    context.tree.journal().done();
  });
  RunSummary summary = summary_of_share(context, share);
  summary.times = passes.times();
  return summary;
}

RunSummary make_share(const MakeContext& context, DatasetMaterials& materials, Passes& passes) {
  good_samples(context);  // refuses what a repeat would refuse, too
  return continuable([&] { return change_share(context, materials, passes); });
}

RunSummary make_whole(const MakeContext& context, DatasetMaterials& materials, Passes& passes,
                      Observer& observer) {
  OutputTree& tree = context.tree;
  const NameSet existing = existing_names(tree.state());
  const Plan plan = make_plan(context.catalog, context.recipe, good_samples(context));
  const NameSet wanted = finished_names(context, plan);
  const Removal removal = removal_of(tree.state(), wanted);
  refuse_large_removal(context, removal);
  passes("estimate", [&] { refuse_lack_of_space(context, plan, removal); });
  end_if_stopped(context.options);
  return continuable([&] { return change(context, materials, existing, wanted, passes, observer); });
}

}  // namespace

Preparation::Preparation(const Recipe& recipe_, const Catalog& catalog_, const AnnotationFiles& annotations_,
                         const RunOptions& options_)
    : recipe(recipe_),
      catalog(catalog_),
      annotations(annotations_),
      materials(recipe, catalog, options_.memory_bytes / kCacheShare),
      options(options_),
      jobs(recipe, catalog, materials),
      names(catalog, recipe.output, recipe.input.split.has_value(), annotations.any()) {
  if (materials.needs().loads_images()) options.memory_bytes -= options_.memory_bytes / kCacheShare;
}

bool decodes_all_before_planning(const Recipe& recipe, const Needs& needs) {
  return recipe.input.has_splits() || needs.partners || !needs.statistics.empty();
}

RunSummary fill(Preparation& preparation, OutputTree& tree, Passes& passes, Observer& observer) {
  const Recipe& recipe = preparation.recipe;
  const Catalog& catalog = preparation.catalog;
  const RunOptions& options = preparation.options;
  if (!tree.state().intact)
    observer.noted("the manifest was changed after it was written, so all images are made again");
  if (!options.shard && !preparation.merges && !tree.state().run_shards.empty())
    observer.noted("the output holds shards, which this run takes over");
  if (options.shard) open_journal(recipe, catalog, preparation.annotations, *options.shard, tree);
  Ledger ledger(recipe, catalog, tree, options, observer);

  // See which samples are one picture, so that none of train is in val or test.
  const LookTexts looks = passes("look", [&] { return looks_of(recipe, catalog, options, ledger, tree); });
  const Partition partition =
      passes("compare", [&] { return partition_of(recipe, catalog, options, ledger, looks); });
  const MakeContext context{recipe,  catalog, preparation.jobs, preparation.names, preparation.annotations,
                            options, tree,    ledger,           partition,         looks, preparation.merges};
  for (const std::string& note : partition.notes(partition.of(ledger.dropped()).samples))
    observer.noted(note);
  return options.shard ? make_share(context, preparation.materials, passes)
                       : make_whole(context, preparation.materials, passes, observer);
}

}  // namespace tenfold
