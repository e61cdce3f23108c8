// A run: makes the output tree equal to the plan.
//
// Passes: scan → plan → open output → estimate → remove → make (again, until no sample turns out bad) →
// remove → publish. What is there and right is kept, what is missing or has another fingerprint is made, and
// what tenfold wrote and the plan no longer has is removed. The result is the same for any number of threads
// and after any interruption.
//
// A failure of one image is a value and ends up in the summary; an Error ends the run, leaves a journal, and
// a repeat continues.

#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenfold/base/run_shard.h"
#include "tenfold/dataset/catalog.h"
#include "tenfold/plan/plan.h"
#include "tenfold/recipe/recipe.h"
#include "tenfold/run/machine.h"
#include "tenfold/run/train_statistics.h"

namespace tenfold {

struct RunOptions {
  int jobs = available_cores();                   // threads
  std::uint64_t memory_bytes = default_memory();  // for pixels; not for the catalog and the plan
  bool force = false;   // remove more than half of the existing outputs; start where the disk is too small
  bool remake = false;  // make everything again
  bool rehash = false;  // read all sources, also those whose size and time are those of the index
  std::optional<RunShard> shard;            // make the jobs of this one alone, and publish nothing
  const std::atomic<bool>* stop = nullptr;  // once true: finish what is in flight and end
};

struct Progress {
  std::uint64_t done = 0;   // outputs made or kept
  std::uint64_t kept = 0;   // of these, those that lay there before
  std::uint64_t total = 0;  // outputs of the plan
  std::uint64_t bytes = 0;  // written
  std::uint64_t bad = 0;    // images found bad
};

// How a run reports to whoever started it. Calls come one at a time, from any thread.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void pass_began(std::string_view) {}
  virtual void output_opens() {
  }  // from here on the run ends in order only if it is asked by RunOptions::stop
  virtual void progressed(const Progress&) {}
  virtual void noted(const std::string& /*sentence*/) {}
};

struct PassTime {
  std::string pass;
  double wall_seconds = 0;
  double cpu_seconds = 0;  // user + system, all threads
};

struct FailedOutput {
  std::string name;  // of the output
  SampleFailure failure;
};

// An image of train that is, or to the eye is, one of val or test.
struct Leak {
  std::string train, held_out;  // paths of the samples
  Split split = Split::kVal;    // of the latter
  bool exact = false;           // equal bytes
  bool dropped = false;         // it was left out of train

  bool operator==(const Leak&) const = default;
};

// What of a plan one shard makes.
struct Share {
  RunShard shard;
  std::vector<std::uint64_t> images;  // by class

  std::uint64_t total() const { return std::accumulate(images.begin(), images.end(), std::uint64_t{0}); }
};

struct RunSummary {
  std::vector<ClassPlan> classes;  // as made: shortfalls include failed outputs
  std::optional<Share> share;      // of a shard: what is made of these; all other figures are of it
  std::uint32_t merged = 0;        // shards
  std::vector<BadFile> bad;        // sorted by path
  std::vector<FailedOutput> failed;
  IgnoredCounts ignored;
  std::vector<Leak> leaks;  // by the path in train
  std::uint64_t misnamed = 0;
  std::uint64_t several_images = 0;  // animations and multi-page files, of which the first frame counts
  std::uint64_t idle_copies = 0;     // copies that change nothing
  std::uint64_t equal_copies = 0;    // copies that equal an earlier one of the same sample
  std::map<std::string, std::uint64_t> refused;  // attempts that the quality gate turned down, by its reason
  std::vector<std::string> refused_kept;         // outputs of which it turned down every attempt
  std::uint64_t made = 0, kept = 0, removed = 0;
  std::uint64_t bytes_written = 0;
  bool laid_out = false;  // before the run already: manifest, lists and shards were as the recipe wants them
  TrainStatistics statistics;
  std::vector<PassTime> times;

  // Images were skipped, a class has a shortfall, or a copy is there that the quality gate would not have.
  bool has_findings() const;
};

// Throws Error, kInterrupted where it was asked to stop. Not to be called from two threads for the same
// output.
//
// One shard of a run (base/run_shard.h) works on the plan of all samples that the scan has found, or of those
// that are good where the passes before planning decode all of them. It makes its jobs, and checks the
// samples whose original it would make. What turns out bad stands in its journal; merge() plans again.
RunSummary run(const Recipe& recipe, const RunOptions& options, Observer& observer);

// What a run would do with the output as it lies there, as far as headers and draws tell: new images count as
// good. Writes nothing.
struct Forecast {
  Catalog catalog;
  Plan plan;
  std::optional<Share> share;  // of a shard: all figures are of it, but for the plan
  std::uint64_t made = 0, kept = 0, remade = 0, removed = 0;  // of the images in the output
  bool laid_out = false;              // manifest, lists and shards are as the recipe wants them
  std::uint64_t estimated_bytes = 0;  // of the whole output, from encodings of a few images
  std::vector<std::string> refusals;  // why a run would not start without --force, in sentences
  std::uint64_t idle_copies = 0;      // copies that would change nothing
  std::uint64_t equal_copies = 0;     // copies that would equal an earlier one of the same sample
  std::vector<std::string> renamed;   // outputs whose name gave way to another sample's, the first ten
  std::uint64_t renamed_count = 0;
  std::vector<std::string> notes;     // what people should know of the recipe, in sentences
  std::vector<std::string> warnings;  // that labels may be changed
  std::vector<Leak> leaks;            // by the path in train
  std::vector<PassTime> times;

  bool has_findings() const;
};

Forecast forecast(const Recipe& recipe, const RunOptions& options, Observer& observer);

}  // namespace tenfold
