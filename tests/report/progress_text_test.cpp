#include "tenfold/report/progress_text.h"

#include <gtest/gtest.h>

namespace tenfold {
namespace {

constexpr Progress kHalf{.done = 12'345, .total = 24'690, .bytes = 3'500'000, .bad = 3};
constexpr double kElapsed_s = 100;

TEST(ProgressText, TellsCountRateTimeBytesAndWhatWasSkipped) {
  EXPECT_EQ(progress_text(kHalf, kElapsed_s, 80), "12,345/24,690  123/s  1:40 left  3.3 MiB  3 skipped");
  EXPECT_EQ(progress_text({.done = 5, .total = 10'000}, 10, 80), "5/10,000  30/min  5:33:10 left  0 B");
  EXPECT_EQ(progress_text({.done = 0, .total = 7}, 0, 80), "0/7  0 B");
  EXPECT_EQ(progress_text({.done = 7, .total = 7, .bytes = 1}, 1, 80), "7/7  7.0/s  1 B");
}

TEST(ProgressText, TellsNoRateBeforeItMeansSomething) {
  EXPECT_EQ(progress_text({.done = 4, .total = 40}, 2, 80), "4/40  0 B");
  EXPECT_EQ(progress_text({.done = 5, .total = 40}, 0.9, 80), "5/40  0 B");
  EXPECT_EQ(progress_text({.done = 5, .total = 40}, 1, 80), "5/40  5.0/s  0:07 left  0 B");
}

TEST(ProgressText, DoesNotTakeWhatLayThereForWork) {
  EXPECT_EQ(progress_text({.done = 24, .kept = 20, .total = 40}, 2, 80), "24/40  0 B");
  EXPECT_EQ(progress_text({.done = 30, .kept = 20, .total = 40}, 5, 80), "30/40  2.0/s  0:05 left  0 B");
}

TEST(ProgressText, LeavesOutWhatHasNoRoom) {
  EXPECT_EQ(progress_text(kHalf, kElapsed_s, 51), "12,345/24,690  123/s  1:40 left  3.3 MiB  3 skipped");
  EXPECT_EQ(progress_text(kHalf, kElapsed_s, 50), "12,345/24,690  123/s  1:40 left  3 skipped");
  EXPECT_EQ(progress_text(kHalf, kElapsed_s, 41), "12,345/24,690  1:40 left  3 skipped");
  EXPECT_EQ(progress_text(kHalf, kElapsed_s, 34), "12,345/24,690  3 skipped");
  EXPECT_EQ(progress_text(kHalf, kElapsed_s, 23), "12,345/24,690");
  EXPECT_EQ(progress_text(kHalf, kElapsed_s, 10), "12,345/24…");
}

TEST(ProgressText, HasABarWhereThereIsRoom) {
  EXPECT_EQ(progress_bar(kHalf, kElapsed_s, 61),
            "████░░░░  12,345/24,690  123/s  1:40 left  3.3 MiB  3 skipped");
  EXPECT_EQ(progress_bar(kHalf, kElapsed_s, 60), "12,345/24,690  123/s  1:40 left  3.3 MiB  3 skipped");
  EXPECT_EQ(progress_bar({.done = 1, .total = 4}, 1, 200),
            "██████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  1/4  0 B");
}

}  // namespace
}  // namespace tenfold
