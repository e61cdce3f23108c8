#include "tenfold/run/merge.h"

#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <opencv2/core/utility.hpp>

#include "description.h"
#include "interruption.h"
#include "shard_set.h"
#include "survey.h"
#include "tenfold/base/text.h"
#include "tenfold/dataset/catalog_text.h"
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

// The dataset as it is now, if that is what the shards saw.
Sources opened_sources(const Recipe& recipe, const Hash128& expected, AnnotationFiles& annotations) try {
  Observer silent;
  Passes passes(silent);
  const Catalog now = survey(recipe, passes, silent, annotations);
  if (hash_of(now) != expected)
    throw Error(ErrorKind::kFailed,
                "the input " + now.sources.in_words() +
                    " is not as the shards saw it, and the merge needs it; name the right "
                    "one with -i, or repeat all shards");
  return now.sources;
} catch (const Error& error) {
  if (error.kind() != ErrorKind::kUsage) throw;
  throw Error(ErrorKind::kFailed,
              "the merge needs the dataset, and " + std::string(error.what()) + "; name it with -i");
}

// Isolated: a thread that waits here must not take up another sample, which would wait for itself.
Sources later_sources(const Recipe& recipe, const Hash128& expected) {
  return Sources([&recipe, expected] {
    return tbb::this_task_arena::isolate([&] {
      AnnotationFiles annotations(recipe);
      return opened_sources(recipe, expected, annotations);
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

// What the shards know of the sources stands in for the index of an output.
SourceIndex index_of(const Catalog& catalog, const OutputState& state) {
  SourceIndex index;
  for (const Sample& sample : catalog.samples)
    if (const auto seen = state.seen.find(sample.path); seen != state.seen.end())
      index[sample.path] = {.size_bytes = sample.size_bytes,
                            .modified_ns = sample.modified_ns,
                            .hash = seen->second.hash,
                            .look = seen->second.look};
  return index;
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
    for (const auto& tree : trees_) {
      if (tree->state().published)
        throw Error(ErrorKind::kUsage, "the output " + in_quotes(tree->root().string()) +
                                           " holds images of another run; merge into an empty folder");
      all.push_back(tree.get());
    }
    return shards_of(all);
  }

  void move_into_output(const RunOptions& options) {
    for (std::size_t i = 1; i < trees_.size(); ++i)
      output().adopt(*trees_[i], [&] { end_if_stopped(options); });
    trees_.resize(1);
  }

 private:
  std::vector<std::unique_ptr<OutputTree>> trees_;
};

RunSummary merge_shards(const Merger& merger, OpenTrees& trees, const RunOptions& options, Passes& passes,
                        Observer& observer) {
  const ShardSet shards = trees.shards();
  const Recipe recipe = recipe_of(shards.opening, merger);
  refuse_overlap(recipe.input.roots, recipe.output.root);
  for (const RunShard& shard : shards.unfinished)
    observer.noted("shard " + in_words(shard) + " has not come to its end, so the merge makes what it lacks");
  end_if_stopped(options);

  // Bring all shards to one place; from here on it is the run of that one folder.
  passes("move", [&] { trees.move_into_output(options); });
  OutputTree& tree = trees.output();

  // Know the dataset as the shards saw it.
  const std::vector<std::string> lines = read_journal_catalog(merger.output / journal_name(shards.first));
  Catalog catalog = recorded_catalog(lines, shards.opening);
  AnnotationFiles annotations(recipe);
  // What the files of COCO hold goes into lists of the output, of which the shards have nothing.
  if (annotations.coco() != nullptr)
    catalog.sources = opened_sources(recipe, shards.opening.catalog, annotations);
  else
    catalog.sources = later_sources(recipe, shards.opening.catalog);
  annotations.recall(annotations_in(lines));
  tree.know_sources(index_of(catalog, tree.state()));

  Preparation preparation(recipe, catalog, annotations, options);
  RunSummary summary = fill(preparation, tree, passes, observer);
  summary.merged = shards.first.count;
  return summary;
}

}  // namespace

RunSummary merge(const Merger& merger, const RunOptions& options, Observer& observer) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(options.jobs));
  cv::setNumThreads(1);  // parallelism is across images
  Passes passes(observer);
  std::vector<fs::path> folders = {merger.output};
  folders.insert(folders.end(), merger.more.begin(), merger.more.end());
  refuse_repeated(folders);
  const bool was_merged = fs::exists(merger.output / output_files::kManifest);
  if (!was_merged) refuse_missing_shards(folders);

  observer.output_opens();
  OpenTrees trees = passes("open output", [&] { return OpenTrees(folders, observer); });
  if (!was_merged) return merge_shards(merger, trees, options, passes, observer);
  for (const fs::path& folder : merger.more)
    if (!run_shards_with_journal(folder).empty())
      throw Error(ErrorKind::kUsage, "the output " + in_quotes(merger.output.string()) +
                                         " is finished; merge the shards in " + in_quotes(folder.string()) +
                                         " into an empty folder");
  return described_summary(trees.output().state().description);
}

}  // namespace tenfold
