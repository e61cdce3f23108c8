// What stratified draws promise: the copies of one sample cover every parameter's range evenly, and two
// parameters know nothing of each other.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "tenfold/rng/rng.h"

namespace tenfold {
namespace {

constexpr std::uint64_t kPlace = 0x1234;
constexpr std::uint64_t kOtherPlace = 0x9876;

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  const double n = static_cast<double>(x.size());
  double sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sx += x[i];
    sy += y[i];
    sxx += x[i] * x[i];
    syy += y[i] * y[i];
    sxy += x[i] * y[i];
  }
  return (n * sxy - sx * sy) / std::sqrt((n * sxx - sx * sx) * (n * syy - sy * sy));
}

TEST(StratifiedPoint, FillsEverySliceOfEveryPowerOfTwo) {
  for (std::uint64_t key = 0; key < 2000; ++key) {
    for (unsigned m = 0; m <= 8; ++m) {
      std::vector<int> slices(std::size_t{1} << m);
      for (std::uint32_t index = 0; index < slices.size(); ++index)
        ++slices[std::uint64_t{stratified_point(index, key)} >> (32 - m)];
      for (const int count : slices) ASSERT_EQ(count, 1) << "key " << key << ", m " << m;
    }
  }
}

// The same for every aligned block of copies, not only for the first.
TEST(StratifiedPoint, FillsEverySliceInLaterBlocksToo) {
  for (std::uint64_t key = 0; key < 200; ++key) {
    for (std::uint32_t block = 1; block < 8; ++block) {
      unsigned seen = 0;
      for (std::uint32_t i = 0; i < 16; ++i) seen |= 1u << (stratified_point(block * 16 + i, key) >> 28);
      ASSERT_EQ(seen, 0xffffu) << "key " << key << ", block " << block;
    }
  }
}

TEST(StratifiedDraws, LetAGateOfOneHalfFireOnceInEachPairOfCopies) {
  int first_of_pair = 0;
  for (std::uint64_t sample = 0; sample < 500; ++sample) {
    for (std::uint32_t copy = 1; copy < 20; copy += 2) {
      const bool one = Rng({.sample = sample, .copy = copy}, kPlace).uniform() < 0.5;
      const bool two = Rng({.sample = sample, .copy = copy + 1}, kPlace).uniform() < 0.5;
      ASSERT_NE(one, two) << "sample " << sample << ", copy " << copy;
      first_of_pair += one ? 1 : 0;
    }
  }
  // 5,000 pairs, standard deviation 35; which of the two it is must be open.
  EXPECT_NEAR(first_of_pair, 2500, 140);
}

TEST(StratifiedDraws, LetTwoGatesOfOneSampleFireTogetherAndApart) {
  int together = 0;
  for (std::uint64_t sample = 0; sample < 1000; ++sample) {
    const DrawKey key{.sample = sample};
    together += (Rng(key, kPlace).uniform() < 0.5) == (Rng(key, kOtherPlace).uniform() < 0.5) ? 1 : 0;
  }
  EXPECT_NEAR(together, 500, 64);  // four standard deviations
}

// |r| of n independent pairs stays below 5/√n in all but 6 of ten million cases; the keys are fixed. (Over
// 2,000 seeds r·√n has the standard deviation 1.0 that it should have.)
TEST(StratifiedDraws, DoNotCorrelateTwoParametersOverTheSamples) {
  constexpr int kSamples = 10'000;
  for (const std::uint32_t copy : {1u, 2u, 7u}) {
    std::vector<double> first, second, elsewhere;
    for (std::uint64_t sample = 0; sample < kSamples; ++sample) {
      Rng rng({.seed = 3, .sample = sample, .copy = copy}, kPlace);
      first.push_back(rng.uniform());
      second.push_back(rng.uniform());
      elsewhere.push_back(Rng({.seed = 3, .sample = sample, .copy = copy}, kOtherPlace).uniform());
    }
    EXPECT_LT(std::abs(correlation(first, second)), 0.05) << "copy " << copy;
    EXPECT_LT(std::abs(correlation(first, elsewhere)), 0.05) << "copy " << copy;
  }
}

// Over the copies of one sample the points are not independent, but two draws' scrambles are; the mean of
// r over many samples must vanish.
TEST(StratifiedDraws, DoNotCorrelateTwoParametersOverTheCopies) {
  constexpr int kSamples = 400;
  double sum = 0;
  double largest = 0;
  for (std::uint64_t sample = 0; sample < kSamples; ++sample) {
    std::vector<double> first, second;
    for (std::uint32_t copy = 1; copy <= 256; ++copy) {
      Rng rng({.seed = 4, .sample = sample, .copy = copy}, kPlace);
      first.push_back(rng.uniform());
      second.push_back(rng.uniform());
    }
    const double r = correlation(first, second);
    sum += r;
    largest = std::max(largest, std::abs(r));
  }
  EXPECT_LT(std::abs(sum / kSamples), 0.02);
  EXPECT_LT(largest, 0.5);
}

}  // namespace
}  // namespace tenfold
