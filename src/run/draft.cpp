#include "draft.h"

#include "likeness.h"
#include "study.h"

namespace tenfold {
namespace {

SourceHashes hashes_of(const Recipe& recipe, const Catalog& catalog, const OutputState& state, bool rehash) {
  if (state.images() == 0 && state.bad.empty() && !recipe.input.has_splits())
    return SourceHashes(catalog.samples.size(), Hash128{});
  return known_hashes(catalog, state, rehash);
}

Partition partition_of(const Recipe& recipe, const Catalog& catalog, const RunOptions& options,
                       const OutputState& state, SourceHashes& hashes) {
  if (!recipe.input.has_splits()) return Partition(recipe, catalog, {});
  const LookTexts looks = look_at_samples(catalog, options, state.index, hashes);
  return Partition(recipe, catalog, duplicates_among(catalog, options, hashes, looks));
}

std::vector<bool> dropped_of(const SourceHashes& hashes) {
  std::vector<bool> dropped(hashes.size());
  for (std::size_t i = 0; i < hashes.size(); ++i) dropped[i] = !hashes[i];
  return dropped;
}

}  // namespace

Draft make_draft(const Recipe& recipe, const Catalog& catalog, const OutputState& state,
                 const RunOptions& options, std::uint64_t cache_bytes, Passes& passes) {
  SourceHashes hashes = passes("hash", [&] { return hashes_of(recipe, catalog, state, options.rehash); });
  Partition partition =
      passes("compare", [&] { return partition_of(recipe, catalog, options, state, hashes); });
  Partitioned partitioned = partition.of(dropped_of(hashes));
  refuse_leaks(partition, partitioned);
  Plan plan = passes("plan", [&] { return make_plan(catalog, recipe, partitioned.samples); });
  auto materials = std::make_unique<DatasetMaterials>(recipe, catalog, cache_bytes);
  passes("study", [&] { study(catalog, partitioned.samples, options, hashes, *materials); });
  return {std::move(hashes), std::move(partition), std::move(partitioned), std::move(plan),
          std::move(materials)};
}

}  // namespace tenfold
