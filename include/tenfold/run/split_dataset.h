// Decides who goes to train, val and test, and nothing else: what a run of the recipe would do, as a table to
// keep, so that nobody moves when images come.

#pragma once

#include <string>
#include <vector>

#include "tenfold/run/run.h"

namespace tenfold {

struct SplitSample {
  std::string path;
  std::string class_name;  // empty of one that was decided and is not there now
  Split split = Split::kTrain;
};

struct DatasetSplit {
  std::vector<SplitSample> samples;  // by path; bad ones only where they were decided before
  std::vector<ClassPlan> classes;    // images of each split, and nothing of copies
  std::vector<BadFile> bad;
  std::vector<Leak> leaks;         // between samples that the recipe's file has decided
  std::vector<std::string> notes;  // where a count is not reached, in sentences
  IgnoredCounts ignored;
};

// Obeys what the recipe's `input.split.file` has decided, if that is there. Throws Error as forecast() does,
// and kUsage where the recipe makes no splits, or the file is a table of something else.
DatasetSplit split_dataset(const Recipe& recipe, const RunOptions& options, Observer& observer);

// The table: CSV with the columns file, class and split.
std::string split_table(const DatasetSplit& split);

}  // namespace tenfold
