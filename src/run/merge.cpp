#include "tenfold/run/merge.h"

#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <nlohmann/json.hpp>

#include "description.h"
#include "interruption.h"
#include "shard_set.h"
#include "survey.h"
#include "tenfold/base/text.h"
#include "tenfold/dataset/catalog_text.h"
#include "tenfold/image/opencv_threads.h"
#include "tenfold/store/run_shard_files.h"
#include "whole_run.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

// A place that is named twice would be in its own way.
void refuse_repeated(std::span<const fs::path> folders) {
  for (std::size_t i = 0; i < folders.size(); ++i) {
    std::error_code error;
    if (i > 0 && !fs::is_directory(folders[i], error))
      throw Error(ErrorKind::kUsage, "there is no folder " + in_quotes(folders[i].string()));
    for (std::size_t j = 0; j < i; ++j)
      if (fs::equivalent(folders[i], folders[j], error) && !error)
        throw Error(ErrorKind::kUsage, "the folder " + in_quotes(folders[i].string()) + " is named twice");
  }
}

Recipe recipe_of(const ShardOpening& opening, const Merger& merger) {
  const std::vector<fs::path>& inputs = merger.inputs.empty() ? opening.inputs : merger.inputs;
  ParsedRecipe parsed =
      parse_recipe(opening.recipe, opening.folder / "recipe", {.inputs = inputs, .output = merger.output});
  const auto error = std::ranges::find(parsed.diagnostics, Severity::kError, &Diagnostic::severity);
  if (error != parsed.diagnostics.end())
    throw Error(ErrorKind::kUsage, "the recipe of the shards cannot be read by this version of tenfold: " +
                                       error->message + "; merge them with the one that made them");
  return std::move(parsed.recipe);
}

// The dataset as it is now, if that is what the shards saw. Files may have other times: those of a copy do.
Catalog catalog_now(const Recipe& recipe, const Hash128& expected, AnnotationFiles& annotations) try {
  Observer silent;
  Passes passes(silent);
  Catalog now = survey(recipe, passes, silent, annotations);
  if (hash_of(now) != expected)
    throw Error(ErrorKind::kFailed,
                "the input " + now.sources.in_words() +
                    " is not as the shards saw it, and the merge needs it; name the right "
                    "one with -i, or end it with a run without --shard");
  return now;
} catch (const Error& error) {
  if (error.kind() != ErrorKind::kUsage) throw;
  throw Error(ErrorKind::kFailed,
              "the merge needs the dataset, and " + std::string(error.what()) + "; name it with -i");
}

bool has_other_times(const Catalog& a, const Catalog& b) {
  return !std::ranges::equal(a.samples, b.samples, {}, &Sample::modified_ns, &Sample::modified_ns);
}

// Where files have other times than `recorded` says, nobody gets them: `changed` is set, and who asks fails.
// Isolated: a thread that waits here must not take up another sample, which would wait for itself.
Sources later_sources(const Recipe& recipe, const Hash128& expected, const Catalog& recorded,
                      std::atomic<bool>& changed) {
  return Sources([&recipe, expected, &recorded, &changed] {
    return tbb::this_task_arena::isolate([&] {
      AnnotationFiles annotations(recipe);
      Catalog now = catalog_now(recipe, expected, annotations);
      changed = has_other_times(now, recorded);
      if (changed) throw Error(ErrorKind::kFailed, "the files of the input have other times");
      return std::move(now.sources);
    });
  });
}

Catalog recorded_catalog(const std::vector<std::string>& lines, const ShardOpening& opening) {
  const auto damaged = [] {
    return Error(ErrorKind::kUsage,
                 "the catalog in the journal of the first shard is damaged; repeat that shard");
  };
  try {
    Catalog catalog = parse_catalog(lines);
    if (hash_of(catalog) != opening.catalog) throw damaged();
    return catalog;
  } catch (const nlohmann::json::exception&) {
    throw damaged();
  }
}

// Shards may have seen a file with different times, in copies of a dataset. That of the one which decoded it
// belongs to what is known of its content.
void recall_times(const SeenSources& sources, Catalog& catalog) {
  for (Sample& sample : catalog.samples)
    if (const auto seen = sources.find(sample.path); seen != sources.end() && seen->second.modified_ns != 0)
      sample.modified_ns = seen->second.modified_ns;
}

// Shards and what is to become of them. The output comes first.
class OpenTrees {
 public:
  OpenTrees(std::span<const fs::path> folders, Observer& observer) {
    trees_.push_back(std::make_unique<OutputTree>(folders[0]));
    for (const fs::path& folder : folders.subspan(1)) {
      if (run_shards_with_journal(folder).empty())
        observer.noted("there is no shard in " + in_quotes(folder.string()) + ", which stays as it is");
      else
        trees_.push_back(std::make_unique<OutputTree>(folder, ForeignFiles::kLeftAlone));
    }
  }

  OutputTree& output() { return *trees_.front(); }

  ShardSet shards() const {
    std::vector<const OutputTree*> all;
    for (const auto& tree : trees_) all.push_back(tree.get());
    return shards_of(all);
  }

  // The output as after a crash here.
  void reopen_output() {
    const fs::path root = output().root();
    trees_.front().reset();
    trees_.front() = std::make_unique<OutputTree>(root);
  }

  void move_into_output(const RunOptions& options) {
    if (trees_.size() > 1) output().take_shards(true);
    for (std::size_t i = 1; i < trees_.size(); ++i)
      output().adopt(*trees_[i], [&] { end_if_stopped(options); });
    trees_.resize(1);
  }

 private:
  std::vector<std::unique_ptr<OutputTree>> trees_;
};

struct MergeContext {
  const Recipe& recipe;
  const ShardSet& shards;
  const std::vector<std::string>& lines;  // behind their opening
  OpenTrees& trees;
  const RunOptions& options;
  Passes& passes;
  Observer& observer;
};

// From where all shards are in one place on it is the run of that one folder.
RunSummary fill_output(const MergeContext& context, Catalog& catalog, const AnnotationFiles& annotations) {
  Preparation preparation(context.recipe, catalog, annotations, context.options);
  preparation.merges = true;
  context.passes("move", [&] { context.trees.move_into_output(context.options); });
  OutputTree& tree = context.trees.output();
  if (!catalog.sources.are_open()) recall_times(tree.state().seen, catalog);
  tree.know_sources(index_of_seen(catalog, tree.state()));
  return fill(preparation, tree, context.passes, context.observer);
}

RunSummary merge_with_dataset(const MergeContext& context) {
  AnnotationFiles annotations(context.recipe);
  Catalog catalog = catalog_now(context.recipe, context.shards.opening.catalog, annotations);
  return fill_output(context, catalog, annotations);
}

// Knows the dataset as the shards saw it, and opens it where something of it is needed.
RunSummary merge_from_journals(const MergeContext& context) {
  std::atomic<bool> changed = false;
  try {
    Catalog catalog = recorded_catalog(context.lines, context.shards.opening);
    catalog.sources = later_sources(context.recipe, context.shards.opening.catalog, catalog, changed);
    AnnotationFiles annotations(context.recipe);
    annotations.recall(annotations_in(context.lines));
    return fill_output(context, catalog, annotations);
  } catch (const Error&) {
    if (!changed) throw;
  }
  // What is known of files by their times must be found out anew.
  context.trees.reopen_output();
  return merge_with_dataset(context);
}

RunSummary merge_shards(const Merger& merger, OpenTrees& trees, const RunOptions& options, Passes& passes,
                        Observer& observer) {
  const ShardSet shards = trees.shards();
  const Recipe recipe = recipe_of(shards.opening, merger);
  refuse_overlap(recipe.input.roots, recipe.output.root);
  for (const RunShard& shard : shards.unfinished)
    observer.noted("shard " + in_words(shard) + " has not come to its end, so the merge makes what it lacks");
  end_if_stopped(options);
  const std::vector<std::string> lines = read_journal_catalog(shards.journal);
  const MergeContext context{recipe, shards, lines, trees, options, passes, observer};
  // What the files of COCO hold goes into lists of the output, of which the shards have nothing.
  const bool needs_dataset = AnnotationFiles(recipe).coco() != nullptr;
  RunSummary summary = needs_dataset ? merge_with_dataset(context) : merge_from_journals(context);
  summary.merged = shards.first.count;
  return summary;
}

// Before anything is created. Another merge may be at work, and publish at any moment.
void refuse_missing_unless_merged(std::span<const fs::path> folders) {
  const fs::path manifest = folders[0] / output_files::kManifest;
  if (fs::exists(manifest)) return;
  try {
    refuse_missing_shards(folders);
  } catch (const Error&) {
    if (!fs::exists(manifest)) throw;
  }
}

}  // namespace

RunSummary merge(const Merger& merger, const RunOptions& options, Observer& observer) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(options.jobs));
  use_one_opencv_thread();
  Passes passes(observer);
  std::vector<fs::path> folders = {merger.output};
  folders.insert(folders.end(), merger.more.begin(), merger.more.end());
  refuse_repeated(folders);
  refuse_missing_unless_merged(folders);

  observer.output_opens();
  OpenTrees trees = passes("open output", [&] { return OpenTrees(folders, observer); });
  if (!trees.output().state().finished) {
    refuse_missing_shards(folders);
    return merge_shards(merger, trees, options, passes, observer);
  }
  for (const fs::path& folder : merger.more)
    if (!run_shards_with_journal(folder).empty())
      throw Error(ErrorKind::kUsage, "the output " + in_quotes(merger.output.string()) +
                                         " is finished; merge the shards in " + in_quotes(folder.string()) +
                                         " into an empty folder");
  return described_summary(trees.output().state().description);
}

}  // namespace tenfold
