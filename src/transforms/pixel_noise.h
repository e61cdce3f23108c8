// Random numbers for pixels: each row of an image has its own, so the result does not depend on the order in
// which rows are made, nor on threads.
//
// They come from Philox4x32-10 with the transform's noise key as the key and (block, row) as the counter: a
// pixel's numbers depend on nothing but its place. Sixteen blocks are made at a time, each round of Philox
// over all of them, so that the compiler makes vector code of it.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace tenfold {

class RowNoise {
 public:
  RowNoise(std::uint64_t key, int row)
      : key_{static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)},
        row_(static_cast<std::uint32_t>(row)) {}  // words_ is filled before it is read

  // The next 32 random bits.
  std::uint32_t next() {
    if (used_ == words_.size()) refill();
    return words_[used_++];
  }

 private:
  static constexpr std::uint32_t kBlocks = 16;
  static constexpr std::size_t kWordsOfABlock = 4;

  void refill();

  std::array<std::uint32_t, 2> key_;
  std::uint32_t row_;
  std::uint32_t block_ = 0;
  std::array<std::uint32_t, kBlocks * kWordsOfABlock> words_;
  std::size_t used_ = words_.size();
};

// A standard normal number for 16 random bits, times 2^20: the middle of one of 65,536 equally likely slices.
// A table of whole numbers, so it is the same on every CPU; |z| < 4.33. Symmetric: the top bit is the sign.
inline constexpr int kNormalBits = 20;
const std::array<std::int32_t, 32'768>& positive_normals();

inline std::int32_t normal(const std::array<std::int32_t, 32'768>& table, std::uint32_t bits16) {
  const std::int32_t z = table[bits16 & 0x7fff];
  return (bits16 & 0x8000) != 0 ? -z : z;
}

}  // namespace tenfold
