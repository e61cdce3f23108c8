// Finds the pictures of a dataset that are one picture: the same bytes, or the same to the eye (near
// duplicates).
//
// Looks find candidates: for each picture its kMostNeighbours nearest looks, or fewer, within kNearLook.
// Thumbnails decide: a pair counts where their aligned correlation is at least kSameDetail.
//
// Time is little more than that of a sort (100,000 looks: 3 s of CPU time), and memory a few numbers for each
// picture, for any dataset: where thousands look alike (blank pages, digits) each is compared with its
// nearest neighbours, not with all. So the pairs are no complete list, but each picture of a group of
// duplicates is tied to others of it, and the groups are what follows from the pairs. Pictures of equal bytes
// are compared as one.
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

// Measured on trashnet (2,527 photographs of 512×384) in November 2026, with 400 of them changed, and for the
// recall with 500 (tests/similarity/measure.cpp):
//
//   Looks: at most 0.06 apart when resized, 0.21 when encoded at quality 50 or brightened by 10 %; cropped by
//   3 % of each side half are within 0.25 and 99 in 100 within 0.51. Of the dataset's 3.2 million pairs 580
//   are nearer than 0.65. Detail: cropped, 99 in 100 correlate by 0.970 and more; with all changes together
//   by 0.958. 33 pairs of the dataset reach 0.95, and those are one thing photographed twice or the same
//   file; one more such pair has 0.944, and the first one of different things 0.917. Recall: 499 or 500 of
//   500 for each change, 495 for all of them together.
//
// Strokes are not told apart as well: 1,100 handwritten digits, scaled to 128×128, have 238 pairs, nearly all
// of ones.
inline constexpr int kMostNeighbours = 8;
inline constexpr double kNearLook = 0.65;    // distance of looks of length one; unrelated ones are 1.41 apart
inline constexpr double kSameDetail = 0.95;  // aligned correlation
// For images that were made of those that have been told apart: what is encoded or resized correlates a
// little differently, and a pair just below one threshold must not lie above the other.
inline constexpr double kSurelySameDetail = 0.96;

struct Picture {
  Hash128 content{};           // of the file
  std::optional<Look> look{};  // without one it is compared by content only
  std::uint32_t set = 0;       // its split or class, where pairs across sets are asked for
};

enum class WantedPairs {
  kAll,
  // Those within a set cost neither a decoding nor a comparison, and do not count. But where a picture is
  // tied to one of another set, all of its content are in its group, and tied to the first of them.
  kAcrossSets,
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
                           const ThumbnailSource& thumbnail, double least_correlation = kSameDetail);

}  // namespace tenfold
