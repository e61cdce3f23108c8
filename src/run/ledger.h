// What a run knows of its sources and outputs while it works, and the one place where it reports progress.
//
// Thread safety: sources of different samples may be used from different threads; everything else locks.

#pragma once

#include <mutex>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "idle_copies.h"
#include "tenfold/dataset/catalog.h"
#include "tenfold/plan/output_names.h"
#include "tenfold/recipe/recipe.h"
#include "tenfold/run/run.h"
#include "tenfold/store/output_tree.h"

namespace tenfold {

struct SourceState {
  std::optional<Hash128> hash;  // of the content, once known
  bool good = false;            // this content has been decoded, now or in an earlier run
  bool dropped = false;         // turned out bad after the scan
};

class Ledger {
 public:
  Ledger(const Recipe& recipe, const Catalog& catalog, OutputTree& tree, const RunOptions& options,
         Observer& observer);

  SourceState& source(std::uint32_t sample) { return sources_[sample]; }

  // The content of a sample is known now: takes over what earlier runs found out about it. Returns false, and
  // drops it, where it was bad.
  bool recognise_content(std::uint32_t sample, const Hash128& hash);

  // The sample has been decoded, and perhaps looked at.
  void accept(std::uint32_t sample, const std::string& look = {});

  // The sample does not count. Throws Error where there are more bad images than the recipe allows.
  void drop(std::uint32_t sample, const SampleFailure& failure);

  // One flag per sample, for make_plan().
  std::vector<bool> dropped() const;
  std::uint64_t dropped_count() const { return late_bad_.size(); }

  // The record of an output that was made by now or lies there; nothing where there is none that counts.
  std::optional<OutputRecord> output(const std::string& name) const;

  // Why attempts at an output were turned down, kept or made by now.
  const std::vector<std::string>& refusals_of(const std::string& name) const;

  // Calls `use(name)` for every image made in this run. Not while it is being made.
  template <typename Use>
  void for_each_made(Use&& use) const {
    for (const auto& [name, record] : made_) use(name);
  }

  std::uint64_t bytes_written() const { return bytes_written_; }

  void add_made(const std::string& name, const OutputRecord& record);
  void add_made_annotation(const std::string& name, const OutputRecord& record);
  void add_failed(const std::string& name, const SampleFailure& failure);
  void add_kept(std::uint64_t outputs);
  void add_idle(const IdleCopies& copies);
  const IdleCopies& idle_copies() const { return idle_; }

  // Progress starts again, with `total` outputs ahead.
  void start_round(std::uint64_t total);

  // Tells people a sentence, once.
  void note_once(const std::string& sentence);

  const std::vector<BadFile>& late_bad() const { return late_bad_; }
  const std::unordered_map<std::string, SampleFailure>& failed() const { return failed_; }

 private:
  void recall(std::uint32_t sample);
  bool is_told(const std::string& path, const Hash128& hash, const std::string& look) const;
  void report();

  const Recipe& recipe_;
  const Catalog& catalog_;
  OutputTree& tree_;
  const RunOptions& options_;
  Observer& observer_;

  std::vector<SourceState> sources_;
  std::vector<BadFile> late_bad_;
  std::unordered_map<std::string, OutputRecord> made_, made_annotations_;
  std::unordered_map<std::string, SampleFailure> failed_;
  std::unordered_set<std::string> notes_;
  std::uint64_t bytes_written_ = 0;
  Progress progress_;
  std::uint64_t reported_ = 0;  // the largest progress_.done
  IdleCopies idle_;
  mutable std::mutex mutex_;
};

}  // namespace tenfold
