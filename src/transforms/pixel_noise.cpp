#include "transforms/pixel_noise.h"

#include <cmath>

namespace tenfold {
namespace {

template <std::size_t n>
double polynomial(const std::array<double, n>& coefficients, double x) {
  double value = 0;
  for (auto c = coefficients.rbegin(); c != coefficients.rend(); ++c) value = value * x + *c;
  return value;
}

// The number below which a standard normal one lies with probability 0.5 + q, for 0 < q < 0.4999999.
// M. J. Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied Statistics
// 37(3), 1988: routine PPND16, without its third branch for the far tail.
double normal_quantile(double q) {
  constexpr std::array kA{3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                          1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                          3.3430575583588128105e4, 2.5090809287301226727e3};
  constexpr std::array kB{1.0,
                          4.2313330701600911252e1,
                          6.8718700749205790830e2,
                          5.3941960214247511077e3,
                          2.1213794301586595867e4,
                          3.9307895800092710610e4,
                          2.8729085735721942674e4,
                          5.2264952788528545610e3};
  constexpr std::array kC{1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                          3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                          2.27238449892691845833e-2, 7.74545014278341407640e-4};
  constexpr std::array kD{1.0,
                          2.05319162663775882187e0,
                          1.67638483018380384940e0,
                          6.89767334985100004550e-1,
                          1.48103976427480074590e-1,
                          1.51986665636164571966e-2,
                          5.47593808499534494600e-4,
                          1.05075007164441684324e-9};
  constexpr double kCentral = 0.425;
  if (q <= kCentral) {
    const double r = kCentral * kCentral - q * q;
    return q * polynomial(kA, r) / polynomial(kB, r);
  }
  const double r = std::sqrt(-std::log(0.5 - q)) - 1.6;
  return polynomial(kC, r) / polynomial(kD, r);
}

}  // namespace

// Philox4x32-10 as in Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011, with the
// counters (block, row, 0, 0): the same words as philox() gives.
void RowNoise::refill() {
  using Lanes = std::array<std::uint32_t, kBlocks>;
  constexpr std::uint64_t kMultiplier0 = 0xd2511f53u, kMultiplier1 = 0xcd9e8d57u;
  constexpr std::uint32_t kWeyl0 = 0x9e3779b9u, kWeyl1 = 0xbb67ae85u;
  constexpr int kRounds = 10;
  Lanes c0, c1, c2{}, c3{};
  for (std::uint32_t i = 0; i < kBlocks; ++i) c0[i] = block_ + i;
  c1.fill(row_);
  std::uint32_t key0 = key_[0], key1 = key_[1];
  for (int round = 0; round < kRounds; ++round, key0 += kWeyl0, key1 += kWeyl1) {
#pragma GCC unroll 1  // unrolled completely, as -O3 would, the loop is no longer made vector code
    for (std::uint32_t i = 0; i < kBlocks; ++i) {
      const std::uint64_t product0 = kMultiplier0 * c0[i];
      const std::uint64_t product1 = kMultiplier1 * c2[i];
      c0[i] = static_cast<std::uint32_t>(product1 >> 32) ^ c1[i] ^ key0;
      c1[i] = static_cast<std::uint32_t>(product1);
      c2[i] = static_cast<std::uint32_t>(product0 >> 32) ^ c3[i] ^ key1;
      c3[i] = static_cast<std::uint32_t>(product0);
    }
  }
  for (std::uint32_t i = 0; i < kBlocks; ++i) {
    words_[kWordsOfABlock * i] = c0[i];
    words_[kWordsOfABlock * i + 1] = c1[i];
    words_[kWordsOfABlock * i + 2] = c2[i];
    words_[kWordsOfABlock * i + 3] = c3[i];
  }
  block_ += kBlocks;
  used_ = 0;
}

const std::array<std::int32_t, 32'768>& positive_normals() {
  static const auto kTable = [] {
    std::array<std::int32_t, 32'768> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
      const double q = (static_cast<double>(i) + 0.5) / (2 * static_cast<double>(table.size()));
      table[i] = static_cast<std::int32_t>(std::lround(std::ldexp(normal_quantile(q), kNormalBits)));
    }
    return table;
  }();
  return kTable;
}

}  // namespace tenfold
