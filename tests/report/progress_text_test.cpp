#include "tenfold/report/progress_text.h"

#include <gtest/gtest.h>

namespace tenfold {
namespace {

constexpr Progress kHalf{.done = 12'345, .total = 24'690, .bytes = 3'500'000, .bad = 3};
constexpr double kElapsed_s = 100;

TEST(ProgressText, TellsCountRateTimeBytesAndWhatWasSkipped) {
  EXPECT_EQ(progress_text(kHalf, kElapsed_s, 80), "12,345/24,690  123/s  1:40 left  3.3 MiB  3 skipped");
  EXPECT_EQ(progress_text({.done = 1, .total = 10'000}, 2, 80), "1/10,000  0/s  5:33:18 left  0 B");
  EXPECT_EQ(progress_text({.done = 0, .total = 7}, 0, 80), "0/7  0/s  0 B");
  EXPECT_EQ(progress_text({.done = 7, .total = 7, .bytes = 1}, 1, 80), "7/7  7/s  1 B");
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
            "██████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  1/4  1/s  0:03 left  0 B");
}

}  // namespace
}  // namespace tenfold
