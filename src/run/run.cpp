#include "tenfold/run/run.h"

#include <tbb/global_control.h>

#include <algorithm>

#include "interruption.h"
#include "survey.h"
#include "tenfold/image/opencv_threads.h"
#include "whole_run.h"

namespace tenfold {

bool RunSummary::has_findings() const {
  return !bad.empty() || !failed.empty() || !leaks.empty() || !refused_kept.empty() ||
         std::ranges::any_of(classes, [](const ClassPlan& plan) { return plan.shortfall > 0; });
}

RunSummary run(const Recipe& recipe, const RunOptions& options, Observer& observer) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(options.jobs));
  use_one_opencv_thread();
  refuse_overlap(recipe.input.roots, recipe.output.root);
  Passes passes(observer);

  // Read headers, and see that there is something to do.
  AnnotationFiles annotations(recipe);
  const Catalog catalog = survey(recipe, passes, observer, annotations, options.rehash);

  // Read the images of reference, if there are any.
  Preparation preparation(recipe, catalog, annotations, options);

  // Plan, so that what cannot be planned is said before anything is written.
  passes("plan", [&] { make_plan(catalog, recipe); });
  end_if_stopped(options);

  // Lock the output and take stock of what lies there.
  observer.output_opens();
  OutputTree tree = passes(
      "open output", [&] { return OutputTree(recipe.output.root, ForeignFiles::kRefused, options.shard); });
  return fill(preparation, tree, passes, observer);
}

}  // namespace tenfold
