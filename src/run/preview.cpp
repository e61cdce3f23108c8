#include "tenfold/run/preview.h"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include <algorithm>

#include "draft.h"
#include "preview_pictures.h"
#include "survey.h"
#include "tenfold/base/error.h"
#include "tenfold/base/text.h"
#include "tenfold/image/opencv_threads.h"
#include "tenfold/store/output_state.h"

namespace tenfold {
namespace {

constexpr std::uint64_t kCacheShare = 4;  // one part in so many of the memory is for partners

std::uint32_t usual_copies(std::size_t samples) {
  if (samples <= 4) return 7;
  if (samples <= 12) return 5;
  if (samples <= 40) return 4;
  return samples <= 100 ? 3 : 2;
}

[[noreturn]] void refuse_name(const std::string& what, const std::string& name,
                              const std::vector<std::string>& names) {
  const auto near = nearest(name, names);
  throw Error(ErrorKind::kUsage, "the dataset has no " + what + " " + in_quotes(name) +
                                     (near ? "; did you mean " + in_quotes(*near) + "?" : ""));
}

// The classes to show, by their places in the catalog.
std::vector<std::uint32_t> chosen_classes(const Catalog& catalog, const PreviewOptions& options) {
  std::vector<std::uint32_t> chosen;
  for (const std::string& name : options.classes) {
    const auto index = catalog.class_index(name);
    if (!index) refuse_name("class", name, catalog.classes);
    chosen.push_back(*index);
  }
  if (chosen.empty())
    for (std::uint32_t i = 0; i < catalog.classes.size(); ++i) chosen.push_back(i);
  return chosen;
}

// What may be shown of each class, the first choice first: its own samples by path, from the first one on
// that gets most copies.
std::vector<std::vector<SamplePlan>> candidates_by_class(const Catalog& catalog, const Plan& plan) {
  std::vector<std::vector<SamplePlan>> candidates(catalog.classes.size());
  for (const SamplePlan& of_sample : plan.samples)
    if (of_sample.split == Split::kTrain &&
        catalog.samples[of_sample.sample].class_index == of_sample.class_index)
      candidates[of_sample.class_index].push_back(of_sample);
  for (std::vector<SamplePlan>& of_class : candidates)
    std::rotate(of_class.begin(), std::ranges::max_element(of_class, {}, &SamplePlan::copies),
                of_class.end());
  return candidates;
}

// All that is made of one sample: of its own class, and of those that `relabel` turns it into.
std::vector<SamplePlan> plans_of_sample(const Catalog& catalog, const Plan& plan, const std::string& path) {
  std::vector<SamplePlan> plans;
  for (const SamplePlan& of_sample : plan.samples)
    if (catalog.samples[of_sample.sample].path == path && of_sample.split == Split::kTrain)
      plans.push_back(of_sample);
  if (!plans.empty()) return plans;
  std::vector<std::string> paths;
  for (const Sample& sample : catalog.samples) paths.push_back(sample.path);
  if (std::ranges::find(paths, path) == paths.end()) refuse_name("image", path, paths);
  throw Error(ErrorKind::kUsage, "the plan makes nothing of " + in_quotes(path) +
                                     " for train: it is held out, a duplicate of what is, or one too many");
}

// What is to be shown.
struct Choices {
  std::vector<std::vector<SamplePlan>> candidates;  // for each row, in the order of preference
  std::vector<std::string> left_out, held_out;
  std::uint32_t copies = 0;  // of each
};

// So many that a sheet of them can be looked at, unless the options say it.
std::uint32_t copies_for(std::size_t rows, const PreviewOptions& options) {
  const std::uint32_t usual = options.each             ? usual_copies(1)
                              : options.sample.empty() ? usual_copies(rows)
                                                       : PreviewOptions::kCopiesOfOne;
  return std::min(options.copies.value_or(usual), PreviewOptions::kMostCopies);
}

// Leaves out what is more than a sheet can hold.
void limit(Choices& choices, const Catalog& catalog, const PreviewOptions& options) {
  choices.copies = copies_for(choices.candidates.size(), options);
  const std::size_t most = options.each ? 1
                                        : std::min(PreviewOptions::kMostShown,
                                                   PreviewOptions::kMostPictures / (choices.copies + 1));
  if (choices.candidates.size() <= most) return;
  if (!options.each)  // which is about one sample
    for (std::size_t i = most; i < choices.candidates.size(); ++i)
      choices.left_out.push_back(catalog.classes[choices.candidates[i].front().class_index]);
  choices.candidates.resize(most);
}

Choices choices_of(const Catalog& catalog, const Plan& plan, const PreviewOptions& options) {
  Choices choices;
  if (!options.sample.empty()) {
    for (const SamplePlan& of_sample : plans_of_sample(catalog, plan, options.sample))
      choices.candidates.push_back({of_sample});
  } else {
    const std::vector<std::vector<SamplePlan>> candidates = candidates_by_class(catalog, plan);
    std::vector<bool> has_samples(catalog.classes.size());
    for (const Sample& sample : catalog.samples) has_samples[sample.class_index] = true;
    for (const std::uint32_t class_index : chosen_classes(catalog, options)) {
      const std::string& name = catalog.classes[class_index];
      if (candidates[class_index].empty() && !options.classes.empty())
        throw Error(ErrorKind::kUsage, "the plan makes nothing of class " + in_quotes(name) + " for train");
      if (!candidates[class_index].empty())
        choices.candidates.push_back(candidates[class_index]);
      else if (!options.each && has_samples[class_index])
        choices.held_out.push_back(name);
    }
  }
  limit(choices, catalog, options);
  return choices;
}

// What is shown of the first of the candidates that can be decoded; those that cannot are `bad`.
std::vector<PreviewedSample> shown_of(const std::vector<SamplePlan>& candidates, const Catalog& catalog,
                                      const auto& pictures, std::vector<BadFile>& bad) {
  for (const SamplePlan& plan : candidates) {
    Outcome<std::vector<PreviewedSample>> shown = pictures(plan);
    if (shown) return std::move(*shown);
    bad.push_back({.path = catalog.samples[plan.sample].path, .failure = shown.error()});
  }
  return {};
}

Preview previewed(const Catalog& catalog, Choices choices, const PreviewPictures& pictures,
                  const PreviewOptions& options) {
  const std::size_t count = choices.candidates.size();
  std::vector<std::vector<PreviewedSample>> rows(count);
  std::vector<std::vector<BadFile>> bad(count);
  tbb::parallel_for(std::size_t{0}, count, [&](std::size_t i) {
    const auto of_plan = [&](const SamplePlan& plan) {
      return options.each ? pictures.transforms_of(plan, choices.copies)
                          : pictures.copies_of(plan, choices.copies);
    };
    rows[i] = shown_of(choices.candidates[i], catalog, of_plan, bad[i]);
  });
  Preview result{.samples = {},
                 .left_out = std::move(choices.left_out),
                 .held_out = std::move(choices.held_out),
                 .bad = {},
                 .times = {}};
  for (auto& some : rows) std::ranges::move(some, std::back_inserter(result.samples));
  for (auto& some : bad) std::ranges::move(some, std::back_inserter(result.bad));
  return result;
}

}  // namespace

Preview preview(const Recipe& recipe, const PreviewOptions& options, Observer& observer) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(options.run.jobs));
  use_one_opencv_thread();
  Passes passes(observer);
  AnnotationFiles annotations(recipe);
  const Catalog catalog = survey(recipe, passes, observer, annotations, options.run.rehash);
  const OutputState state = passes("read output", [&] { return read_output(recipe.output.root); });
  const Draft draft =
      make_draft(recipe, catalog, state, options.run, options.run.memory_bytes / kCacheShare, passes);
  const OutputNames names(catalog, recipe.output, recipe.input.split.has_value(), annotations.any());
  const PreviewPictures pictures(recipe, catalog, *draft.materials, names, options);
  Choices choices = choices_of(catalog, draft.plan, options);
  Preview result = passes("make", [&] { return previewed(catalog, std::move(choices), pictures, options); });
  if (result.samples.empty() && !result.bad.empty())
    throw Error(ErrorKind::kFailed, "no image can be shown: " + in_quotes(result.bad.front().path) + " " +
                                        result.bad.front().failure.reason);
  if (result.samples.empty())
    throw Error(ErrorKind::kUsage, options.each ? "the recipe has no transform in `augment` to show"
                                                : "the plan has no image of train to show");
  result.times = passes.times();
  return result;
}

}  // namespace tenfold
