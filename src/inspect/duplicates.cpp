#include "duplicates.h"

#include <algorithm>
#include <map>
#include <utility>

#include "tenfold/base/error.h"
#include "tenfold/dataset/source_file.h"
#include "tenfold/image/codec.h"
#include "tenfold/similarity/near_duplicates.h"

namespace tenfold {
namespace {

// Samples that pairs tie together.
struct Group {
  std::vector<std::uint32_t> members{};  // by place, so by class and path
  double correlation = 0;                // of the pair that is most alike
};

std::vector<Group> groups_of(std::span<const DuplicatePair> pairs) {
  std::map<std::uint32_t, std::uint32_t> parents;  // of those in a pair; roots are their own
  const auto root = [&](std::uint32_t place) {
    parents.try_emplace(place, place);
    while (parents[place] != place) place = parents[place] = parents[parents[place]];
    return place;
  };
  for (const DuplicatePair& pair : pairs) {
    const std::uint32_t a = root(pair.first), b = root(pair.second);
    parents[std::max(a, b)] = std::min(a, b);
  }
  std::map<std::uint32_t, Group> groups;
  for (const auto& [place, parent] : parents) groups[root(place)].members.push_back(place);
  for (const DuplicatePair& pair : pairs) {
    double& correlation = groups[root(pair.first)].correlation;
    correlation = std::max(correlation, pair.correlation);
  }
  std::vector<Group> result;
  for (auto& [place, group] : groups) result.push_back(std::move(group));
  return result;
}

class Search {
 public:
  Search(const Catalog& catalog, const InspectedImages& images, const InspectOptions& options)
      : catalog_(catalog), options_(options) {
    for (std::uint32_t i = 0; i < images.of_samples.size(); ++i) {
      const InspectedImage& image = images.of_samples[i];
      if (!image.usable) continue;
      places_.push_back(i);
      pictures_.push_back({image.content, image.look, catalog.samples[i].class_index});
    }
  }

  std::vector<DatasetFinding> run() {
    const Duplicates found = find_duplicates(pictures_, WantedPairs::kAll,
                                             [&](std::uint32_t picture) { return thumbnail(picture); });
    std::vector<DuplicatePair> alike, same, across, within;
    for (const DuplicatePair& pair : found.pairs) {
      if (!pair.exact && pair.correlation <= options_.thresholds.similar) continue;
      alike.push_back(pair);
      const bool one_class = class_of(pair.first) == class_of(pair.second);
      // Two labels are a finding of their own; for one, what spans splits has been told.
      if (one_class && sample_of(pair.first).split != sample_of(pair.second).split) continue;
      (pair.exact ? same : one_class ? within : across).push_back(pair);
    }
    for (const Group& group : groups_of(alike))
      if (spans_splits(group)) add(Flaw::kAcrossSplits, group);
    for (const Group& group : groups_of(same)) {
      // Members are sorted by class.
      const bool one_class = class_of(group.members.front()) == class_of(group.members.back());
      add(one_class ? Flaw::kDuplicate : Flaw::kDuplicateAcrossClasses, group);
    }
    for (const Group& group : groups_of(across))
      add(Flaw::kSimilarAcrossClasses, group).value = group.correlation;
    for (const Group& group : groups_of(within)) add(Flaw::kSimilar, group).value = group.correlation;
    return std::move(findings_);
  }

 private:
  const Sample& sample_of(std::uint32_t picture) const { return catalog_.samples[places_[picture]]; }
  std::uint32_t class_of(std::uint32_t picture) const { return pictures_[picture].set; }

  bool spans_splits(const Group& group) const {
    return std::ranges::any_of(group.members, [&](std::uint32_t picture) {
      return sample_of(picture).split != sample_of(group.members.front()).split;
    });
  }

  std::optional<Thumbnail> thumbnail(std::uint32_t picture) const {
    end_if_stopped(options_);
    const Sample& sample = sample_of(picture);
    const Outcome<Bytes> bytes = read_source(catalog_, sample);
    if (!bytes) return std::nullopt;
    const Outcome<DecodedImage> image = decode(*bytes, sample.header);
    if (!image) return std::nullopt;
    return thumbnail_of(image->pixels);
  }

  DatasetFinding& add(Flaw flaw, const Group& group) {
    const Sample& first = sample_of(group.members.front());
    DatasetFinding& finding = findings_.emplace_back(DatasetFinding{
        .flaw = flaw, .class_name = catalog_.classes[first.class_index], .file_name = first.path});
    for (const std::uint32_t other : std::span(group.members).subspan(1))
      finding.others.push_back(sample_of(other).path);
    return finding;
  }

  const Catalog& catalog_;
  const InspectOptions& options_;
  std::vector<std::uint32_t> places_{};  // of the pictures, in the catalog
  std::vector<Picture> pictures_{};
  std::vector<DatasetFinding> findings_{};
};

}  // namespace

std::vector<DatasetFinding> duplicate_findings(const Catalog& catalog, const InspectedImages& images,
                                               const InspectOptions& options) {
  return Search(catalog, images, options).run();
}

}  // namespace tenfold
