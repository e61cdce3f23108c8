#include "similarity/candidates.h"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <utility>

namespace tenfold {
namespace {

constexpr int kTables = 4;
constexpr int kTurnedBits = 5;  // of a key: 32 keys are looked up
constexpr int kKeyWaves = 40;   // the lower ones, which crops change least
constexpr int kLeastKeyBits = 4, kMostKeyBits = 20;
constexpr std::ptrdiff_t kWindow = 256;  // looks of one key on each side
constexpr double kMostDisproportion = 1.25;
constexpr std::size_t kLooksPerTask = 256;

using Medians = std::array<std::int8_t, Look::kWaves>;

Medians medians_of(std::span<const Picture> pictures) {
  Medians medians{};
  std::vector<std::int8_t> values(pictures.size());
  for (int wave = 0; wave < Look::kWaves; ++wave) {
    for (std::size_t i = 0; i < pictures.size(); ++i) values[i] = pictures[i].look->waves[wave];
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    medians[wave] = *middle;
  }
  return medians;
}

int squared_distance(const Look& a, const Look& b) {
  int sum = 0;
  for (int i = 0; i <= Look::kWaves; ++i) {
    const int difference = a.waves[i] - b.waves[i];
    sum += difference * difference;
  }
  return sum;
}

bool alike(const Look& a, const Look& b) {
  const auto [less, more] = std::minmax(a.proportion, b.proportion);
  return more <= kMostDisproportion * less;
}

// The looks by a key of some of their waves.
class Table {
 public:
  Table(std::span<const Picture> pictures, const Medians& medians, int number, int key_bits)
      : medians_(medians), key_bits_(key_bits), starts_((std::size_t{1} << key_bits) + 1) {
    // The first table has the lowest waves, the others every second, third and fifth of them, and then the
    // rest.
    constexpr std::array<int, kTables> kStrides{1, 2, 3, 5};
    for (int start = 0; start < kStrides[number]; ++start)
      for (int wave = start; wave < kKeyWaves; wave += kStrides[number]) waves_.push_back(wave);

    entries_.reserve(pictures.size());
    for (std::uint32_t i = 0; i < pictures.size(); ++i) entries_.push_back({signature(*pictures[i].look), i});
    std::sort(entries_.begin(), entries_.end());
    for (const Entry& entry : entries_) ++starts_[key(entry.first) + 1];
    for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
  }

  // Calls visit(place) for the looks whose key is nearly that of `look`.
  template <typename Visit>
  void near(const Look& look, std::uint32_t place, const Visit& visit) const {
    const std::uint64_t own = signature(look);
    std::array<std::pair<int, int>, kMostKeyBits> margins;  // and the bit of the signature
    for (int i = 0; i < key_bits_; ++i)
      margins[i] = {std::abs(look.waves[waves_[i]] - medians_[waves_[i]]), kKeyWaves - 1 - i};
    const int turned = std::min(kTurnedBits, key_bits_);
    std::partial_sort(margins.begin(), margins.begin() + turned, margins.begin() + key_bits_);
    for (unsigned choice = 0; choice < 1U << turned; ++choice) {
      std::uint64_t probed = own;
      for (int i = 0; i < turned; ++i) probed ^= std::uint64_t{choice >> i & 1} << margins[i].second;
      visit_around({probed, place}, visit);
    }
  }

 private:
  using Entry = std::pair<std::uint64_t, std::uint32_t>;  // signature, place

  std::uint64_t signature(const Look& look) const {
    std::uint64_t bits = 0;
    for (const int wave : waves_) bits = bits << 1 | (look.waves[wave] > medians_[wave]);
    return bits;
  }

  std::size_t key(std::uint64_t signature) const { return signature >> (kKeyWaves - key_bits_); }

  template <typename Visit>
  void visit_around(const Entry& probed, const Visit& visit) const {
    const auto at = [this](std::size_t i) { return entries_.begin() + starts_[i]; };
    auto begin = at(key(probed.first)), end = at(key(probed.first) + 1);
    if (end - begin > 2 * kWindow) {
      const auto middle = std::lower_bound(begin, end, probed);
      begin += std::max<std::ptrdiff_t>(0, middle - begin - kWindow);
      end -= std::max<std::ptrdiff_t>(0, end - middle - kWindow);
    }
    for (; begin != end; ++begin) visit(begin->second);
  }

  const Medians& medians_;
  int key_bits_;
  std::vector<int> waves_{};  // in the order of the signature's bits, highest first
  std::vector<Entry> entries_{};
  std::vector<std::uint32_t> starts_{};  // of each key among the entries
};

// A neighbour: how far, how far behind in the order of pictures (so that equal looks make a chain), and
// which.
struct Neighbour {
  int distance = 0;
  std::uint32_t apart = 0, place = 0;

  auto operator<=>(const Neighbour&) const = default;
};

std::vector<Neighbour> neighbours_of(std::uint32_t place, std::span<const Picture> pictures,
                                     WantedPairs wanted, const std::vector<Table>& tables) {
  constexpr int kMostDistance = static_cast<int>(kNearLook * kNearLook * Look::kLength * Look::kLength);
  const Picture& own = pictures[place];
  std::vector<Neighbour> found;
  const auto visit = [&](std::uint32_t other) {
    const Picture& picture = pictures[other];
    const int distance = squared_distance(*own.look, *picture.look);
    if (distance > kMostDistance || !alike(*own.look, *picture.look) || picture.content == own.content)
      return;
    if (wanted == WantedPairs::kAcrossSets && picture.set == own.set) return;
    found.push_back({distance, other > place ? other - place : place - other, other});
  };
  for (const Table& table : tables) table.near(*own.look, place, visit);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  if (found.size() > kMostNeighbours) found.resize(kMostNeighbours);
  return found;
}

}  // namespace

std::vector<Candidate> candidates(std::span<const Picture> pictures, WantedPairs wanted) {
  if (pictures.size() < 2) return {};
  const Medians medians = medians_of(pictures);
  const int key_bits =
      std::clamp(static_cast<int>(std::bit_width(pictures.size())) - 1, kLeastKeyBits, kMostKeyBits);
  std::vector<Table> tables;
  for (int i = 0; i < kTables; ++i) tables.emplace_back(pictures, medians, i, key_bits);

  std::vector<std::vector<Candidate>> found((pictures.size() + kLooksPerTask - 1) / kLooksPerTask);
  tbb::parallel_for(std::size_t{0}, found.size(), [&](std::size_t task) {
    const std::size_t end = std::min(pictures.size(), (task + 1) * kLooksPerTask);
    for (std::size_t i = task * kLooksPerTask; i < end; ++i) {
      const auto place = static_cast<std::uint32_t>(i);
      for (const Neighbour& neighbour : neighbours_of(place, pictures, wanted, tables))
        found[task].push_back({std::min(place, neighbour.place), std::max(place, neighbour.place)});
    }
  });
  std::vector<Candidate> all;
  for (const std::vector<Candidate>& some : found) all.insert(all.end(), some.begin(), some.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace tenfold
