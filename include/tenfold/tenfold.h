// The library's front door: expands a dataset as the program's `tenfold run` does.
//
//   Observer silent;
//   const RunSummary summary = expand("recipe.yaml", {.overrides = {.inputs = {"data/train"}}}, silent);
//
// With CMake: find_package(tenfold), and link tenfold::core. What this header and those that it includes
// declare is the library's interface; all other headers are installed because these need some of them, and
// may change with any version.

#pragma once

#include <filesystem>

#include "tenfold/base/error.h"
#include "tenfold/recipe/recipe.h"
#include "tenfold/run/run.h"

namespace tenfold {

struct ExpandOptions {
  RecipeOverrides overrides{};  // where dataset and output are, the seed, single keys
  RunOptions run{};             // threads, memory in bytes, and how an existing output is taken
};

// Makes the output what the recipe, a YAML file, says of the dataset. What is there and right is kept, so a
// repeat does nothing, and a run that was cut off is continued.
//
// `progress` is told of passes, of images and bytes, and in `noted` also of what the recipe has that may be a
// mistake. Its functions are called one at a time, from any thread, and must not throw.
//
// Returns what was done, in numbers of images and bytes. Single images that could not be read or made are in
// it, and so are shortfalls: has_findings() is true then.
//
// Throws Error: kUsage for a wrong recipe, with every mistake as `rendered` has it, or a wrong input, nothing
// has been written then; kLocked where the output is in use, or holds files that are not tenfold's; kFailed
// for what a machine may do, such as a full disk, or too many bad images; kInterrupted once
// `options.run.stop` is true. After the last two a repeat continues.
//
// Prints nothing, handles no signals. May be called from several threads, for outputs of their own. Tells
// OpenCV to use one thread, for the whole process: a run works on several images at once.
RunSummary expand(const std::filesystem::path& recipe, const ExpandOptions& options, Observer& progress);

}  // namespace tenfold
