#include "remembered.h"

#include <tbb/parallel_for.h>

#include "original.h"
#include "tenfold/dataset/source_file.h"

namespace tenfold {

std::optional<Hash128> remembered_hash(const Catalog& catalog, const Sample& sample, const OutputState& state,
                                       bool rehash) {
  const auto known = state.index.find(sample.path);
  const auto bad = state.bad.find(sample.path);
  const bool is_known = known != state.index.end() && known->second.size_bytes == sample.size_bytes &&
                        known->second.modified_ns == sample.modified_ns;
  const bool was_bad = bad != state.bad.end() && !(is_known && bad->second.hash == known->second.hash);
  if (rehash || was_bad) {
    const Outcome<Bytes> bytes = read_source(catalog, sample);
    return bytes ? std::optional(hash128(*bytes)) : std::nullopt;
  }
  return is_known ? std::optional(known->second.hash) : std::nullopt;
}

std::optional<SampleFailure> remembered_failure(const Sample& sample, const Hash128& content,
                                                const OutputState& state) {
  const auto bad = state.bad.find(sample.path);
  if (bad == state.bad.end() || bad->second.hash != content ||
      bad->second.stage != stage_name(Stage::kDecode))
    return std::nullopt;
  return SampleFailure{Stage::kDecode, bad->second.reason};
}

SourceHashes known_hashes(const Catalog& catalog, const OutputState& state, bool rehash) {
  SourceHashes hashes(catalog.samples.size());
  tbb::parallel_for(std::size_t{0}, catalog.samples.size(), [&](std::size_t i) {
    const Sample& sample = catalog.samples[i];
    std::optional<Hash128> hash = remembered_hash(catalog, sample, state, rehash);
    if (!hash) {
      const Outcome<Bytes> bytes = read_source(catalog, sample);
      if (bytes) hash = hash128(*bytes);
    }
    if (hash && !remembered_failure(sample, *hash, state)) hashes[i] = hash;
  });
  return hashes;
}

bool is_as_planned(const Jobs& jobs, const OutputId& output, const Job& first, const Hash128& source,
                   const OutputRecord& record, const std::filesystem::path& path) {
  if (record.moments.channels == 0 || !jobs.attempt_of(output, first, source, record.fingerprint))
    return false;
  if (!first.verbatim || record.shard > 0) return true;
  const Originals how = jobs.recipe().output.originals;
  // Where they are no links, nobody need look for the sources.
  const Sources& sources = jobs.catalog().sources;
  const bool asks = how != Originals::kCopy || sources.are_open();
  return lies_as_wanted(asks ? sources.file_of(output.sample.path) : std::nullopt, path, how);
}

}  // namespace tenfold
