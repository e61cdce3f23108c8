#include "tenfold/similarity/near_duplicates.h"

#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>
#include <utility>

#include "similarity/candidates.h"
#include "tenfold/similarity/alignment.h"

namespace tenfold {
namespace {

constexpr std::size_t kPairsAtOnce = 4096;  // so at most 8,192 thumbnails (64 MiB) are kept

// The places of the pictures that are compared by their looks: the first of each content, in each set where
// sets matter. The others are tied to them by `exact`.
struct Distinct {
  std::vector<std::uint32_t> places{};
  std::vector<DuplicatePair> exact{};
};

Distinct distinct(std::span<const Picture> pictures, WantedPairs wanted) {
  std::vector<std::uint32_t> order(pictures.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return pictures[a].content < pictures[b].content;
  });
  Distinct result;
  for (auto first = order.begin(); first != order.end();) {
    const auto end = std::find_if(
        first, order.end(), [&](std::uint32_t i) { return pictures[i].content != pictures[*first].content; });
    std::vector<std::uint32_t> sets;
    for (auto i = first; i != end; ++i) {
      const std::uint32_t set = wanted == WantedPairs::kAll ? 0 : pictures[*i].set;
      if (i != first && (wanted == WantedPairs::kAll || set != pictures[*first].set))
        result.exact.push_back({*first, *i, true, 1});
      if (std::find(sets.begin(), sets.end(), set) != sets.end()) continue;
      sets.push_back(set);
      if (pictures[*i].look) result.places.push_back(*i);
    }
    first = end;
  }
  std::sort(result.places.begin(), result.places.end());
  return result;
}

// Thumbnails of the pictures that some pairs need.
class Thumbnails {
 public:
  explicit Thumbnails(const ThumbnailSource& source) : source_(source) {}

  // Those of `pairs` instead of those before; what both need is kept.
  void load(std::span<const Candidate> pairs) {
    Kept next;
    for (const Candidate& pair : pairs)
      for (const std::uint32_t place : {pair.first, pair.second}) next.try_emplace(place);
    std::vector<Kept::iterator> missing;
    for (auto i = next.begin(); i != next.end(); ++i) {
      const auto before = kept_.find(i->first);
      before != kept_.end() ? i->second.swap(before->second) : missing.push_back(i);
    }
    kept_.clear();
    tbb::parallel_for(std::size_t{0}, missing.size(), [&](std::size_t i) {
      if (const auto thumbnail = source_(missing[i]->first))
        missing[i]->second = std::make_unique<Thumbnail>(*thumbnail);
    });
    kept_ = std::move(next);
  }

  // Null where it cannot be had.
  const Thumbnail* find(std::uint32_t place) const { return kept_.at(place).get(); }

 private:
  using Kept = std::map<std::uint32_t, std::unique_ptr<Thumbnail>>;

  const ThumbnailSource& source_;
  Kept kept_{};
};

std::vector<double> correlations(std::span<const Candidate> pairs, const Thumbnails& thumbnails) {
  std::vector<double> found(pairs.size());
  tbb::parallel_for(std::size_t{0}, pairs.size(), [&](std::size_t i) {
    const Thumbnail *first = thumbnails.find(pairs[i].first), *second = thumbnails.find(pairs[i].second);
    if (first && second) found[i] = aligned_correlation(*first, *second);
  });
  return found;
}

// For each picture the first one that pairs tie it to.
std::vector<std::uint32_t> groups_of(std::size_t pictures, std::span<const DuplicatePair> pairs) {
  std::vector<std::uint32_t> parents(pictures);
  std::iota(parents.begin(), parents.end(), 0);
  const auto root = [&](std::uint32_t place) {
    while (parents[place] != place) place = parents[place] = parents[parents[place]];
    return place;
  };
  for (const DuplicatePair& pair : pairs) {
    const auto [first, later] = std::minmax({root(pair.first), root(pair.second)});
    parents[later] = first;
  }
  for (std::uint32_t i = 0; i < pictures; ++i) parents[i] = root(i);
  return parents;
}

}  // namespace

Duplicates find_duplicates(std::span<const Picture> pictures, WantedPairs wanted,
                           const ThumbnailSource& thumbnail) {
  auto [places, pairs] = distinct(pictures, wanted);
  std::vector<Picture> looked_at;
  looked_at.reserve(places.size());
  for (const std::uint32_t place : places) looked_at.push_back(pictures[place]);
  std::vector<Candidate> near = candidates(looked_at, wanted);
  for (Candidate& pair : near) pair = {places[pair.first], places[pair.second]};

  Duplicates result{.compared = near.size()};
  Thumbnails thumbnails(thumbnail);
  for (std::size_t begin = 0; begin < near.size(); begin += kPairsAtOnce) {
    const auto some = std::span(near).subspan(begin, std::min(kPairsAtOnce, near.size() - begin));
    thumbnails.load(some);
    const std::vector<double> found = correlations(some, thumbnails);
    for (std::size_t i = 0; i < some.size(); ++i)
      if (found[i] >= kSameDetail) pairs.push_back({some[i].first, some[i].second, false, found[i]});
  }
  std::sort(pairs.begin(), pairs.end(), [](const DuplicatePair& a, const DuplicatePair& b) {
    return std::pair(a.first, a.second) < std::pair(b.first, b.second);
  });
  result.groups = groups_of(pictures.size(), pairs);
  result.pairs = std::move(pairs);
  return result;
}

}  // namespace tenfold
