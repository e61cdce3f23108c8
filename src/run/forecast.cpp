#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_reduce.h>

#include <algorithm>
#include <atomic>
#include <opencv2/core/utility.hpp>

#include "guards.h"
#include "idle_copies.h"
#include "outputs.h"
#include "passes.h"
#include "remembered.h"
#include "size_estimate.h"
#include "study.h"
#include "survey.h"
#include "tenfold/base/text.h"
#include "tenfold/plan/job.h"
#include "tenfold/plan/label_safety.h"
#include "tenfold/plan/output_names.h"
#include "tenfold/run/run.h"
#include "tenfold/store/output_lock.h"

namespace tenfold {
namespace {

constexpr std::size_t kRenamedShown = 10;

IdleCopies idle_copies(const Jobs& jobs, const SamplePlan& plan) {
  IdleCounter counter;
  if (jobs.recipe().turns_down_idle_copies()) return {};
  OutputId output{jobs.catalog().samples[plan.sample], plan.class_index};
  for (output.copy = 1; output.copy <= plan.copies; ++output.copy) {
    const Job job = jobs.draw(output);
    counter.count(job, output.sample, jobs.fingerprint(job, Hash128{}));
  }
  return counter.copies();
}

IdleCopies idle_copies(const Jobs& jobs, const Plan& plan) {
  return tbb::parallel_reduce(
      tbb::blocked_range<std::size_t>(0, plan.samples.size()), IdleCopies{},
      [&](const auto& range, IdleCopies copies) {
        for (std::size_t i = range.begin(); i != range.end(); ++i)
          copies += idle_copies(jobs, plan.samples[i]);
        return copies;
      },
      [](IdleCopies a, const IdleCopies& b) { return a += b; });
}

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

// With zeros where there was no need to know.
SourceHashes hashes_of(const Catalog& catalog, const OutputState& state, bool rehash) {
  if (state.names().empty() && state.bad.empty()) return SourceHashes(catalog.samples.size(), Hash128{});
  return known_hashes(catalog, state, rehash);
}

std::vector<bool> dropped_of(const SourceHashes& hashes) {
  std::vector<bool> dropped(hashes.size());
  for (std::size_t i = 0; i < hashes.size(); ++i) dropped[i] = !hashes[i];
  return dropped;
}

// What of the output is kept, made, remade and removed.
void compare(const Jobs& jobs, const OutputNames& names, const OutputState& state, const SourceHashes& hashes,
             bool remake, Forecast& forecast) {
  const std::filesystem::path& root = jobs.recipe().output.root;
  const auto is_kept = [&](const OutputId& output, const std::string& name, const Hash128& source) {
    const auto record = state.records.find(name);
    return !remake && record != state.records.end() &&
           is_as_planned(jobs, output, jobs.draw(output), source, record->second, root / name);
  };
  std::atomic<std::uint64_t> made = 0, kept = 0, remade = 0;
  tbb::parallel_for(std::size_t{0}, forecast.plan.samples.size(), [&](std::size_t i) {
    const SamplePlan& plan = forecast.plan.samples[i];
    for_each_output(jobs.catalog(), names, plan, [&](const OutputId& output, const std::string& name) {
      if (!state.records.contains(name) && !state.unsure.contains(name))
        ++made;
      else
        ++(is_kept(output, name, hashes[plan.sample].value_or(Hash128{})) ? kept : remade);
    });
  });
  forecast.made = made;
  forecast.kept = kept;
  forecast.remade = remade;
}

// What goes, and what a run would refuse to do.
void look_ahead(const Jobs& jobs, const OutputNames& names, const OutputState& state, Forecast& forecast) {
  const std::filesystem::path& root = jobs.recipe().output.root;
  const SizeEstimate estimate(jobs, forecast.plan);
  NameSet wanted;
  double bytes = 0, missing_bytes = 0;
  for_each_output(jobs.catalog(), names, forecast.plan, [&](const OutputId& output, const std::string& name) {
    wanted.add(name);
    bytes += estimate.bytes_of(output);
    if (!state.records.contains(name)) missing_bytes += estimate.bytes_of(output);
  });
  wanted.close();
  forecast.estimated_bytes = static_cast<std::uint64_t>(bytes);
  forecast.removed = count_stale(state.names(), wanted);
  const Space missing{static_cast<std::uint64_t>(missing_bytes), forecast.made};
  for (const auto& refusal :
       {large_removal(root, state.names(), wanted),
        forecast.removed > 0 ? blind_removal(forecast.catalog) : std::nullopt,
        lack_of_space(root, needed_space(missing, state, wanted, root), free_space(root))})
    if (refusal) forecast.refusals.push_back(*refusal);
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

void find_renamed(const Catalog& catalog, const OutputNames& names, Forecast& forecast) {
  for_each_output(catalog, names, forecast.plan, [&](const OutputId& output, const std::string& name) {
    if (!names.gave_way(output)) return;
    ++forecast.renamed_count;
    if (forecast.renamed.size() < kRenamedShown) forecast.renamed.push_back(name);
  });
}

}  // namespace

bool Forecast::has_findings() const { return !catalog.bad.empty() || plan.shortfall() > 0; }

Forecast forecast(const Recipe& recipe, const RunOptions& options, Observer& observer) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(options.jobs));
  cv::setNumThreads(1);  // parallelism is across images
  refuse_overlap(recipe.input.root, recipe.output.root);
  Passes passes(observer);
  Forecast forecast;
  forecast.catalog = survey(recipe, passes, observer);
  const Catalog& catalog = forecast.catalog;
  // A run that is at work makes files that were not known when the journal was read.
  refuse_if_in_use(recipe.output.root);
  const OutputState state = passes("read output", [&] { return read_output(recipe.output.root); });
  refuse_if_in_use(recipe.output.root);
  refuse_foreign(state, recipe.output.root);
  SourceHashes hashes = passes("hash", [&] { return hashes_of(catalog, state, options.rehash); });
  forecast.plan = passes("plan", [&] { return make_plan(catalog, recipe, dropped_of(hashes)); });
  DatasetMaterials materials(recipe, catalog, 0);
  passes("study", [&] { study(catalog, options, hashes, materials); });
  const Jobs jobs(recipe, catalog, materials);
  const IdleCopies idle = passes("draw", [&] { return idle_copies(jobs, forecast.plan); });
  forecast.idle_copies = idle.unchanged;
  forecast.equal_copies = idle.equal;
  const OutputNames names(catalog, recipe.output);
  passes("name", [&] { find_renamed(catalog, names, forecast); });
  passes("compare", [&] { compare(jobs, names, state, hashes, options.remake, forecast); });
  passes("estimate", [&] { look_ahead(jobs, names, state, forecast); });
  forecast.notes = notes_on(recipe, materials.needs(), forecast.plan);
  forecast.warnings = label_warnings(recipe, catalog.classes);
  add_bad(catalog, state, hashes, forecast);
  forecast.times = passes.times();
  return forecast;
}

}  // namespace tenfold
