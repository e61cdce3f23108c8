#include "tenfold/transforms/draw.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

namespace tenfold {
namespace {

constexpr std::uint64_t kPlace = 11;

Draw draw_for(std::uint32_t copy) { return {Rng({.copy = copy}, kPlace), {4, 3}}; }

TEST(Draw, TakesTheNumberFromTheRange) {
  Rng rng({.copy = 5}, kPlace);
  Draw draw = draw_for(5);
  EXPECT_DOUBLE_EQ(draw.uniform("degrees", {-20, 20}), -20 + 40 * rng.uniform());
  EXPECT_NEAR(draw.log_uniform("ratio", {0.5, 2}), std::exp2(2 * rng.uniform() - 1), 1e-7);
}

TEST(Draw, WritesDownWhatItDrew) {
  Draw draw = draw_for(1);
  const double degrees = draw.uniform("degrees", {-20, 20});
  const int turns = draw.integer("turns", 0, 3);
  draw.record("keep_size", false);
  const std::vector<DrawnValue> expected{
      {"degrees", degrees}, {"turns", static_cast<double>(turns)}, {"keep_size", false}};
  EXPECT_EQ(draw.values(), expected);
}

TEST(Draw, DoesNotWriteDownChancesAndUnits) {
  Draw draw = draw_for(1);
  draw.chance(0.5);
  draw.unit();
  EXPECT_TRUE(draw.values().empty());
}

TEST(Draw, ReplacesAValueThatIsWrittenTwice) {
  Draw draw = draw_for(1);
  draw.record("width", 500.0);
  draw.record("x", 3.0);
  draw.record("width", 200.0);
  EXPECT_EQ(draw.values(), (std::vector<DrawnValue>{{"width", 200.0}, {"x", 3.0}}));
}

TEST(Draw, GivesAFixedRangeExactlyAndStillUsesUpANumber) {
  Draw fixed = draw_for(7);
  Draw ranged = draw_for(7);
  EXPECT_EQ(fixed.uniform("a", {0.1, 0.1}), 0.1);
  EXPECT_EQ(fixed.log_uniform("b", {0.3, 0.3}), 0.3);
  ranged.uniform("a", {0, 1});
  ranged.log_uniform("b", {1, 2});
  EXPECT_EQ(fixed.unit(), ranged.unit());
}

TEST(Draw, StaysWithinTheRange) {
  for (std::uint32_t copy = 1; copy <= 4096; ++copy) {
    Draw draw = draw_for(copy);
    const double ratio = draw.log_uniform("ratio", {0.1, 10});
    ASSERT_GE(ratio, 0.1);
    ASSERT_LE(ratio, 10);
    const double shift = draw.uniform("shift", {-0.3, 0.1});
    ASSERT_GE(shift, -0.3);
    ASSERT_LE(shift, 0.1);
  }
}

TEST(Draw, GivesEachWholeNumberTheSameShareOfTheCopies) {
  std::map<int, int> counts;
  for (std::uint32_t copy = 1; copy <= 64; ++copy) ++counts[draw_for(copy).integer("turns", -1, 2)];
  EXPECT_EQ(counts, (std::map<int, int>{{-1, 16}, {0, 16}, {1, 16}, {2, 16}}));
}

TEST(Draw, SpreadsALogUniformRangeEvenlyOverItsLogarithm) {
  int below_one = 0;
  for (std::uint32_t copy = 1; copy <= 64; ++copy)
    below_one += draw_for(copy).log_uniform("ratio", {0.25, 4}) < 1 ? 1 : 0;
  EXPECT_EQ(below_one, 32);
}

TEST(Draw, FiresCertainlyNeverOrInProportion) {
  int quarter = 0;
  for (std::uint32_t copy = 1; copy <= 64; ++copy) {
    EXPECT_TRUE(draw_for(copy).chance(1));
    EXPECT_FALSE(draw_for(copy).chance(0));
    quarter += draw_for(copy).chance(0.25) ? 1 : 0;
  }
  EXPECT_EQ(quarter, 16);
}

TEST(Draw, WritesTheNoiseKeyAs16HexadecimalDigits) {
  std::set<std::string> seen;
  for (std::uint32_t copy = 1; copy <= 100; ++copy) {
    Draw draw = draw_for(copy);
    const std::uint64_t key = draw.noise_key();
    ASSERT_EQ(draw.values().size(), 1u);
    EXPECT_EQ(draw.values()[0].name, "noise");
    const auto& digits = std::get<std::string>(draw.values()[0].value);
    EXPECT_EQ(digits.size(), 16u);
    EXPECT_EQ(std::stoull(digits, nullptr, 16), key);
    seen.insert(digits);
  }
  EXPECT_EQ(seen.size(), 100u);
}

}  // namespace
}  // namespace tenfold
