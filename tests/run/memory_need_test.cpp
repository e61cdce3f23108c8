#include "run/memory_need.h"

#include <gtest/gtest.h>

#include "plan/catalogs.h"

namespace tenfold {
namespace {

constexpr std::uint64_t kMebibyte = 1 << 20;

TEST(Flight, HasAsManyThreadsAsFitAndSamplesThatKeepThemBusy) {
  const MemoryNeed need{.sample = 70 * kMebibyte, .thread = 30 * kMebibyte};
  EXPECT_EQ(flight_within(2000 * kMebibyte, need, 4), (Flight{8, 4}));
  EXPECT_EQ(flight_within(400 * kMebibyte, need, 4), (Flight{4, 4}));
  EXPECT_EQ(flight_within(190 * kMebibyte, need, 4), (Flight{1, 4}));
  EXPECT_EQ(flight_within(189 * kMebibyte, need, 4), (Flight{1, 3}));
}

TEST(Flight, OfAnImageThatIsLargerThanTheBudgetHasOneThread) {
  EXPECT_EQ(flight_within(10, {.sample = 70, .thread = 30}, 4), (Flight{1, 1}));
}

TEST(Flight, OfOriginalsThatAreCopiedHasAllThreads) {
  EXPECT_EQ(flight_within(100, {.sample = 30, .thread = 0}, 2), (Flight{3, 2}));
}

class NeedTest : public testing::Test {
 protected:
  // Of a PNG of 1000×1000 pixels and three copies.
  MemoryNeed need(int pixel_type) {
    Catalog catalog = test::catalog_of({{"a", 1}});
    Sample& sample = catalog.samples[0];
    sample.header = {.format = Format::kPng, .stored = {1000, 1000}, .pixel_type = pixel_type};
    sample.size_bytes = 1'000'000;
    const SamplePlan plan{.copies = 3};
    return memory_need(Jobs(recipe_, catalog), sample, {&plan, 1});
  }

  Recipe recipe_ = test::recipe_of(3, BalanceRule::kNone);
};

TEST_F(NeedTest, OfASampleIsItsFileItsPixelsAndWhatGeometryReads) {
  EXPECT_EQ(need(CV_8UC1).sample, 4'000'000u);
  EXPECT_EQ(need(CV_8UC3).sample, 8'000'000u);
  EXPECT_EQ(need(CV_8UC4).sample, 13'000'000u);
  EXPECT_EQ(need(CV_16UC3).sample, 7'000'000u);
  EXPECT_EQ(need(CV_16UC4).sample, 17'000'000u);
}

TEST_F(NeedTest, OfAThreadIsItsResultAndItsEncodedBytes) {
  EXPECT_EQ(need(CV_8UC3).thread, 4'500'000u);
  recipe_.output.format = Format::kJpeg;
  EXPECT_EQ(need(CV_8UC3).thread, 6'000'000u);  // of another format: as large as its pixels
}

TEST_F(NeedTest, OfAThreadIsMoreWhereAStepNeedsTheWholeImage) {
  recipe_.augment = test::chain_of("gaussian_blur");
  EXPECT_EQ(need(CV_8UC3).thread, 14'500'000u);
}

TEST_F(NeedTest, OfAThreadIsLessWhereImagesShrink) {
  recipe_.prepare = test::chain_of("resize", {{"width", 100}, {"height", 100}});
  EXPECT_EQ(need(CV_8UC3).thread, 30'000u + 120'000u + 15'000u);  // with what is averaged first
}

}  // namespace
}  // namespace tenfold
