#include "tenfold/base/run_shard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tenfold {
namespace {

std::uint32_t owners(const std::string& path, std::uint32_t copy, std::uint32_t count) {
  std::uint32_t owners = 0;
  for (std::uint32_t number = 1; number <= count; ++number)
    owners += RunShard{number, count}.has(path, copy) ? 1 : 0;
  return owners;
}

TEST(RunShard, EveryJobBelongsToExactlyOne) {
  for (std::uint32_t count = 1; count <= 7; ++count)
    for (int sample = 0; sample < 50; ++sample)
      for (const std::uint32_t copy : {0u, 1u, 63u, 64u, 1000u})
        EXPECT_EQ(owners("cat/" + std::to_string(sample) + ".jpg", copy, count), 1u);
}

TEST(RunShard, SixtyFourCopiesStayTogether) {
  const RunShard shard{2, 3};
  for (std::uint32_t copy = 0; copy < 640; ++copy)
    EXPECT_EQ(shard.has("cat/1.jpg", copy), shard.has("cat/1.jpg", copy / 64 * 64)) << copy;
}

TEST(RunShard, CopiesOfOneSampleAreSharedByAll) {
  for (std::uint32_t number = 1; number <= 3; ++number) {
    std::uint32_t copies = 0;
    for (std::uint32_t copy = 0; copy < 64 * 300; ++copy)
      copies += RunShard{number, 3}.has("owl/0.jpg", copy) ? 1 : 0;
    EXPECT_NEAR(copies, 64 * 100, 64 * 25);
  }
}

// Where a job goes is a part of what journals say: shards of two versions must not differ.
TEST(RunShard, KeepsItsHash) {
  EXPECT_TRUE((RunShard{6, 7}.has("cat/1.jpg", 0)));
  EXPECT_TRUE((RunShard{1, 7}.has("cat/1.jpg", 64)));
  EXPECT_TRUE((RunShard{6, 7}.has("dog/2.png", 0)));
}

TEST(RunShard, IsReadAsPeopleWriteIt) {
  EXPECT_EQ(parse_run_shard("1/1"), (RunShard{1, 1}));
  EXPECT_EQ(parse_run_shard("2/3"), (RunShard{2, 3}));
  EXPECT_EQ(parse_run_shard("10000/10000"), (RunShard{10'000, 10'000}));
  EXPECT_EQ(in_words(RunShard{2, 3}), "2 of 3");
}

TEST(RunShard, IsNothingElse) {
  for (const char* text : {"0/3", "4/3", "x", "", "/", "1/", "/3", "1/0", "-1/3", "+1/3", "1/3/3", "1 /3",
                           "1/3 ", "1.0/3", "1/10001", "99999999999/99999999999", "1-of-3"})
    EXPECT_EQ(parse_run_shard(text), std::nullopt) << text;
}

}  // namespace
}  // namespace tenfold
