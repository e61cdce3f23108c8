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

// Pictures by their content.
struct Contents {
  std::vector<std::uint32_t> firsts{};  // for each picture the first one of equal content
  std::vector<std::uint32_t> places{};  // of those that are compared by their looks: the first of each
                                        // content, in each set where sets matter
};

Contents contents_of(std::span<const Picture> pictures, WantedPairs wanted) {
  std::vector<std::uint32_t> order(pictures.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return pictures[a].content < pictures[b].content;
  });
  Contents result{.firsts = std::vector<std::uint32_t>(pictures.size())};
  for (auto first = order.begin(); first != order.end();) {
    const auto end = std::find_if(
        first, order.end(), [&](std::uint32_t i) { return pictures[i].content != pictures[*first].content; });
    std::vector<std::uint32_t> sets;
    for (auto i = first; i != end; ++i) {
      result.firsts[*i] = *first;
      const std::uint32_t set = wanted == WantedPairs::kAll ? 0 : pictures[*i].set;
      if (std::find(sets.begin(), sets.end(), set) != sets.end()) continue;
      sets.push_back(set);
      if (pictures[*i].look) result.places.push_back(*i);
    }
    first = end;
  }
  std::sort(result.places.begin(), result.places.end());
  return result;
}

// The pairs of equal content, each with the first of it. Where pairs across sets are wanted, those of
// contents that lie in several sets or are in one of `near`, the pairs found by looks: then all of a content
// are.
std::vector<DuplicatePair> exact_pairs(std::span<const Picture> pictures, WantedPairs wanted,
                                       std::span<const std::uint32_t> firsts,
                                       std::span<const DuplicatePair> near) {
  std::vector<bool> counts(pictures.size(), wanted == WantedPairs::kAll);  // by the first of a content
  for (const DuplicatePair& pair : near) counts[firsts[pair.first]] = counts[firsts[pair.second]] = true;
  for (std::size_t i = 0; i < pictures.size(); ++i)
    if (pictures[i].set != pictures[firsts[i]].set) counts[firsts[i]] = true;
  std::vector<DuplicatePair> pairs;
  for (std::uint32_t i = 0; i < pictures.size(); ++i)
    if (firsts[i] != i && counts[firsts[i]]) pairs.push_back({firsts[i], i, true, 1});
  return pairs;
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

// The same for both orders, in which pictures come by chance. Far from the threshold one way is enough.
double correlation_of(const Thumbnail& first, const Thumbnail& second) {
  constexpr double kDoubtful = kSameDetail - 0.05;
  const double one = aligned_correlation(first, second);
  if (one < kDoubtful || one == 1) return one;
  return std::max(one, aligned_correlation(second, first));
}

std::vector<double> correlations(std::span<const Candidate> pairs, const Thumbnails& thumbnails) {
  std::vector<double> found(pairs.size());
  tbb::parallel_for(std::size_t{0}, pairs.size(), [&](std::size_t i) {
    const Thumbnail *first = thumbnails.find(pairs[i].first), *second = thumbnails.find(pairs[i].second);
    if (first && second) found[i] = correlation_of(*first, *second);
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
                           const ThumbnailSource& thumbnail, double least_correlation) {
  const auto [firsts, places] = contents_of(pictures, wanted);
  std::vector<Picture> looked_at;
  looked_at.reserve(places.size());
  for (const std::uint32_t place : places) looked_at.push_back(pictures[place]);
  std::vector<Candidate> near = candidates(looked_at, wanted);
  for (Candidate& pair : near) pair = {places[pair.first], places[pair.second]};

  Duplicates result{.compared = near.size()};
  std::vector<DuplicatePair>& pairs = result.pairs;
  Thumbnails thumbnails(thumbnail);
  for (std::size_t begin = 0; begin < near.size(); begin += kPairsAtOnce) {
    const auto some = std::span(near).subspan(begin, std::min(kPairsAtOnce, near.size() - begin));
    thumbnails.load(some);
    const std::vector<double> found = correlations(some, thumbnails);
    for (std::size_t i = 0; i < some.size(); ++i)
      if (found[i] >= least_correlation) pairs.push_back({some[i].first, some[i].second, false, found[i]});
  }
  const std::vector<DuplicatePair> exact = exact_pairs(pictures, wanted, firsts, pairs);
  pairs.insert(pairs.end(), exact.begin(), exact.end());
  std::sort(pairs.begin(), pairs.end(), [](const DuplicatePair& a, const DuplicatePair& b) {
    return std::pair(a.first, a.second) < std::pair(b.first, b.second);
  });
  result.groups = groups_of(pictures.size(), pairs);
  return result;
}

}  // namespace tenfold
