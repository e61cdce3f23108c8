#include "publish.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <vector>

#include "description.h"
#include "interruption.h"
#include "layout.h"
#include "tenfold/base/error.h"
#include "tenfold/base/file_hash.h"
#include "tenfold/base/text.h"
#include "tenfold/store/manifest.h"

namespace tenfold {
namespace {

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
  for (output.copy = plan.first_job(); output.copy <= plan.copies; ++output.copy) {
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
    if (record->shard == 0) refuse_lost_file(context.tree.root() / name, *record);
    std::vector<AnnotationFile> annotations;
    for (const std::string& file : context.annotations.names_of(name)) {
      const OutputRecord beside = context.ledger.output(file).value();
      refuse_lost_file(context.tree.root() / file, beside);
      annotations.push_back({file, beside.bytes, beside.hash, beside.fingerprint});
    }
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
                           .label_weights = weights_json(context.jobs.label_weights(output, job)),
                           .shard = context.tree.shard_of(*record),
                           .annotations = std::move(annotations)});
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

std::string index_text_of(const MakeContext& context) {
  SourceIndex index = context.annotations.seen();
  for (std::uint32_t i = 0; i < context.catalog.samples.size(); ++i) {
    const SourceState& source = context.ledger.source(i);
    if (!source.good) continue;
    const Sample& sample = context.catalog.samples[i];
    const cv::Size size = sample.header.upright();
    index[sample.path] = {sample.size_bytes, sample.modified_ns,
                          *source.hash,      size.width,
                          size.height,       context.looks.empty() ? "" : context.looks[i]};
  }
  return source_index_text(index);
}

// The versions that the output's files come from: those before, if files of theirs are kept, and the
// current ones, if they made any.
std::vector<Versions> versions_of(const std::vector<Versions>& before, const RunSummary& summary,
                                  Observer& observer) {
  const Versions current = current_versions();
  std::vector<Versions> versions = summary.kept > 0 ? before : std::vector<Versions>{};
  const bool known = std::ranges::find(versions, current) != versions.end();
  if (!known && !versions.empty())
    observer.noted("images made with other library versions were kept; --remake makes them again");
  if (!known && (summary.made > 0 || versions.empty())) versions.push_back(current);
  return versions;
}

}  // namespace

void publish(const MakeContext& context, const Plan& plan, const RunSummary& summary,
             const std::vector<Versions>& versions_before, Observer& observer) {
  OutputTree& tree = context.tree;
  const auto versions = versions_of(versions_before, summary, observer);
  const std::string index = index_text_of(context);
  const auto description = [&](const Hash128& manifest, const Companions& companions) {
    return description_text(context.recipe, summary, versions, manifest, companions,
                            context.annotations.coco());
  };
  if (tree.is_finished() &&
      is_laid_out(context.recipe, context.catalog.classes, context.annotations, tree.state()))
    return tree.refresh(description(*tree.state().manifest_hash, tree.state().companions), index);
  tree.begin_change();
  AtomicFile manifest(tree.manifest_path());
  const Companions companions =
      lay_out(context, plan, manifest, [&](AtomicFile& file) { write_manifest(context, plan, file); });
  const Hash128 hash = *hash_of_file(temporary_path(tree.manifest_path()));
  tree.publish(manifest, description(hash, companions), index);
}

}  // namespace tenfold
