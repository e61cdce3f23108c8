#include "ledger.h"

#include <tbb/parallel_for.h>

#include <algorithm>

#include "interruption.h"
#include "remembered.h"
#include "survey.h"

namespace tenfold {

Ledger::Ledger(const Recipe& recipe, const Catalog& catalog, OutputTree& tree, const RunOptions& options,
               Observer& observer)
    : recipe_(recipe),
      catalog_(catalog),
      tree_(tree),
      options_(options),
      observer_(observer),
      sources_(catalog.samples.size()) {
  progress_.bad = catalog.bad.size();
  tbb::parallel_for(std::uint32_t{0}, static_cast<std::uint32_t>(catalog.samples.size()),
                    [this](std::uint32_t i) { recall(i); });
}

void Ledger::recall(std::uint32_t sample) {
  if (is_stopped(options_)) return;
  if (const auto hash = remembered_hash(catalog_, catalog_.samples[sample], tree_.state(), options_.rehash))
    recognise_content(sample, *hash);
}

bool Ledger::recognise_content(std::uint32_t sample, const Hash128& hash) {
  SourceState& source = sources_[sample];
  source.hash = hash;
  source.good = !options_.remake && tree_.state().decoded.contains(hash);
  if (options_.remake) return true;  // what failed with another version may be well now
  const auto failure = remembered_failure(catalog_.samples[sample], hash, tree_.state());
  if (failure) drop(sample, *failure);
  return !failure;
}

void Ledger::accept(std::uint32_t sample, const std::string& look) {
  SourceState& source = sources_[sample];
  const bool was_good = source.good && look.empty();
  source.good = true;
  // A merge wants to know it of each source, and a run of each content.
  const Sample& of = catalog_.samples[sample];
  if (options_.shard ? is_told(of.path, *source.hash, look) : was_good) return;
  tree_.journal().good(of.path, {*source.hash, look, of.modified_ns});
}

bool Ledger::is_told(const std::string& path, const Hash128& hash, const std::string& look) const {
  const auto seen = tree_.state().seen.find(path);
  return seen != tree_.state().seen.end() && seen->second.hash == hash &&
         (look.empty() || seen->second.look == look);
}

void Ledger::drop(std::uint32_t sample, const SampleFailure& failure) {
  const std::string& path = catalog_.samples[sample].path;
  SourceState& source = sources_[sample];
  source.dropped = true;
  source.good = false;
  const std::lock_guard lock(mutex_);
  // Only what was seen to be broken is known by its content; what could not be read may be sound.
  const std::optional<Hash128> broken = failure.stage == Stage::kDecode ? source.hash : std::nullopt;
  late_bad_.push_back({.path = path, .failure = failure, .hash = broken});
  ++progress_.bad;
  report();
  check_bad_limit(recipe_, progress_.bad, catalog_.bad.size() + catalog_.samples.size(), late_bad_.back());
  const auto known = tree_.state().bad.find(path);
  if (broken && (known == tree_.state().bad.end() || known->second.hash != *broken))
    tree_.journal().bad(path, {*broken, std::string(stage_name(failure.stage)), failure.reason});
}

std::vector<bool> Ledger::dropped() const {
  std::vector<bool> flags(sources_.size());
  for (std::size_t i = 0; i < sources_.size(); ++i) flags[i] = sources_[i].dropped;
  return flags;
}

std::optional<OutputRecord> Ledger::output(const std::string& name) const {
  {
    const std::lock_guard lock(mutex_);
    if (const auto made = made_.find(name); made != made_.end()) return made->second;
    if (const auto made = made_annotations_.find(name); made != made_annotations_.end()) return made->second;
  }
  const OutputRecord* record = options_.remake ? nullptr : tree_.record(name);
  return record != nullptr ? std::optional(*record) : std::nullopt;
}

const std::vector<std::string>& Ledger::refusals_of(const std::string& name) const {
  static const std::vector<std::string> kNone;
  const std::lock_guard lock(mutex_);
  if (const auto made = made_.find(name); made != made_.end()) return made->second.refused;
  const OutputRecord* record = tree_.record(name);
  return record != nullptr ? record->refused : kNone;
}

void Ledger::add_made(const std::string& name, const OutputRecord& record) {
  const std::lock_guard lock(mutex_);
  made_.insert_or_assign(name, record);
  bytes_written_ += record.bytes;
  progress_.bytes += record.bytes;
  ++progress_.done;
  report();
}

void Ledger::add_made_annotation(const std::string& name, const OutputRecord& record) {
  const std::lock_guard lock(mutex_);
  made_annotations_.insert_or_assign(name, record);
  bytes_written_ += record.bytes;
  progress_.bytes += record.bytes;
}

void Ledger::add_failed(const std::string& name, const SampleFailure& failure) {
  const std::lock_guard lock(mutex_);
  failed_.insert_or_assign(name, failure);
  ++progress_.done;
  report();
}

void Ledger::add_kept(std::uint64_t outputs) {
  if (outputs == 0) return;
  const std::lock_guard lock(mutex_);
  progress_.done += outputs;
  report();
}

void Ledger::add_idle(const IdleCopies& copies) {
  const std::lock_guard lock(mutex_);
  idle_ += copies;
}

void Ledger::start_round(std::uint64_t total) {
  const std::lock_guard lock(mutex_);
  failed_.clear();
  idle_ = {};
  progress_.done = 0;
  progress_.total = total;
}

void Ledger::note_once(const std::string& sentence) {
  const std::lock_guard lock(mutex_);
  if (notes_.insert(sentence).second) observer_.noted(sentence);
}

// A second round goes over what the first one has made.
void Ledger::report() {
  if (progress_.done < reported_) return;
  reported_ = progress_.done;
  progress_.kept = progress_.done - std::min<std::uint64_t>(made_.size(), progress_.done);
  observer_.progressed(progress_);
}

}  // namespace tenfold
