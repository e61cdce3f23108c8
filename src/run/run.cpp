#include "tenfold/run/run.h"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <opencv2/core/utility.hpp>
#include <set>

#include "description.h"
#include "ledger.h"
#include "make.h"
#include "passes.h"
#include "survey.h"
#include "tenfold/base/error.h"
#include "tenfold/base/text.h"
#include "tenfold/plan/job.h"
#include "tenfold/store/manifest.h"

namespace tenfold {
namespace {

constexpr const char* kSplit = "train";  // of a dataset without splits

// What the finished output consists of.
struct Contents {
  std::vector<std::string> lines;         // of the manifest, one text per planned sample
  std::unordered_set<std::string> names;  // of the images
  std::uint64_t made = 0;
};

std::string lines_of(const MakeContext& context, const SamplePlan& plan, std::vector<std::string>& names) {
  const Sample& sample = context.catalog.samples[plan.sample];
  const Hash128 source = *context.ledger.source(plan.sample).hash;
  std::string text;
  for (std::uint32_t copy = plan.original ? 0 : 1; copy <= plan.copies; ++copy) {
    const Job job = draw_job(context.recipe, context.catalog, sample, copy);
    std::string name = context.names.of(sample, copy);
    const auto record = context.ledger.output(name, fingerprint(job, context.recipe, source));
    if (!record) continue;  // it failed, which the summary says
    text += manifest_text({.file_name = name,
                           .label = context.catalog.classes[sample.class_index],
                           .split = kSplit,
                           .source = sample.path,
                           .copy = copy,
                           .record = *record,
                           .source_bytes = sample.size_bytes,
                           .source_hash = source,
                           .transforms = transforms_json(job.chain)});
    names.push_back(std::move(name));
  }
  return text;
}

// Draws every job once more: that is cheaper than keeping what was drawn for a million of them.
Contents contents_of(const MakeContext& context, const Plan& plan) {
  Contents contents;
  contents.lines.resize(plan.samples.size());
  std::vector<std::vector<std::string>> names(plan.samples.size());
  tbb::parallel_for(std::size_t{0}, plan.samples.size(),
                    [&](std::size_t i) { contents.lines[i] = lines_of(context, plan.samples[i], names[i]); });
  for (const auto& of_sample : names)
    for (const std::string& name : of_sample) {
      contents.made += context.ledger.was_made(name) ? 1 : 0;
      contents.names.insert(name);
    }
  return contents;
}

// A plan that has nothing to do with what lies there is more likely a mistake than a wish.
void refuse_large_removal(const OutputTree& tree, const MakeContext& context, const Plan& plan) {
  if (context.options.force) return;
  const std::vector<std::string> existing = tree.names();
  std::unordered_set<std::string> planned;
  for (const SamplePlan& sample : plan.samples)
    for (std::uint32_t copy = sample.original ? 0 : 1; copy <= sample.copies; ++copy)
      planned.insert(context.names.of(context.catalog.samples[sample.sample], copy));
  const auto gone = static_cast<std::uint64_t>(
      std::ranges::count_if(existing, [&](const auto& name) { return !planned.contains(name); }));
  if (2 * gone > existing.size())
    throw Error(ErrorKind::kFailed,
                grouped(gone) + " of the " + counted(existing.size(), "image") + " in " +
                    in_quotes(tree.root().string()) +
                    " are not part of the plan and would be removed; is this the right output? Use "
                    "--force to remove them, or choose another output");
}

Plan plan_of_good_samples(const Recipe& recipe, const Catalog& catalog, const Ledger& ledger) {
  if (ledger.dropped_count() == catalog.samples.size())
    throw Error(ErrorKind::kFailed, "the input " + in_quotes(catalog.root.string()) +
                                        " has no usable image: " + in_quotes(ledger.late_bad().back().path) +
                                        ": " + ledger.late_bad().back().failure.reason);
  return make_plan(catalog, recipe, ledger.dropped());
}

// Plans and makes until no sample turns out bad any more. Plans are stable, so each round only adds the
// difference.
Plan make_until_all_good(const MakeContext& context) {
  for (;;) {
    const std::uint64_t dropped = context.ledger.dropped_count();
    Plan plan = plan_of_good_samples(context.recipe, context.catalog, context.ledger);
    context.ledger.start_round(plan.images());
    make(context, plan);
    if (context.ledger.dropped_count() == dropped) return plan;
  }
}

std::uint64_t remove_stale(OutputTree& tree, const Ledger& ledger,
                           const std::unordered_set<std::string>& wanted) {
  std::set<std::string> stale;
  const auto collect = [&](const std::vector<std::string>& names) {
    for (const std::string& name : names)
      if (!wanted.contains(name)) stale.insert(name);
  };
  collect(tree.names());
  collect(ledger.made_names());
  for (const std::string& name : stale) {
    tree.begin_change();
    tree.remove(name);
  }
  return stale.size();
}

// Counts as made: a failed output is missing from its class.
void take_off_failures(RunSummary& summary, const MakeContext& context, const Plan& plan) {
  for (const SamplePlan& sample : plan.samples) {
    const Sample& source = context.catalog.samples[sample.sample];
    for (std::uint32_t copy = sample.original ? 0 : 1; copy <= sample.copies; ++copy) {
      const std::string name = context.names.of(source, copy);
      const auto failed = context.ledger.failed().find(name);
      if (failed == context.ledger.failed().end()) continue;
      ClassPlan& of_class = summary.classes[source.class_index];
      copy == 0 ? --of_class.originals : --of_class.copies;
      ++of_class.shortfall;
      if (of_class.reason.empty()) of_class.reason = in_quotes(name) + ": " + failed->second.reason;
      summary.failed.push_back({name, failed->second});
    }
  }
}

RunSummary summarise(const MakeContext& context, const Plan& plan, const Contents& contents) {
  RunSummary summary;
  summary.classes = plan.classes;
  if (!context.ledger.failed().empty()) take_off_failures(summary, context, plan);
  summary.bad = context.catalog.bad;
  summary.bad.insert(summary.bad.end(), context.ledger.late_bad().begin(), context.ledger.late_bad().end());
  std::ranges::sort(summary.bad, {}, &BadFile::path);
  summary.ignored = context.catalog.ignored;
  for (const Sample& sample : context.catalog.samples) {
    summary.misnamed += sample.misnamed ? 1 : 0;
    summary.several_images += sample.header.several_images ? 1 : 0;
  }
  summary.made = contents.made;
  summary.kept = contents.names.size() - contents.made;
  summary.bytes_written = context.ledger.bytes_written();
  return summary;
}

std::string index_text_of(const Catalog& catalog, Ledger& ledger) {
  SourceIndex index;
  for (std::uint32_t i = 0; i < catalog.samples.size(); ++i)
    if (const auto& hash = ledger.source(i).hash)
      index[catalog.samples[i].path] = {catalog.samples[i].size_bytes, catalog.samples[i].modified_ns, *hash};
  return source_index_text(index);
}

// The versions that the output's files come from: those recorded, if files of theirs are kept, and the
// current ones.
std::vector<Versions> versions_of(const std::string& description, std::uint64_t kept, Observer& observer) {
  const Versions current = current_versions();
  std::vector<Versions> versions = kept > 0 ? recorded_versions(description) : std::vector<Versions>{};
  if (std::ranges::find(versions, current) == versions.end()) {
    if (!versions.empty())
      observer.noted("images made with other library versions were kept; --remake makes them again");
    versions.push_back(current);
  }
  return versions;
}

}  // namespace

bool RunSummary::has_findings() const {
  return !bad.empty() || !failed.empty() ||
         std::ranges::any_of(classes, [](const ClassPlan& plan) { return plan.shortfall > 0; });
}

RunSummary run(const Recipe& recipe, const RunOptions& options, Observer& observer) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(options.jobs));
  cv::setNumThreads(1);  // parallelism is across images
  refuse_overlap(recipe.input.root, recipe.output.root);
  Passes passes(observer);

  // Read headers, and see that there is something to do.
  const Catalog catalog = survey(recipe, passes, observer);

  // Plan, so that what cannot be planned is said before anything is written.
  const OutputNames names(catalog, recipe.output);
  passes("plan", [&] { make_plan(catalog, recipe); });

  // Lock the output and take stock of what lies there.
  OutputTree tree = passes("open output", [&] { return OutputTree(recipe.output.root); });
  const std::string description_before = tree.description();
  Ledger ledger(recipe, catalog, tree, options, observer);
  const MakeContext context{recipe, catalog, names, options, tree, ledger};
  refuse_large_removal(tree, context, plan_of_good_samples(recipe, catalog, ledger));

  // Make what is missing; plan again for as long as samples turn out bad.
  const Plan plan = passes("make", [&] { return make_until_all_good(context); });

  // Remove what tenfold wrote and the plan no longer has.
  const Contents contents = passes("describe", [&] { return contents_of(context, plan); });
  const std::uint64_t removed = passes("remove", [&] { return remove_stale(tree, ledger, contents.names); });

  // Publish: the manifest last, for a tree with a manifest is whole.
  RunSummary summary = summarise(context, plan, contents);
  summary.removed = removed;
  passes("publish", [&] {
    const auto versions = versions_of(description_before, summary.kept, observer);
    const std::string description = description_text(recipe, catalog, summary, ledger, versions);
    const std::string index = index_text_of(catalog, ledger);
    if (tree.is_finished()) {
      tree.refresh(description, index);
    } else {
      std::string manifest;
      for (const std::string& lines : contents.lines) manifest += lines;
      tree.publish(manifest, description, index);
    }
  });
  summary.times = passes.times();
  return summary;
}

}  // namespace tenfold
