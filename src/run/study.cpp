#include "study.h"

#include <tbb/combinable.h>

#include "each_sample.h"
#include "tenfold/dataset/source_file.h"
#include "tenfold/image/codec.h"

namespace tenfold {
namespace {

using Sums = tbb::combinable<StatisticsSums>;

Sums empty_sums(const Catalog& catalog) {
  return Sums([&catalog] { return StatisticsSums(catalog.classes.size()); });
}

// Nothing of val or test may get into a copy.
bool is_expanded(const Catalog& catalog, const PlannedSamples& planned, std::uint32_t sample) {
  if (!planned.dropped.empty() && planned.dropped[sample]) return false;
  return (planned.splits.empty() ? catalog.samples[sample].split : planned.splits[sample]) == Split::kTrain;
}

void hand_over(const Catalog& catalog, Sums& sums, DatasetMaterials& materials) {
  if (materials.needs().statistics.empty()) return;
  StatisticsSums total(catalog.classes.size());
  sums.combine_each([&](const StatisticsSums& part) { total.add(part); });
  materials.set_statistics(total);
}

// Reads and decodes one sample, if it is not known well enough, and adds it to `sums` where given.
void look_at(const Catalog& catalog, std::uint32_t index, Ledger& ledger, StatisticsSums* sums) {
  const SourceState& source = ledger.source(index);
  if (source.dropped || (source.hash && source.good && sums == nullptr)) return;
  const Sample& sample = catalog.samples[index];
  const Outcome<Bytes> bytes = read_source(catalog, sample);
  if (!bytes) return ledger.drop(index, bytes.error());
  if (!ledger.recognise_content(index, hash128(*bytes))) return;
  if (source.good && sums == nullptr) return ledger.accept(index);
  const Outcome<DecodedImage> image = decode(*bytes, sample.header);
  if (!image) return ledger.drop(index, image.error());
  ledger.accept(index);
  if (sums != nullptr) sums->add(image->pixels, sample.class_index);
}

}  // namespace

void study(const Catalog& catalog, const PlannedSamples& planned, const RunOptions& options, Ledger& ledger,
           DatasetMaterials& materials) {
  const Needs& needs = materials.needs();
  if (!needs.partners && needs.statistics.empty()) return;
  Sums sums = empty_sums(catalog);
  const std::size_t count = catalog.samples.size();
  for_each_sample(catalog, options, [&](std::uint32_t i) {
    if (!is_expanded(catalog, planned, i)) return;
    look_at(catalog, i, ledger, needs.statistics.empty() ? nullptr : &sums.local());
  });
  hand_over(catalog, sums, materials);
  std::vector<std::optional<Hash128>> hashes(count);
  for (std::uint32_t i = 0; i < count; ++i)
    if (const SourceState& source = ledger.source(i); !source.dropped && is_expanded(catalog, planned, i))
      hashes[i] = source.hash;
  materials.set_candidates(hashes);
}

void study(const Catalog& catalog, const PlannedSamples& planned, const RunOptions& options,
           SourceHashes& hashes, DatasetMaterials& materials) {
  if (!materials.needs().statistics.empty()) {
    Sums sums = empty_sums(catalog);
    for_each_sample(catalog, options, [&](std::uint32_t i) {
      if (!hashes[i] || !is_expanded(catalog, planned, i)) return;
      const Sample& sample = catalog.samples[i];
      const Outcome<Bytes> bytes = read_source(catalog, sample);
      const Outcome<DecodedImage> image =
          bytes ? decode(*bytes, sample.header) : Outcome<DecodedImage>(tl::unexpected(bytes.error()));
      if (image)
        sums.local().add(image->pixels, sample.class_index);
      else
        hashes[i] = std::nullopt;
    });
    hand_over(catalog, sums, materials);
  }
  SourceHashes candidates = hashes;
  for (std::uint32_t i = 0; i < candidates.size(); ++i)
    if (!is_expanded(catalog, planned, i)) candidates[i] = std::nullopt;
  materials.set_candidates(candidates);
}

}  // namespace tenfold
