// The pictures of a preview: outputs made as a run makes them, and decoded again.

#pragma once

#include <vector>

#include "tenfold/plan/job.h"
#include "tenfold/plan/output_names.h"
#include "tenfold/plan/plan.h"
#include "tenfold/run/preview.h"

namespace tenfold {

// Keeps references. Thread-safe, if `keep` is.
class PreviewPictures {
 public:
  PreviewPictures(const Recipe& recipe, const Catalog& catalog, const Materials& materials,
                  const OutputNames& names, const PreviewOptions& options)
      : recipe_(recipe), catalog_(catalog), materials_(materials), names_(names), options_(options) {}

  // The original and at most so many copies. Fails where the sample is bad.
  Outcome<std::vector<PreviewedSample>> copies_of(const SamplePlan& plan, std::uint32_t copies) const;

  // Each transform of the chain alone, drawn so many times. Fails where the sample is bad.
  Outcome<std::vector<PreviewedSample>> transforms_of(const SamplePlan& plan, std::uint32_t draws) const;

 private:
  const Recipe& recipe_;
  const Catalog& catalog_;
  const Materials& materials_;
  const OutputNames& names_;
  const PreviewOptions& options_;
};

}  // namespace tenfold
