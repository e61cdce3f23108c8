#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_reduce.h>

#include <algorithm>

#include "idle_copies.h"
#include "passes.h"
#include "survey.h"
#include "tenfold/plan/job.h"
#include "tenfold/plan/output_names.h"
#include "tenfold/run/run.h"

namespace tenfold {
namespace {

constexpr std::size_t kRenamedShown = 10;

IdleCopies idle_copies(const Recipe& recipe, const Catalog& catalog, const SamplePlan& plan) {
  IdleCounter counter;
  const Sample& sample = catalog.samples[plan.sample];
  for (std::uint32_t copy = 1; copy <= plan.copies; ++copy) {
    const Job job = draw_job(recipe, catalog, sample, copy);
    counter.count(job, sample, fingerprint(job, recipe, Hash128{}));
  }
  return counter.copies();
}

IdleCopies idle_copies(const Recipe& recipe, const Catalog& catalog, const Plan& plan) {
  return tbb::parallel_reduce(
      tbb::blocked_range<std::size_t>(0, plan.samples.size()), IdleCopies{},
      [&](const auto& range, IdleCopies copies) {
        for (std::size_t i = range.begin(); i != range.end(); ++i)
          copies += idle_copies(recipe, catalog, plan.samples[i]);
        return copies;
      },
      [](IdleCopies a, const IdleCopies& b) { return a += b; });
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
  const IdleCopies idle = passes("draw", [&] { return idle_copies(recipe, catalog, forecast.plan); });
  forecast.idle_copies = idle.unchanged;
  forecast.equal_copies = idle.equal;

  passes("name", [&] {
    const OutputNames names(catalog, recipe.output);
    for (const SamplePlan& plan : forecast.plan.samples) {
      const Sample& sample = catalog.samples[plan.sample];
      forecast.estimated_bytes += sample.size_bytes * plan.jobs();
      for (std::uint32_t copy = plan.original ? 0 : 1; copy <= plan.copies; ++copy) {
        if (!names.gave_way(sample, copy)) continue;
        ++forecast.renamed_count;
        if (forecast.renamed.size() < kRenamedShown) forecast.renamed.push_back(names.of(sample, copy));
      }
    }
  });
  forecast.times = passes.times();
  return forecast;
}

}  // namespace tenfold
