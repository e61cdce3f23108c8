// The library's front door: expands a dataset as the program's `tenfold run` does.
//
//   Observer silent;
//   const RunSummary summary = expand("recipe.yaml", {.overrides = {.inputs = {"data/train"}}}, silent);
//
// With CMake: find_package(tenfold), and link tenfold::core. What this header and those that it includes
// declare is the library's interface; all other headers are installed because these need some of them, and
// may change with any version.
//
// Shapes and units. Images are files: no pixels cross this interface. An image of height × width × channels,
// which are 1 (grey), 3 (color) or 4 (with alpha) of 8 or 16 bits, comes out with as many channels and bits
// as it had, where the recipe's format can hold them. In what is returned, width and height are pixels of the
// upright image, bytes are those of files, seconds are wall or CPU time, and means and deviations are
// fractions of full scale, red, green, blue. Paths of images are relative to the dataset or the output, with
// '/' between folders; those of bad files may hold any bytes, so escape them before you show them.

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
// mistake. Its functions are called one at a time, from any thread, and must not throw; it must live until
// expand() returns. A plain Observer says nothing.
//
// Returns what was done, in numbers of images and bytes. Single images that could not be read or made are in
// it, and so are shortfalls: has_findings() is true then.
//
// Throws Error, whose kind() is
//
//   kUsage         the recipe is wrong, with every mistake as a diagnostic with its place, or the input is;
//                  nothing has been written
//   kLocked        the output is in use, or holds files that are not tenfold's
//   kFailed        what a machine may do, such as a full disk, or too many bad images; a repeat continues
//   kInterrupted   `options.run.stop` became true, and what was in flight is finished; a repeat continues
//
// and lets std::bad_alloc and std::filesystem::filesystem_error pass, after which a repeat continues, too.
//
// Thread safety: may be called from several threads, for outputs of their own; `options.run.stop` may be set
// from any thread or a signal handler. It uses `options.run.jobs` threads of oneTBB, the caller's among them
// (the least number of all calls at that time), and tells OpenCV to use one thread, for the whole process: a
// run works on several images at once.
//
// Prints nothing, never ends the process and handles no signals. Where the size of files is limited
// (ulimit -f), ignore SIGXFSZ, and the limit is an Error.
RunSummary expand(const std::filesystem::path& recipe, const ExpandOptions& options, Observer& progress);

}  // namespace tenfold
