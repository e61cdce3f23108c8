#include "tenfold/run/run.h"

#include <tbb/combinable.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <opencv2/core/utility.hpp>
#include <set>

#include "guards.h"
#include "interruption.h"
#include "layout.h"
#include "ledger.h"
#include "likeness.h"
#include "make.h"
#include "name_set.h"
#include "outputs.h"
#include "passes.h"
#include "publish.h"
#include "size_estimate.h"
#include "study.h"
#include "survey.h"
#include "tenfold/base/error.h"
#include "tenfold/base/text.h"
#include "tenfold/plan/job.h"
#include "train_sums.h"

namespace tenfold {
namespace {

constexpr std::uint64_t kCacheShare = 4;  // one part in so many of the memory is for partners

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

// A repeat would be refused, too.
class Refusal : public Error {
 public:
  explicit Refusal(const std::string& sentence) : Error(ErrorKind::kFailed, sentence) {}
};

// Throws where a guard has something to say and nobody forces it.
void obey(const RunOptions& options, const std::optional<std::string>& guard) {
  if (guard && !options.force) throw Refusal(*guard);
}

// Files that the plan has and the output lacks, less those that go.
Space missing_space(const MakeContext& context, const Plan& plan, const Removal& removal,
                    const std::function<std::uint64_t(const OutputId&)>& bytes_of) {
  const bool packs = context.recipe.output.layout == OutputLayout::kWebdataset;
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

// Those that are usable, with their splits.
PlannedSamples good_samples(const MakeContext& context) {
  const Ledger& ledger = context.ledger;
  if (ledger.dropped_count() == context.catalog.samples.size())
    throw Refusal("the input " + context.catalog.sources.in_words() + " has no usable image: " +
                  in_quotes(ledger.late_bad().back().path) + ": " + ledger.late_bad().back().failure.reason);
  Partitioned partitioned = context.partition.of(ledger.dropped());
  refuse_leaks(context.partition, partitioned);
  return std::move(partitioned.samples);
}

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

// A failed output is missing from its class.
void take_off_failures(RunSummary& summary, const MakeContext& context, const Plan& plan) {
  for_each_output(context.catalog, context.names, plan, [&](const OutputId& output, const std::string& name) {
    const auto failed = context.ledger.failed().find(name);
    if (failed == context.ledger.failed().end()) return;
    ClassPlan& of_class = summary.classes[output.class_index];
    if (output.split != Split::kTrain)
      --(output.split == Split::kVal ? of_class.val : of_class.test);
    else
      --(output.copy == 0 ? of_class.originals : of_class.copies);
    ++of_class.shortfall;
    if (of_class.reason.empty()) of_class.reason = in_quotes(name) + ": " + failed->second.reason;
    summary.failed.push_back({name, failed->second});
  });
}

// How often the quality gate turned down a copy, and why.
void add_refusals(RunSummary& summary, const MakeContext& context, const Plan& plan) {
  for_each_output(context.catalog, context.names, plan, [&](const OutputId&, const std::string& name) {
    const std::vector<std::string>& refused = context.ledger.refusals_of(name);
    for (const std::string& reason : refused) ++summary.refused[reason];
    if (refused.size() > kMaxRefusals) summary.refused_kept.push_back(name);
  });
}

TrainStatistics statistics_of(const MakeContext& context, const Plan& plan) {
  const auto of_plan = sum_over<TrainSums>(plan, [&](const SamplePlan& of_sample) {
    TrainSums sums;
    if (of_sample.split != Split::kTrain) return sums;
    for_each_output(context.catalog, context.names, of_sample,
                    [&](const OutputId& output, const std::string& name) {
                      const auto record = context.ledger.output(name);
                      if (record && !context.ledger.failed().contains(name))
                        sums.add(*record, output.class_index);
                    });
    return sums;
  });
  return of_plan.statistics(context.catalog.classes);
}

RunSummary summarise(const MakeContext& context, const Plan& plan, const NameSet& names) {
  RunSummary summary;
  summary.classes = plan.classes;
  if (!context.ledger.failed().empty()) take_off_failures(summary, context, plan);
  summary.bad = context.catalog.bad;
  summary.bad.insert(summary.bad.end(), context.ledger.late_bad().begin(), context.ledger.late_bad().end());
  std::ranges::sort(summary.bad, {}, &BadFile::path);
  summary.ignored = context.catalog.ignored;
  summary.leaks = context.partition.of(context.ledger.dropped()).leaks;
  for (const Sample& sample : context.catalog.samples) {
    summary.misnamed += sample.misnamed ? 1 : 0;
    summary.several_images += sample.header.several_images ? 1 : 0;
  }
  context.ledger.for_each_made(
      [&](const std::string& name) { summary.made += names.contains(name) ? 1 : 0; });
  summary.kept = names.size() / (1 + context.annotations.count()) - summary.made;
  summary.idle_copies = context.ledger.idle_copies().unchanged;
  summary.equal_copies = context.ledger.idle_copies().equal;
  summary.bytes_written = context.ledger.bytes_written();
  if (context.recipe.accept) add_refusals(summary, context, plan);
  summary.statistics = statistics_of(context, plan);
  return summary;
}

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

// The passes that write. `existing` is what lay there, `wanted` what the first plan has.
RunSummary change(const MakeContext& context, DatasetMaterials& materials, const NameSet& existing,
                  const NameSet& wanted, Passes& passes, Observer& observer) {
  OutputTree& tree = context.tree;
  const std::string description_before = tree.state().description;

  // Remove what tenfold wrote and the plan no longer has; first, for a new image may need the place.
  passes("remove", [&] { remove_stale(context, wanted); });

  // Take out of shards what the recipe wants beside each other.
  unpack(context, wanted);

  // Make what is missing; plan again for as long as samples turn out bad, which may leave some too many.
  const Plan plan = passes("make", [&] { return make_until_all_good(context, materials); });
  const NameSet finished = finished_names(context, plan);
  const Removal removal{.images = existing.count_missing_from(finished), .existing = existing.size()};
  obey(context.options, large_removal(tree.root(), removal));
  passes("remove", [&] { remove_stale(context, finished); });

  // Publish: the manifest last, for a tree with a manifest is whole.
  RunSummary summary = summarise(context, plan, finished);
  summary.removed = removal.images;
  summary.laid_out = tree.is_finished() &&
                     is_laid_out(context.recipe, context.catalog.classes, context.annotations, tree.state());
  passes("publish", [&] { publish(context, plan, summary, description_before, observer); });
  summary.times = passes.times();
  return summary;
}

}  // namespace

bool RunSummary::has_findings() const {
  return !bad.empty() || !failed.empty() || !leaks.empty() || !refused_kept.empty() ||
         std::ranges::any_of(classes, [](const ClassPlan& plan) { return plan.shortfall > 0; });
}

RunSummary run(const Recipe& recipe, const RunOptions& options, Observer& observer) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(options.jobs));
  cv::setNumThreads(1);  // parallelism is across images
  refuse_overlap(recipe.input.roots, recipe.output.root);
  Passes passes(observer);

  // Read headers, and see that there is something to do.
  AnnotationFiles annotations(recipe);
  const Catalog catalog = survey(recipe, passes, observer, annotations, options.rehash);

  // Read the images of reference, if there are any.
  const std::uint64_t cache_bytes = options.memory_bytes / kCacheShare;
  DatasetMaterials materials(recipe, catalog, cache_bytes);
  RunOptions making = options;
  if (materials.needs().loads_images()) making.memory_bytes -= cache_bytes;
  const Jobs jobs(recipe, catalog, materials);

  // Plan, so that what cannot be planned is said before anything is written.
  const OutputNames names(catalog, recipe.output, recipe.input.split.has_value(), annotations.any());
  passes("plan", [&] { make_plan(catalog, recipe); });
  end_if_stopped(options);

  // Lock the output and take stock of what lies there.
  observer.output_opens();
  OutputTree tree = passes("open output", [&] { return OutputTree(recipe.output.root); });
  if (!tree.state().intact)
    observer.noted("the manifest was changed after it was written, so all images are made again");
  Ledger ledger(recipe, catalog, tree, options, observer);

  // See which samples are one picture, so that none of train is in val or test.
  const LookTexts looks = passes("look", [&] { return looks_of(recipe, catalog, options, ledger, tree); });
  const Partition partition =
      passes("compare", [&] { return partition_of(recipe, catalog, options, ledger, looks); });
  const MakeContext context{recipe, catalog, jobs,   names,     annotations,
                            making, tree,    ledger, partition, looks};
  for (const std::string& note : partition.notes(partition.of(ledger.dropped()).samples))
    observer.noted(note);
  const NameSet existing = existing_names(tree.state());
  const Plan plan = make_plan(catalog, recipe, good_samples(context));
  const NameSet wanted = finished_names(context, plan);
  const Removal removal = removal_of(tree.state(), wanted);
  obey(options, large_removal(tree.root(), removal));
  passes("estimate", [&] { obey(options, lack_of_space(context, plan, removal)); });

  end_if_stopped(options);
  try {
    return change(context, materials, existing, wanted, passes, observer);
  } catch (const Refusal&) {
    throw;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kFailed) throw;
    throw Error(error.kind(), std::string(error.what()) + " (what is made stays, and a repeat continues)");
  }
}

}  // namespace tenfold
