#include "tenfold/run/split_dataset.h"

#include <tbb/global_control.h>

#include <algorithm>
#include <unordered_set>

#include "likeness.h"
#include "partition.h"
#include "survey.h"
#include "tenfold/base/csv.h"
#include "tenfold/base/error.h"
#include "tenfold/base/file.h"
#include "tenfold/base/text.h"
#include "tenfold/image/opencv_threads.h"
#include "tenfold/store/output_state.h"

namespace tenfold {
namespace {

void count_classes(const Plan& plan, DatasetSplit& result) {
  for (ClassPlan of_class : plan.classes) {
    of_class.samples += of_class.val + of_class.test;
    result.classes.push_back(std::move(of_class));
  }
}

const std::vector<std::string>& columns() {
  static const std::vector<std::string> kColumns = {"file", "class", "split"};
  return kColumns;
}

// A table with more than this command knows of would lose it.
void refuse_other_table(const std::filesystem::path& path) {
  const Outcome<Bytes> bytes = read_file(path);
  if (!bytes) return;
  const auto table = parse_csv({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
  if (table && table->header != columns())
    throw Error(ErrorKind::kUsage, "the table " + in_quotes(path.string()) +
                                       " has other columns than file, class and split, which would be lost; "
                                       "write to another file with --file");
}

// Those that are away, or cannot be read now, will find their place when they are back.
void keep_absent(const DecidedSplits& decided, std::vector<SplitSample>& samples) {
  std::unordered_set<std::string> there;
  for (const SplitSample& sample : samples) there.insert(sample.path);
  for (const auto& [path, split] : decided)
    if (!there.contains(path)) samples.push_back({path, "", split});
}

}  // namespace

DatasetSplit split_dataset(const Recipe& recipe, const RunOptions& options, Observer& observer) {
  if (!recipe.input.split)
    throw Error(ErrorKind::kUsage, "the recipe makes no splits; add input.split: {val: 0.15, test: 0.15}");
  const DecidedSplits decided = decided_splits(*recipe.input.split, MissingFile::kEmpty);
  if (!decided.empty()) refuse_other_table(recipe.input.split->file);
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(options.jobs));
  use_one_opencv_thread();
  Passes passes(observer);
  AnnotationFiles annotations(recipe);
  Catalog catalog = survey(recipe, passes, observer, annotations);
  const OutputState state = passes("read output", [&] { return read_output(recipe.output.root); });
  SourceHashes hashes = passes("hash", [&] { return known_hashes(catalog, state, options.rehash); });
  const LookTexts looks =
      passes("look", [&] { return look_at_samples(catalog, options, state.index, hashes); });
  const Partition partition = passes("compare", [&] {
    return Partition(recipe, catalog, duplicates_among(catalog, options, hashes, looks), MissingFile::kEmpty);
  });
  std::vector<bool> dropped;
  for (const auto& hash : hashes) dropped.push_back(!hash);
  const Partitioned partitioned = partition.of(std::move(dropped));

  DatasetSplit result{.bad = catalog.bad, .leaks = partitioned.leaks, .ignored = catalog.ignored};
  result.notes = partition.notes(partitioned.samples);
  for (std::size_t i = 0; i < catalog.samples.size(); ++i) {
    const Sample& sample = catalog.samples[i];
    if (hashes[i])
      result.samples.push_back(
          {sample.path, catalog.classes[sample.class_index], partitioned.samples.splits[i]});
    else
      result.bad.push_back({.path = sample.path, .failure = {Stage::kDecode, "cannot be decoded"}});
  }
  keep_absent(decided, result.samples);
  std::ranges::sort(result.samples, {}, &SplitSample::path);
  std::ranges::sort(result.bad, {}, &BadFile::path);
  Recipe as_they_are;
  count_classes(make_plan(catalog, as_they_are, partitioned.samples), result);
  return result;
}

std::string split_table(const DatasetSplit& split) {
  std::string text = csv_line(columns());
  for (const SplitSample& sample : split.samples)
    text += csv_line(
        std::vector<std::string>{sample.path, sample.class_name, std::string(split_name(sample.split))});
  return text;
}

}  // namespace tenfold
