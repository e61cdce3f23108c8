#include "tenfold/rng/rng.h"

#include <Random123/philox.h>

namespace tenfold {
namespace {

// The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): a bijection in which every input bit moves
// every output bit.
constexpr std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15u;  // 2^64 / golden ratio, odd

std::uint32_t reversed_bits(std::uint32_t x) {
  x = ((x >> 1) & 0x55555555u) | ((x & 0x55555555u) << 1);
  x = ((x >> 2) & 0x33333333u) | ((x & 0x33333333u) << 2);
  x = ((x >> 4) & 0x0f0f0f0fu) | ((x & 0x0f0f0f0fu) << 4);
  return __builtin_bswap32(x);
}

// Owen's nested uniform scramble in base 2: bit i is flipped by a hash of the bits above it.
std::uint32_t owen_scrambled(std::uint32_t x, std::uint64_t key) {
  std::uint32_t flips = 0;
  for (int bit = 31; bit >= 0; --bit) {
    // The leading one marks how many bits there are, so that prefixes 0 and 00 differ.
    const std::uint64_t prefix = (std::uint64_t{1} << (31 - bit)) | (std::uint64_t{x} >> bit >> 1);
    flips |= static_cast<std::uint32_t>(mixed(key + prefix * kGolden) >> 63) << bit;
  }
  return x ^ flips;
}

}  // namespace

std::array<std::uint32_t, 4> philox(const std::array<std::uint32_t, 4>& counter,
                                    const std::array<std::uint32_t, 2>& key) {
  const r123::Philox4x32 generator;
  const auto block = generator({{counter[0], counter[1], counter[2], counter[3]}}, {{key[0], key[1]}});
  return {block[0], block[1], block[2], block[3]};
}

std::uint32_t stratified_point(std::uint32_t index, std::uint64_t key) {
  const std::uint32_t shuffled = owen_scrambled(index, key);
  return owen_scrambled(reversed_bits(shuffled), mixed(key + kGolden));
}

std::uint64_t Rng::block(std::uint32_t draw, std::uint32_t copy) const {
  // 64 bits of seed are the key; sample and place are hashes, so their mix is one as well.
  const std::uint64_t where = mixed(key_.sample + kGolden) ^ mixed(place_ + 2 * kGolden);
  const auto words =
      philox({static_cast<std::uint32_t>(where), static_cast<std::uint32_t>(where >> 32), copy,
              (key_.attempt << 16) ^ draw},
             {static_cast<std::uint32_t>(key_.seed), static_cast<std::uint32_t>(key_.seed >> 32)});
  return (std::uint64_t{words[1]} << 32) | words[0];
}

double Rng::uniform() {
  constexpr double kScale = 1.0 / 4294967296.0;
  const std::uint32_t draw = draws_++;
  if (key_.mode == DrawMode::kStratified && key_.attempt == 0)
    return stratified_point(key_.copy - 1, block(draw, 0)) * kScale;  // copies count from 1: 0 is free
  return static_cast<std::uint32_t>(block(draw, key_.copy)) * kScale;
}

std::uint64_t Rng::bits() { return block(draws_++, key_.copy); }

}  // namespace tenfold
