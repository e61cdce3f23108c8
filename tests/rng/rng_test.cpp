#include "tenfold/rng/rng.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace tenfold {
namespace {

using Block = std::array<std::uint32_t, 4>;

constexpr std::uint64_t kPlace = 0x1234;

// The first draw at a place.
double first(const DrawKey& key, std::uint64_t place = kPlace) { return Rng(key, place).uniform(); }

// Random123's kat_vectors, lines "philox4x32 10".
TEST(Philox, GivesThePublishedAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
            (Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Rng, GivesTheSameNumbersForTheSameKey) {
  const DrawKey key{.seed = 7, .sample = 99, .copy = 3};
  Rng one(key, kPlace);
  Rng other(key, kPlace);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(one.uniform(), other.uniform()) << i;
  EXPECT_EQ(one.bits(), other.bits());
}

TEST(Rng, DrawsMultiplesOfTwoToTheMinus32BelowOne) {
  for (std::uint32_t copy = 1; copy <= 1000; ++copy) {
    const double u = first({.copy = copy});
    EXPECT_GE(u, 0);
    EXPECT_LT(u, 1);
    EXPECT_EQ(u * 4294967296.0, static_cast<double>(static_cast<std::uint32_t>(u * 4294967296.0)));
  }
}

TEST(Rng, EachPartOfTheKeyChangesTheNumber) {
  for (const DrawMode mode : {DrawMode::kStratified, DrawMode::kIndependent}) {
    const DrawKey key{.seed = 1, .sample = 2, .copy = 3, .attempt = 0, .mode = mode};
    std::set<double> numbers{first(key)};
    const auto changed = [&](auto change) {
      DrawKey other = key;
      change(other);
      return numbers.insert(first(other)).second;
    };
    EXPECT_TRUE(changed([](DrawKey& k) { k.seed = 2; }));
    EXPECT_TRUE(changed([](DrawKey& k) { k.seed += std::uint64_t{1} << 32; }));
    EXPECT_TRUE(changed([](DrawKey& k) { k.sample = 3; }));
    EXPECT_TRUE(changed([](DrawKey& k) { k.sample += std::uint64_t{1} << 32; }));
    EXPECT_TRUE(changed([](DrawKey& k) { k.copy = 4; }));
    EXPECT_TRUE(changed([](DrawKey& k) { k.attempt = 1; }));
    EXPECT_TRUE(changed([](DrawKey& k) { k.attempt = 2; }));
    EXPECT_TRUE(numbers.insert(first(key, kPlace + 1)).second);
  }
}

TEST(Rng, NumbersTheDrawsOfAPlace) {
  Rng rng({}, kPlace);
  std::set<double> numbers;
  for (int i = 0; i < 1000; ++i) numbers.insert(rng.uniform());
  EXPECT_EQ(numbers.size(), 1000u);
}

// A transform that takes bits where another takes a number must not move the next draw.
TEST(Rng, CountsBitsAndNumbersAlike) {
  Rng by_bits({}, kPlace);
  Rng by_numbers({}, kPlace);
  by_bits.bits();
  by_numbers.uniform();
  EXPECT_EQ(by_bits.uniform(), by_numbers.uniform());
}

TEST(Rng, GivesEachCopyOtherBitsInBothModes) {
  for (const DrawMode mode : {DrawMode::kStratified, DrawMode::kIndependent}) {
    std::set<std::uint64_t> keys;
    for (std::uint32_t copy = 1; copy <= 500; ++copy)
      keys.insert(Rng({.copy = copy, .mode = mode}, kPlace).bits());
    EXPECT_EQ(keys.size(), 500u);
  }
}

// 100 slices, 99 degrees of freedom: 148.2 is exceeded by one of 1,000 right generators; the keys are fixed.
double chi_square(const std::vector<double>& numbers) {
  constexpr int kSlices = 100;
  std::vector<double> counts(kSlices);
  for (const double u : numbers) ++counts[static_cast<std::size_t>(u * kSlices)];
  const double expected = static_cast<double>(numbers.size()) / kSlices;
  double sum = 0;
  for (const double count : counts) sum += (count - expected) * (count - expected) / expected;
  return sum;
}
constexpr double kChiSquareLimit = 148.2;

TEST(Rng, IsUniformOverTheSamplesAtAnyCopy) {
  for (const std::uint32_t copy : {1u, 2u, 3u, 10u}) {
    std::vector<double> numbers;
    for (std::uint64_t sample = 0; sample < 20'000; ++sample)
      numbers.push_back(first({.seed = 42, .sample = sample, .copy = copy}));
    EXPECT_LT(chi_square(numbers), kChiSquareLimit) << "copy " << copy;
  }
}

TEST(Rng, IsUniformOverTheCopiesOfIndependentDrawsAndRedraws) {
  for (const std::uint32_t attempt : {0u, 1u}) {
    std::vector<double> numbers;
    for (std::uint32_t copy = 1; copy <= 20'000; ++copy)
      numbers.push_back(
          first({.seed = 42, .copy = copy, .attempt = attempt, .mode = DrawMode::kIndependent}));
    EXPECT_LT(chi_square(numbers), kChiSquareLimit);
  }
}

TEST(Rng, RedrawsAreNotStratified) {
  int uneven = 0;
  for (std::uint64_t sample = 0; sample < 100; ++sample) {
    const double one = first({.sample = sample, .copy = 1, .attempt = 1});
    const double two = first({.sample = sample, .copy = 2, .attempt = 1});
    uneven += (one < 0.5) == (two < 0.5) ? 1 : 0;
  }
  EXPECT_GT(uneven, 30);
  EXPECT_LT(uneven, 70);
}

}  // namespace
}  // namespace tenfold
