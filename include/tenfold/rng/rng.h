// Counter-based random numbers: a draw depends on where it happens, never on when.
//
// A DrawKey names one copy in the plan, a place names one transform in the recipe, and an Rng numbers the
// draws made there. Nothing is shared and nothing carries over, therefore
//
//   * outputs are the same for any thread count, and after an interrupted run is continued;
//   * adding or removing a sample leaves every other sample's copies unchanged;
//   * one copy can be made again on its own.
//
// Stratified draws (attempt 0) spread the copies of one sample evenly: for every draw and every m, the values
// of copies 1 … 2^m fall one into each of 2^m equal slices. They are points of a van der Corput sequence
// whose index and whose value are both shuffled by Owen's nested uniform scrambling. The two scrambles' keys
// depend on everything but the copy, and the copy is the index. (Burley, "Practical Hash-based Owen
// Scrambling", JCGT 9(4), 2020; each bit is flipped by a keyed hash of the bits above it, which is Owen's
// definition to the letter and replaces the paper's Laine-Karras approximation.)
//
// Independent draws, redraws (attempt > 0) and bits() come from Philox4x32-10 with the copy in the counter
// (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
//
// Invariants
//
//   (1) A sample is identified by the hash of its path relative to the dataset root, never by its position
//       in a scan: directory order differs between file systems.
//   (2) Draws are numbered within one place, so a transform that draws more values does not disturb its
//       neighbours.
//   (3) The generator and the layout of keys are part of the output: changing either changes kDrawsVersion,
//       which is part of every fingerprint.
//
// Thread safety: an Rng is a small value; give every job its own.

#pragma once

#include <array>
#include <cstdint>

namespace tenfold {

inline constexpr std::uint32_t kDrawsVersion = 1;

enum class DrawMode { kStratified, kIndependent };

struct DrawKey {
  std::uint64_t seed = 0;
  std::uint64_t sample = 0;  // hash of the sample's relative path
  std::uint32_t copy = 1;    // 1, 2, 3, …
  std::uint32_t attempt = 0;
  DrawMode mode = DrawMode::kStratified;
};

// Four random words for a 128-bit counter and a 64-bit key: one block of Philox4x32-10.
std::array<std::uint32_t, 4> philox(const std::array<std::uint32_t, 4>& counter,
                                    const std::array<std::uint32_t, 2>& key);

class Rng {
 public:
  // `place` is the hash of the transform's place in the recipe, such as one_of#1/rotate#1.
  Rng(const DrawKey& key, std::uint64_t place) : key_(key), place_(place) {}

  // The next draw, in [0, 1), a multiple of 2^-32.
  double uniform();

  // The next draw as 64 random bits; never stratified. Keys pixel noise.
  std::uint64_t bits();

 private:
  std::uint64_t block(std::uint32_t draw, std::uint32_t copy) const;

  DrawKey key_;
  std::uint64_t place_;
  std::uint32_t draws_ = 0;
};

// The point of a stratified draw for copy `index + 1`; `key` chooses both scrambles.
std::uint32_t stratified_point(std::uint32_t index, std::uint64_t key);

}  // namespace tenfold
