#include <tbb/global_control.h>

#include <algorithm>

#include "annotation_files.h"
#include "draft.h"
#include "guards.h"
#include "idle_copies.h"
#include "layout.h"
#include "outputs.h"
#include "passes.h"
#include "size_estimate.h"
#include "survey.h"
#include "tenfold/base/text.h"
#include "tenfold/image/opencv_threads.h"
#include "tenfold/plan/job.h"
#include "tenfold/plan/label_safety.h"
#include "tenfold/plan/output_names.h"
#include "tenfold/run/run.h"
#include "tenfold/store/output_lock.h"
#include "whole_run.h"

namespace tenfold {
namespace {

constexpr std::size_t kRenamedShown = 10;

std::vector<std::string> notes_on(const Recipe& recipe, const Needs& needs, const Plan& plan) {
  std::vector<std::string> notes;
  for (const ClassPlan& of_class : plan.classes)
    if (of_class.samples == 1 && of_class.copies > 0 && needs_of(recipe.augment_of(of_class.name)).partners)
      notes.push_back("class " + in_quotes(of_class.name) +
                      " has one image, so there is no other to mix in; `partner: any` would find some");
  if (!needs.statistics.empty())
    notes.push_back(
        "a transform uses statistics of the dataset: one image more or less makes every output that it "
        "touches again");
  for (const Relabeling& one : recipe.relabel)
    notes.push_back(in_quotes(one.transform) + " turns " + in_quotes(one.from) + " into " +
                    in_quotes(one.to) + ": it is always on for copies of " + in_quotes(one.to) +
                    " that come from " + in_quotes(one.from) +
                    ", never for copies that stay what they are; its p is not used there");
  return notes;
}

// What a plan's outputs come to, beside what lies there.
struct Outlook {
  std::uint64_t made = 0, kept = 0, remade = 0;
  std::uint64_t bytes = 0, missing_bytes = 0;  // of all outputs, and of those without a record
  std::uint64_t recorded_bytes = 0;            // by records of what is in the plan
  IdleCopies idle;
  std::vector<std::string> renamed;  // the first ones
  std::uint64_t renamed_count = 0;

  Outlook& operator+=(const Outlook& next) {
    made += next.made;
    kept += next.kept;
    remade += next.remade;
    bytes += next.bytes;
    missing_bytes += next.missing_bytes;
    recorded_bytes += next.recorded_bytes;
    idle += next.idle;
    const std::size_t room = std::min(kRenamedShown - renamed.size(), next.renamed.size());
    renamed.insert(renamed.end(), next.renamed.begin(),
                   next.renamed.begin() + static_cast<std::ptrdiff_t>(room));
    renamed_count += next.renamed_count;
    return *this;
  }
};

struct OutlookContext {
  const Jobs& jobs;
  const OutputNames& names;
  const AnnotationFiles& annotations;
  const OutputState& state;
  const SizeEstimate& estimate;
  bool remake = false;

  Outlook of(const SamplePlan& plan, const Hash128& source) const;
};

// Names and draws each output once.
Outlook OutlookContext::of(const SamplePlan& plan, const Hash128& source) const {
  const auto record_of = [&](const std::string& name) {
    const auto found = state.records.find(name);
    return found != state.records.end() ? std::optional(found->second) : std::nullopt;
  };
  const bool counts_idle = !jobs.recipe().turns_down_idle_copies();
  Outlook outlook;
  IdleCounter idle;
  for_each_output(jobs.catalog(), names, plan, [&](const OutputId& output, const std::string& name) {
    const auto record = state.records.find(name);
    const bool recorded = record != state.records.end();
    const std::uint64_t bytes = estimate.bytes_of(output);
    outlook.bytes += bytes;
    (recorded ? outlook.recorded_bytes : outlook.missing_bytes) += recorded ? record->second.bytes : bytes;
    if (names.gave_way(output)) {
      ++outlook.renamed_count;
      if (outlook.renamed.size() < kRenamedShown) outlook.renamed.push_back(name);
    }
    const Job job = jobs.draw(output);
    if (counts_idle && output.copy > 0) idle.count(job, output.sample, jobs.fingerprint(job, source));
    if (!recorded && !state.unsure.contains(name))
      ++outlook.made;
    else if (recorded && !remake &&
             is_as_planned(jobs, output, job, source, record->second, jobs.recipe().output.root / name) &&
             annotations.lie_beside(name, output.sample, record->second.fingerprint, record_of))
      ++outlook.kept;
    else
      ++outlook.remade;
  });
  outlook.idle = idle.copies();
  return outlook;
}

// What goes when the output becomes what a plan of this outlook says.
Removal removal_of(const OutlookContext& context, const Outlook& outlook) {
  Removal removal{.existing = context.state.images()};
  if (context.annotations.count() > 0)  // of some that are unsure
    removal.existing -=
        static_cast<std::uint64_t>(std::ranges::count_if(context.state.unsure, [](const std::string& name) {
          return !name.starts_with(OutputNames::kImages);
        }));
  removal.images = removal.existing - outlook.kept - outlook.remade;
  for (const auto& [name, record] : context.state.records)
    if (record.is_image()) removal.bytes += record.bytes;
  removal.bytes -= outlook.recorded_bytes;
  return removal;
}

// What would be done, and what a run would refuse to do. `ahead` is the forecast's plan, or what a shard has
// of it.
void look_ahead(const OutlookContext& context, const SourceHashes& hashes, const Plan& ahead,
                Forecast& forecast) {
  Outlook outlook = sum_over<Outlook>(ahead, [&](const SamplePlan& plan) {
    return context.of(plan, hashes[plan.sample].value_or(Hash128{}));
  });
  forecast.made = outlook.made;
  forecast.kept = outlook.kept;
  forecast.remade = outlook.remade;
  forecast.estimated_bytes = outlook.bytes;
  forecast.idle_copies = outlook.idle.unchanged;
  forecast.equal_copies = outlook.idle.equal;
  forecast.renamed = std::move(outlook.renamed);
  forecast.renamed_count = outlook.renamed_count;

  const Removal removal = forecast.share ? Removal{} : removal_of(context, outlook);  // shards remove nothing
  forecast.removed = removal.images;
  const std::filesystem::path& root = context.jobs.recipe().output.root;
  const bool packs = context.jobs.recipe().output.layout == OutputLayout::kWebdataset &&
                     !forecast.share;  // while all lie there loose
  const std::uint64_t shard_bytes = packs ? outlook.bytes : 0;
  const Space needed = needed_space({outlook.missing_bytes + shard_bytes, outlook.made}, removal, root);
  for (const auto& refusal :
       {large_removal(root, removal), removal.images > 0 ? blind_removal(forecast.catalog) : std::nullopt,
        lack_of_space(root, needed, free_space(root))})
    if (refusal) forecast.refusals.push_back(*refusal);
}

// The jobs to look at: the forecast's plan, or what a shard has of the one that all shards work on.
Plan plan_ahead(const Recipe& recipe, const Draft& draft, const RunOptions& options, Forecast& forecast) {
  if (!options.shard) return forecast.plan;
  if (!decodes_all_before_planning(recipe, draft.materials->needs())) {
    const std::vector<bool> none_dropped(forecast.catalog.samples.size(), false);
    forecast.plan = make_plan(forecast.catalog, recipe, draft.partition.of(none_dropped).samples);
  }
  Plan share = share_of(forecast.plan, forecast.catalog, *options.shard);
  forecast.share = {*options.shard, jobs_by_class(share)};
  return share;
}

// Those that were known to be bad, or cannot be read now.
void add_bad(const Catalog& catalog, const OutputState& state, const SourceHashes& hashes,
             Forecast& forecast) {
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    if (hashes[i]) continue;
    const std::string& path = catalog.samples[i].path;
    const auto known = state.bad.find(path);
    const std::string reason = known != state.bad.end() ? known->second.reason : "cannot be read";
    forecast.catalog.bad.push_back({.path = path, .failure = {Stage::kDecode, reason}});
  }
  std::ranges::sort(forecast.catalog.bad, {}, &BadFile::path);
}

}  // namespace

bool Forecast::has_findings() const { return !catalog.bad.empty() || !leaks.empty() || plan.shortfall() > 0; }

Forecast forecast(const Recipe& recipe, const RunOptions& options, Observer& observer) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(options.jobs));
  use_one_opencv_thread();
  refuse_overlap(recipe.input.roots, recipe.output.root);
  Passes passes(observer);
  Forecast forecast;
  AnnotationFiles annotations(recipe);
  forecast.catalog = survey(recipe, passes, observer, annotations, options.rehash);
  const Catalog& catalog = forecast.catalog;
  // A run that is at work makes files that were not known when the journal was read.
  refuse_if_in_use(recipe.output.root, options.shard);
  const OutputState state =
      passes("read output", [&] { return read_output(recipe.output.root, options.shard); });
  refuse_if_in_use(recipe.output.root, options.shard);
  refuse_foreign(state, recipe.output.root);
  Draft draft = make_draft(recipe, catalog, state, options, 0, passes);
  forecast.leaks = std::move(draft.partitioned.leaks);
  forecast.plan = std::move(draft.plan);
  const Jobs jobs(recipe, catalog, *draft.materials);
  const Plan ahead = plan_ahead(recipe, draft, options, forecast);
  const OutputNames names = passes("name", [&] {
    return OutputNames(catalog, recipe.output, recipe.input.split.has_value(), annotations.any());
  });
  const SizeEstimate estimate = passes("estimate", [&] { return SizeEstimate(jobs, ahead); });
  passes("compare", [&] {
    look_ahead({jobs, names, annotations, state, estimate, options.remake}, draft.hashes, ahead, forecast);
  });
  if (options.shard)
    if (const auto refusal = refusal_of_shard(state, recipe.output.root, *options.shard))
      forecast.refusals.insert(forecast.refusals.begin(), *refusal);
  forecast.laid_out = state.finished && is_laid_out(recipe, catalog.classes, annotations, state);
  forecast.notes = notes_on(recipe, draft.materials->needs(), forecast.plan);
  std::ranges::move(draft.partition.notes(draft.partitioned.samples), std::back_inserter(forecast.notes));
  forecast.warnings = label_warnings(recipe, catalog.classes);
  add_bad(catalog, state, draft.hashes, forecast);
  forecast.times = passes.times();
  return forecast;
}

}  // namespace tenfold
