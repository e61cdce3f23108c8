#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_reduce.h>

#include <algorithm>

#include "idle_copies.h"
#include "passes.h"
#include "study.h"
#include "survey.h"
#include "tenfold/base/text.h"
#include "tenfold/plan/job.h"
#include "tenfold/plan/label_safety.h"
#include "tenfold/plan/output_names.h"
#include "tenfold/run/run.h"

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

}  // namespace

namespace {

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

}  // namespace

bool Forecast::has_findings() const { return !catalog.bad.empty() || plan.shortfall() > 0; }

Forecast forecast(const Recipe& recipe, const RunOptions& options, Observer& observer) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(options.jobs));
  refuse_overlap(recipe.input.root, recipe.output.root);
  Passes passes(observer);
  Forecast forecast;
  forecast.catalog = survey(recipe, passes, observer);
  const Catalog& catalog = forecast.catalog;
  forecast.plan = passes("plan", [&] { return make_plan(catalog, recipe); });
  DatasetMaterials materials(recipe, catalog, 0);
  passes("study", [&] { study(catalog, options, materials); });
  const Jobs jobs(recipe, catalog, materials);
  const IdleCopies idle = passes("draw", [&] { return idle_copies(jobs, forecast.plan); });
  forecast.idle_copies = idle.unchanged;
  forecast.equal_copies = idle.equal;

  passes("name", [&] {
    const OutputNames names(catalog, recipe.output);
    for (const SamplePlan& plan : forecast.plan.samples) {
      const Sample& sample = catalog.samples[plan.sample];
      forecast.estimated_bytes += sample.size_bytes * plan.jobs();
      OutputId output{sample, plan.class_index};
      for (output.copy = plan.original ? 0 : 1; output.copy <= plan.copies; ++output.copy) {
        if (!names.gave_way(output)) continue;
        ++forecast.renamed_count;
        if (forecast.renamed.size() < kRenamedShown) forecast.renamed.push_back(names.of(output));
      }
    }
  });
  forecast.notes = notes_on(recipe, materials.needs(), forecast.plan);
  forecast.warnings = label_warnings(recipe, catalog.classes);
  forecast.times = passes.times();
  return forecast;
}

}  // namespace tenfold
