// Which looks are near enough to one another that their pictures are worth a comparison.
//
// A table sorts the looks by a key of bits, each of which says whether one low wave lies above its median
// over all looks. A look is searched for under its own key and under those where its least certain bits, the
// waves next to their medians, are the other way round: it is those that a crop turns over. Four tables use
// different waves. Where more looks share a key than kWindow, those are taken that are nearest to it in the
// order of further bits.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tenfold/similarity/near_duplicates.h"

namespace tenfold {

struct Candidate {
  std::uint32_t first = 0, second = 0;  // first < second

  auto operator<=>(const Candidate&) const = default;
};

// Places in `pictures`, all of which have looks; sorted, each pair once. Not pairs of equal content.
std::vector<Candidate> candidates(std::span<const Picture> pictures, WantedPairs wanted);

}  // namespace tenfold
