// Finds the pictures of a dataset that are one picture: the same bytes, or the same to the eye (near
// duplicates).
//
// Looks find candidates: for each picture its kMostNeighbours nearest looks, or fewer, within kNearLook.
// Thumbnails decide: a pair counts where their aligned correlation is at least kSameDetail.
//
// Time is that of a sort, and memory a few numbers for each picture, for any dataset: where thousands look
// alike (blank pages, digits) each is compared with its nearest neighbours, not with all. So the pairs are no
// complete list, but each picture of a group of duplicates is tied to others of it, and the groups are what
// follows from the pairs. Pictures of equal bytes are compared as one.
//
// The same pairs for any number of threads.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "tenfold/base/hash.h"
#include "tenfold/similarity/look.h"

namespace tenfold {

inline constexpr int kMostNeighbours = 8;
inline constexpr double kNearLook = 0.65;  // distance of looks of length one; unrelated ones are 1.41 apart
inline constexpr double kSameDetail = 0.9;

struct Picture {
  Hash128 content{};           // of the file
  std::optional<Look> look{};  // without one it is compared by content only
  std::uint32_t set = 0;       // its split or class, where pairs across sets are asked for
};

enum class WantedPairs {
  kAll,
  kAcrossSets,  // those within a set cost neither a decoding nor a comparison
};

struct DuplicatePair {
  std::uint32_t first = 0, second = 0;  // places of pictures; first < second
  bool exact = false;                   // equal bytes
  double correlation = 1;

  bool operator==(const DuplicatePair&) const = default;
};

struct Duplicates {
  std::vector<DuplicatePair> pairs{};   // sorted
  std::vector<std::uint32_t> groups{};  // for each picture the first one of its group, perhaps itself
  std::uint64_t compared = 0;           // pairs of thumbnails
};

// The thumbnail of a picture, decoded again; nothing where that fails, and then its pairs do not count.
// Called from several threads at once, and only for pictures with a look. What it throws ends the search.
using ThumbnailSource = std::function<std::optional<Thumbnail>(std::uint32_t picture)>;

Duplicates find_duplicates(std::span<const Picture> pictures, WantedPairs wanted,
                           const ThumbnailSource& thumbnail);

}  // namespace tenfold
