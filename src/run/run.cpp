#include "tenfold/run/run.h"

#include <tbb/combinable.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <opencv2/core/utility.hpp>
#include <set>

#include "description.h"
#include "guards.h"
#include "interruption.h"
#include "ledger.h"
#include "make.h"
#include "name_set.h"
#include "outputs.h"
#include "passes.h"
#include "size_estimate.h"
#include "study.h"
#include "survey.h"
#include "tenfold/base/error.h"
#include "tenfold/base/file_hash.h"
#include "tenfold/base/text.h"
#include "tenfold/plan/job.h"
#include "tenfold/store/manifest.h"

namespace tenfold {
namespace {

constexpr std::uint64_t kCacheShare = 4;  // one part in so many of the memory is for partners

// Somebody may have removed what the run has made or kept.
void refuse_lost_file(const std::filesystem::path& path, const OutputRecord& record) {
  std::error_code error;
  if (std::filesystem::file_size(path, error) == record.bytes && !error) return;
  throw Error(ErrorKind::kFailed,
              in_quotes(path.string()) + " was removed or changed while the run was at work");
}

// The lines of one sample.
std::string manifest_lines(const MakeContext& context, const SamplePlan& plan) {
  const Sample& sample = context.catalog.samples[plan.sample];
  const Hash128 source = *context.ledger.source(plan.sample).hash;
  std::string text;
  OutputId output{.sample = sample, .class_index = plan.class_index, .split = plan.split};
  for (output.copy = plan.original ? 0 : 1; output.copy <= plan.copies; ++output.copy) {
    const std::string name = context.names.of(output);
    if (context.ledger.failed().contains(name)) continue;  // which the summary says
    // Drawn once more: that is cheaper than keeping what was drawn for a million.
    Job job = context.jobs.draw(output);
    const auto record = context.ledger.output(name);
    const auto attempt =
        record ? context.jobs.attempt_of(output, job, source, record->fingerprint) : std::nullopt;
    if (!attempt)
      throw Error(ErrorKind::kFailed, "no record of the output " + in_quotes(name) + ", which is a bug");
    if (*attempt > 0) job = context.jobs.draw(output, *attempt);
    refuse_lost_file(context.tree.root() / name, *record);
    text += manifest_text({.file_name = name,
                           .label = context.catalog.classes[plan.class_index],
                           .split = std::string(split_name(plan.split)),
                           .source = sample.path,
                           .copy = output.copy,
                           .record = *record,
                           .source_bytes = sample.size_bytes,
                           .source_hash = source,
                           .transforms = transforms_json(job.chain),
                           .partners = partners_json(job.chain),
                           .label_weights = weights_json(context.jobs.label_weights(output, job))});
  }
  return text;
}

// Some samples at a time, so that memory does not grow with the plan.
void write_manifest(const MakeContext& context, const Plan& plan, AtomicFile& manifest) {
  constexpr std::size_t kSamplesAtATime = 256;
  std::vector<std::string> lines(kSamplesAtATime);
  for (std::size_t begin = 0; begin < plan.samples.size(); begin += kSamplesAtATime) {
    end_if_stopped(context.options);
    const std::size_t end = std::min(begin + kSamplesAtATime, plan.samples.size());
    tbb::parallel_for(begin, end,
                      [&](std::size_t i) { lines[i - begin] = manifest_lines(context, plan.samples[i]); });
    for (std::size_t i = begin; i < end; ++i) manifest.write(lines[i - begin]);
  }
}

// The names of all outputs that are there when the run is done.
NameSet finished_names(const MakeContext& context, const Plan& plan) {
  tbb::combinable<NameSet> parts;
  tbb::parallel_for(std::size_t{0}, plan.samples.size(), [&](std::size_t i) {
    NameSet& part = parts.local();
    for_each_output(context.catalog, context.names, plan.samples[i],
                    [&](const OutputId&, const std::string& name) {
                      if (!context.ledger.failed().contains(name)) part.add(name);
                    });
  });
  NameSet names;
  parts.combine_each([&](const NameSet& part) { names.add(part); });
  names.close();
  return names;
}

NameSet existing_names(const OutputState& state) {
  NameSet names;
  for (const auto& [name, record] : state.records) names.add(name);
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
  context.ledger.for_each_made(collect);
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
  const Space missing = sum_over<Space>(plan, [&](const SamplePlan& of_sample) {
    Space space;
    for_each_output(context.catalog, context.names, of_sample,
                    [&](const OutputId& output, const std::string& name) {
                      if (context.tree.record(name) == nullptr) space += {bytes_of(output), 1};
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

Plan plan_of_good_samples(const Recipe& recipe, const Catalog& catalog, const Ledger& ledger) {
  if (ledger.dropped_count() == catalog.samples.size())
    throw Refusal("the input " + catalog.sources.in_words() + " has no usable image: " +
                  in_quotes(ledger.late_bad().back().path) + ": " + ledger.late_bad().back().failure.reason);
  return make_plan(catalog, recipe, {.dropped = ledger.dropped()});
}

// Plans and makes until no sample turns out bad any more. Plans are stable, so each round only adds the
// difference.
Plan make_until_all_good(const MakeContext& context, DatasetMaterials& materials) {
  for (;;) {
    study(context.catalog, context.options, context.ledger, materials);
    const std::uint64_t dropped = context.ledger.dropped_count();
    Plan plan = plan_of_good_samples(context.recipe, context.catalog, context.ledger);
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
    output.copy == 0 ? --of_class.originals : --of_class.copies;
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

RunSummary summarise(const MakeContext& context, const Plan& plan, const NameSet& names) {
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
  context.ledger.for_each_made(
      [&](const std::string& name) { summary.made += names.contains(name) ? 1 : 0; });
  summary.kept = names.size() - summary.made;
  summary.idle_copies = context.ledger.idle_copies().unchanged;
  summary.equal_copies = context.ledger.idle_copies().equal;
  summary.bytes_written = context.ledger.bytes_written();
  if (context.recipe.accept) add_refusals(summary, context, plan);
  return summary;
}

std::string index_text_of(const Catalog& catalog, Ledger& ledger) {
  SourceIndex index;
  for (std::uint32_t i = 0; i < catalog.samples.size(); ++i) {
    const SourceState& source = ledger.source(i);
    if (!source.good) continue;
    const Sample& sample = catalog.samples[i];
    const cv::Size size = sample.header.upright();
    index[sample.path] = {sample.size_bytes, sample.modified_ns, *source.hash, size.width, size.height};
  }
  return source_index_text(index);
}

// The versions that the output's files come from: those recorded, if files of theirs are kept, and the
// current ones, if they made any.
std::vector<Versions> versions_of(const std::string& description, const RunSummary& summary,
                                  Observer& observer) {
  const Versions current = current_versions();
  std::vector<Versions> versions =
      summary.kept > 0 ? recorded_versions(description) : std::vector<Versions>{};
  const bool known = std::ranges::find(versions, current) != versions.end();
  if (!known && !versions.empty())
    observer.noted("images made with other library versions were kept; --remake makes them again");
  if (!known && (summary.made > 0 || versions.empty())) versions.push_back(current);
  return versions;
}

// The passes that write. `existing` is what lay there, `wanted` what the first plan has.
RunSummary change(const MakeContext& context, DatasetMaterials& materials, const NameSet& existing,
                  const NameSet& wanted, Passes& passes, Observer& observer) {
  OutputTree& tree = context.tree;
  const std::string description_before = tree.state().description;

  // Remove what tenfold wrote and the plan no longer has; first, for a new image may need the place.
  passes("remove", [&] { remove_stale(context, wanted); });

  // Make what is missing; plan again for as long as samples turn out bad, which may leave some too many.
  const Plan plan = passes("make", [&] { return make_until_all_good(context, materials); });
  const NameSet finished = finished_names(context, plan);
  const Removal removal{.images = existing.count_missing_from(finished), .existing = existing.size()};
  obey(context.options, large_removal(tree.root(), removal));
  passes("remove", [&] { remove_stale(context, finished); });

  // Publish: the manifest last, for a tree with a manifest is whole.
  RunSummary summary = summarise(context, plan, finished);
  summary.removed = removal.images;
  passes("publish", [&] {
    const auto versions = versions_of(description_before, summary, observer);
    const std::string index = index_text_of(context.catalog, context.ledger);
    const auto description = [&](const Hash128& manifest) {
      return description_text(context.recipe, summary, versions, manifest);
    };
    if (tree.is_finished()) return tree.refresh(description(*tree.state().manifest_hash), index);
    tree.begin_change();
    AtomicFile manifest(tree.manifest_path());
    write_manifest(context, plan, manifest);
    const Hash128 hash = *hash_of_file(temporary_path(tree.manifest_path()));
    tree.publish(manifest, description(hash), index);
  });
  summary.times = passes.times();
  return summary;
}

}  // namespace

bool RunSummary::has_findings() const {
  return !bad.empty() || !failed.empty() || !refused_kept.empty() ||
         std::ranges::any_of(classes, [](const ClassPlan& plan) { return plan.shortfall > 0; });
}

RunSummary run(const Recipe& recipe, const RunOptions& options, Observer& observer) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(options.jobs));
  cv::setNumThreads(1);  // parallelism is across images
  refuse_overlap(recipe.input.roots, recipe.output.root);
  Passes passes(observer);

  // Read headers, and see that there is something to do.
  const Catalog catalog = survey(recipe, passes, observer);

  // Read the images of reference, if there are any.
  const std::uint64_t cache_bytes = options.memory_bytes / kCacheShare;
  DatasetMaterials materials(recipe, catalog, cache_bytes);
  RunOptions making = options;
  if (materials.needs().loads_images()) making.memory_bytes -= cache_bytes;
  const Jobs jobs(recipe, catalog, materials);

  // Plan, so that what cannot be planned is said before anything is written.
  const OutputNames names(catalog, recipe.output);
  passes("plan", [&] { make_plan(catalog, recipe); });
  end_if_stopped(options);

  // Lock the output and take stock of what lies there.
  observer.output_opens();
  OutputTree tree = passes("open output", [&] { return OutputTree(recipe.output.root); });
  if (!tree.state().intact)
    observer.noted("the manifest was changed after it was written, so all images are made again");
  Ledger ledger(recipe, catalog, tree, options, observer);
  const MakeContext context{recipe, catalog, jobs, names, making, tree, ledger};
  const NameSet existing = existing_names(tree.state());
  const Plan plan = plan_of_good_samples(recipe, catalog, ledger);
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
