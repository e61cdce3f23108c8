#include "ledger.h"

#include "survey.h"

namespace tenfold {

Ledger::Ledger(const Recipe& recipe, const Catalog& catalog, OutputTree& tree, const RunOptions& options,
               Observer& observer)
    : recipe_(recipe),
      catalog_(catalog),
      tree_(tree),
      remake_(options.remake),
      observer_(observer),
      sources_(catalog.samples.size()) {
  progress_.bad = catalog.bad.size();
  for (std::uint32_t i = 0; i < catalog.samples.size(); ++i) recall(i);
}

// What was bad before must be known to be so before anything is planned, so those few files are read here.
void Ledger::recall(std::uint32_t sample) {
  const Sample& of_catalog = catalog_.samples[sample];
  if (tree_.bad_sources().contains(of_catalog.path)) {
    if (const Outcome<Bytes> bytes = read_file(catalog_.root / of_catalog.path))
      recognise_content(sample, hash128(*bytes));
    return;
  }
  const auto known = tree_.index().find(of_catalog.path);
  if (known != tree_.index().end() && known->second.size_bytes == of_catalog.size_bytes &&
      known->second.modified_ns == of_catalog.modified_ns)
    recognise_content(sample, known->second.hash);
}

bool Ledger::recognise_content(std::uint32_t sample, const Hash128& hash) {
  SourceState& source = sources_[sample];
  source.hash = hash;
  source.good = tree_.was_decoded(hash);
  const auto bad = tree_.bad_sources().find(catalog_.samples[sample].path);
  if (bad == tree_.bad_sources().end() || bad->second.hash != hash) return true;
  drop(sample,
       {bad->second.stage == stage_name(Stage::kRead) ? Stage::kRead : Stage::kDecode, bad->second.reason});
  return false;
}

void Ledger::accept(std::uint32_t sample) {
  SourceState& source = sources_[sample];
  if (source.good) return;
  source.good = true;
  tree_.journal().good(catalog_.samples[sample].path, *source.hash);
}

void Ledger::drop(std::uint32_t sample, const SampleFailure& failure) {
  const std::string& path = catalog_.samples[sample].path;
  SourceState& source = sources_[sample];
  source.dropped = true;
  source.good = false;
  const std::lock_guard lock(mutex_);
  late_bad_.push_back({.path = path, .failure = failure, .hash = source.hash});
  ++progress_.bad;
  report();
  check_bad_limit(recipe_, progress_.bad, catalog_.bad.size() + catalog_.samples.size(), late_bad_.back());
  if (source.hash && !tree_.bad_sources().contains(path))
    tree_.journal().bad(path, {*source.hash, std::string(stage_name(failure.stage)), failure.reason});
}

std::vector<bool> Ledger::dropped() const {
  std::vector<bool> flags(sources_.size());
  for (std::size_t i = 0; i < sources_.size(); ++i) flags[i] = sources_[i].dropped;
  return flags;
}

std::optional<OutputRecord> Ledger::output(const std::string& name, const Hash128& fingerprint) const {
  {
    const std::lock_guard lock(mutex_);
    const auto made = made_.find(name);
    if (made != made_.end())
      return made->second.fingerprint == fingerprint ? std::optional(made->second) : std::nullopt;
  }
  const OutputRecord* record = remake_ ? nullptr : tree_.record(name);
  return record != nullptr && record->fingerprint == fingerprint ? std::optional(*record) : std::nullopt;
}

bool Ledger::has_output(const std::string& name) const {
  const std::lock_guard lock(mutex_);
  return made_.contains(name) || (!remake_ && tree_.record(name) != nullptr);
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

void Ledger::report() { observer_.progressed(progress_); }

}  // namespace tenfold
