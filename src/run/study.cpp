#include "study.h"

#include <tbb/combinable.h>
#include <tbb/parallel_for.h>

#include <mutex>

#include "interruption.h"
#include "tenfold/dataset/source_file.h"
#include "tenfold/image/codec.h"

namespace tenfold {
namespace {

using Sums = tbb::combinable<StatisticsSums>;

Sums empty_sums(const Catalog& catalog) {
  return Sums([&catalog] { return StatisticsSums(catalog.classes.size()); });
}

void hand_over(const Catalog& catalog, Sums& sums, DatasetMaterials& materials) {
  if (materials.needs().statistics.empty()) return;
  StatisticsSums total(catalog.classes.size());
  sums.combine_each([&](const StatisticsSums& part) { total.add(part); });
  materials.set_statistics(total);
}

// Calls `look(i)` for every sample, with all threads where as many images fit into the memory, and one after
// the other for those of which they do not.
template <typename Look>
void for_each_sample(const Catalog& catalog, const RunOptions& options, Look&& look) {
  constexpr std::uint64_t kBytesPerPixel = 8;  // of 16 bit, decoded and on the way to it
  const std::uint64_t share = options.memory_bytes / static_cast<std::uint64_t>(options.jobs);
  std::vector<std::uint32_t> large;
  std::mutex mutex;
  tbb::parallel_for(std::size_t{0}, catalog.samples.size(), [&](std::size_t i) {
    if (is_stopped(options)) return;
    const auto index = static_cast<std::uint32_t>(i);
    if (catalog.samples[i].header.pixel_count() * kBytesPerPixel <= share) return look(index);
    const std::lock_guard lock(mutex);
    large.push_back(index);
  });
  for (const std::uint32_t index : large) {
    end_if_stopped(options);
    look(index);
  }
  end_if_stopped(options);
}

// Reads and decodes one sample, if it is not known well enough, and adds it to `sums` where given.
void look_at(const Catalog& catalog, std::uint32_t index, Ledger& ledger, StatisticsSums* sums) {
  const SourceState& source = ledger.source(index);
  if (source.dropped || (source.hash && source.good && sums == nullptr)) return;
  const Sample& sample = catalog.samples[index];
  const Outcome<Bytes> bytes = read_source(catalog, sample);
  if (!bytes) return ledger.drop(index, bytes.error());
  if (!ledger.recognise_content(index, hash128(*bytes))) return;
  if (source.good && sums == nullptr) return;
  const Outcome<DecodedImage> image = decode(*bytes, sample.header);
  if (!image) return ledger.drop(index, image.error());
  ledger.accept(index);
  if (sums != nullptr) sums->add(image->pixels, sample.class_index);
}

}  // namespace

void study(const Catalog& catalog, const RunOptions& options, Ledger& ledger, DatasetMaterials& materials) {
  const Needs& needs = materials.needs();
  if (!needs.partners && needs.statistics.empty()) return;
  Sums sums = empty_sums(catalog);
  const std::size_t count = catalog.samples.size();
  for_each_sample(catalog, options, [&](std::uint32_t i) {
    look_at(catalog, i, ledger, needs.statistics.empty() ? nullptr : &sums.local());
  });
  hand_over(catalog, sums, materials);
  std::vector<std::optional<Hash128>> hashes(count);
  for (std::uint32_t i = 0; i < count; ++i)
    if (const SourceState& source = ledger.source(i); !source.dropped) hashes[i] = source.hash;
  materials.set_candidates(hashes);
}

void study(const Catalog& catalog, const RunOptions& options, SourceHashes& hashes,
           DatasetMaterials& materials) {
  if (!materials.needs().statistics.empty()) {
    Sums sums = empty_sums(catalog);
    for_each_sample(catalog, options, [&](std::uint32_t i) {
      if (!hashes[i]) return;
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
  materials.set_candidates(hashes);
}

}  // namespace tenfold
