#include "likeness.h"

#include <mutex>

#include "each_sample.h"
#include "tenfold/dataset/source_file.h"
#include "tenfold/image/codec.h"

namespace tenfold {
namespace {

constexpr const char* kNoLook = "-";

// What the index has of this content; empty where it has nothing.
std::string known_look(const SourceIndex& index, const Sample& sample, const Hash128& hash) {
  const auto known = index.find(sample.path);
  return known != index.end() && known->second.hash == hash ? known->second.look : "";
}

std::string look_text(const cv::Mat& pixels) {
  const std::optional<Look> look = look_of(pixels);
  return look ? text_of(*look) : kNoLook;
}

Outcome<cv::Mat> pixels_of(const Catalog& catalog, const Sample& sample) {
  const Outcome<Bytes> bytes = read_source(catalog, sample);
  if (!bytes) return tl::unexpected(bytes.error());
  return decode(*bytes, sample.header).map([](const DecodedImage& image) { return image.pixels; });
}

}  // namespace

LookTexts look_at_samples(const Catalog& catalog, const RunOptions& options, const SourceIndex& index,
                          Ledger& ledger) {
  LookTexts looks(catalog.samples.size());
  for_each_sample(catalog, options, [&](std::uint32_t i) {
    const Sample& sample = catalog.samples[i];
    const SourceState& source = ledger.source(i);
    if (source.dropped) return;
    if (source.hash && source.good) looks[i] = known_look(index, sample, *source.hash);
    if (!looks[i].empty()) return;
    const Outcome<Bytes> bytes = read_source(catalog, sample);
    if (!bytes) return ledger.drop(i, bytes.error());
    if (!ledger.recognise_content(i, hash128(*bytes))) return;
    const Outcome<DecodedImage> image = decode(*bytes, sample.header);
    if (!image) return ledger.drop(i, image.error());
    looks[i] = look_text(image->pixels);
    ledger.accept(i, looks[i]);
  });
  return looks;
}

LookTexts look_at_samples(const Catalog& catalog, const RunOptions& options, const SourceIndex& index,
                          SourceHashes& hashes) {
  LookTexts looks(catalog.samples.size());
  for_each_sample(catalog, options, [&](std::uint32_t i) {
    if (!hashes[i]) return;
    const Sample& sample = catalog.samples[i];
    looks[i] = known_look(index, sample, *hashes[i]);
    if (!looks[i].empty()) return;
    const Outcome<cv::Mat> pixels = pixels_of(catalog, sample);
    if (pixels)
      looks[i] = look_text(*pixels);
    else
      hashes[i] = std::nullopt;
  });
  return looks;
}

Duplicates duplicates_among(const Catalog& catalog, const RunOptions& options, const SourceHashes& hashes,
                            const LookTexts& looks) {
  const std::uint64_t share = options.memory_bytes / static_cast<std::uint64_t>(options.jobs);
  std::mutex one_large;  // image that takes more, at a time
  std::vector<Picture> pictures;
  std::vector<std::uint32_t> samples;  // of the pictures
  for (std::uint32_t i = 0; i < hashes.size(); ++i) {
    if (!hashes[i]) continue;
    pictures.push_back({.content = *hashes[i],
                        .look = parse_look(looks[i]),
                        .set = catalog.samples[i].split == Split::kTrain ? 0u : 1u});
    samples.push_back(i);
  }
  const auto thumbnail = [&](std::uint32_t picture) -> std::optional<Thumbnail> {
    end_if_stopped(options);
    const Sample& sample = catalog.samples[samples[picture]];
    std::unique_lock lock(one_large, std::defer_lock);
    if (sample.header.pixel_count() * kBytesPerPixel > share) lock.lock();
    const Outcome<cv::Mat> pixels = pixels_of(catalog, sample);
    return pixels ? std::optional(thumbnail_of(*pixels)) : std::nullopt;
  };
  Duplicates duplicates =
      find_duplicates(pictures, catalog.has_splits ? WantedPairs::kAcrossSets : WantedPairs::kAll, thumbnail);
  for (DuplicatePair& pair : duplicates.pairs) {
    pair.first = samples[pair.first];
    pair.second = samples[pair.second];
  }
  std::vector<std::uint32_t> groups(hashes.size());
  for (std::uint32_t i = 0; i < groups.size(); ++i) groups[i] = i;
  for (std::size_t i = 0; i < samples.size(); ++i) groups[samples[i]] = samples[duplicates.groups[i]];
  duplicates.groups = std::move(groups);
  return duplicates;
}

}  // namespace tenfold
