#include "tenfold/store/output_lock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <barrier>
#include <optional>
#include <thread>

#include "support/temporary_folder.h"
#include "tenfold/base/error.h"

namespace tenfold {
namespace {

using test::read_text;
using test::TemporaryFolder;
using test::write_text;

TEST(OutputLock, NamesItsHolderAndIsGoneAfterwards) {
  const TemporaryFolder folder;
  {
    const OutputLock lock(folder.path());
    EXPECT_THAT(read_text(folder / ".tenfold.lock"),
                ::testing::MatchesRegex("process " + std::to_string(::getpid()) +
                                        " on [^ ]+ since [0-9]+-[0-9]+-[0-9]+T[0-9]+:[0-9]+:[0-9]+Z"));
  }
  EXPECT_FALSE(std::filesystem::exists(folder / ".tenfold.lock"));
}

TEST(OutputLock, TurnsASecondHolderAway) {
  const TemporaryFolder folder;
  const OutputLock lock(folder.path());
  const std::string holder = read_text(folder / ".tenfold.lock");
  try {
    const OutputLock second(folder.path());
    FAIL() << "locked twice";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kLocked);
    EXPECT_EQ(error.what(), "the output '" + folder.path().string() + "' is in use by " + holder +
                                "; wait until it is done, or choose another output");
  }
}

TEST(OutputLock, TakesOverFromADeadProcess) {
  const TemporaryFolder folder;
  write_text(folder / ".tenfold.lock", "process 1 on elsewhere since 2020-01-01T00:00:00Z");
  const OutputLock lock(folder.path());
  EXPECT_THAT(read_text(folder / ".tenfold.lock"),
              ::testing::StartsWith("process " + std::to_string(::getpid())));
}

TEST(OutputLock, OneOfManyThatStartAtOnceGetsIt) {
  constexpr int kStarts = 8;
  for (int round = 0; round < 20; ++round) {
    const TemporaryFolder folder;
    std::barrier start(kStarts), end(kStarts);
    std::atomic<int> held = 0, refused = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < kStarts; ++i)
      threads.emplace_back([&] {
        std::optional<OutputLock> lock;
        start.arrive_and_wait();
        try {
          lock.emplace(folder.path());
          ++held;
        } catch (const Error& error) {
          EXPECT_THAT(error.what(),
                      ::testing::HasSubstr("is in use by process " + std::to_string(::getpid())));
          ++refused;
        }
        end.arrive_and_wait();
      });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(held, 1);
    EXPECT_EQ(refused, kStarts - 1);
    EXPECT_FALSE(std::filesystem::exists(folder / ".tenfold.lock"));
  }
}

TEST(OutputLock, CanBeLookedAtWithoutBeingTaken) {
  const TemporaryFolder folder;
  refuse_if_in_use(folder.path());
  refuse_if_in_use(folder / "nowhere");
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  {
    const OutputLock lock(folder.path());
    try {
      refuse_if_in_use(folder.path());
      FAIL() << "did not see the lock";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kLocked);
      EXPECT_EQ(error.what(), "the output '" + folder.path().string() + "' is in use by " +
                                  read_text(folder / ".tenfold.lock") +
                                  "; wait until it is done, or choose another output");
    }
  }
  write_text(folder / ".tenfold.lock", "process 1 on elsewhere since 2020-01-01T00:00:00Z");
  refuse_if_in_use(folder.path());
  EXPECT_THAT(read_text(folder / ".tenfold.lock"), ::testing::StartsWith("process 1 on "));
}

std::string refusal_of(const auto& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kLocked);
    return error.what();
  }
  return "nothing was thrown";
}

TEST(OutputLock, OfShardsIsNoObstacleToOthers) {
  const TemporaryFolder folder;
  {
    const OutputLock first(folder.path(), RunShard{1, 3});
    std::optional<OutputLock> second(std::in_place, folder.path(), RunShard{2, 3});
    second.reset();
    EXPECT_TRUE(std::filesystem::exists(folder / ".tenfold.lock"));
    EXPECT_FALSE(std::filesystem::exists(folder / ".tenfold.lock.2-of-3"));
    refuse_if_in_use(folder.path(), RunShard{2, 3});
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(OutputLock, OfAShardTurnsRunsAndTheSameShardAway) {
  const TemporaryFolder folder;
  write_text(folder / ".tenfold.lock", "process 1 on elsewhere since 2020-01-01T00:00:00Z");
  const OutputLock shard(folder.path(), RunShard{2, 3});
  const std::string holder = read_text(folder / ".tenfold.lock.2-of-3");
  EXPECT_THAT(holder, ::testing::StartsWith("shard 2 of 3, process " + std::to_string(::getpid())));
  const std::string refusal = "the output '" + folder.path().string() + "' is in use by " + holder +
                              "; wait until it is done, or choose another output";
  EXPECT_EQ(refusal_of([&] { OutputLock(folder.path()); }), refusal);
  EXPECT_EQ(refusal_of([&] { OutputLock(folder.path(), RunShard{2, 3}); }), refusal);
  EXPECT_EQ(refusal_of([&] { refuse_if_in_use(folder.path()); }), refusal);
  EXPECT_EQ(refusal_of([&] { refuse_if_in_use(folder.path(), RunShard{2, 3}); }), refusal);
  refuse_if_in_use(folder.path(), RunShard{1, 3});
}

TEST(OutputLock, OfARunTurnsShardsAway) {
  const TemporaryFolder folder;
  const OutputLock run(folder.path());
  const std::string refusal = "the output '" + folder.path().string() + "' is in use by " +
                              read_text(folder / ".tenfold.lock") +
                              "; wait until it is done, or choose another output";
  EXPECT_EQ(refusal_of([&] { OutputLock(folder.path(), RunShard{1, 3}); }), refusal);
  EXPECT_EQ(refusal_of([&] { refuse_if_in_use(folder.path(), RunShard{1, 3}); }), refusal);
  EXPECT_FALSE(std::filesystem::exists(folder / ".tenfold.lock.1-of-3"));
}

TEST(OutputLock, OfManyShardsThatComeAndGoKeepsARunOut) {
  constexpr std::uint32_t kShards = 6;
  const TemporaryFolder folder;
  std::optional<OutputLock> watched(std::in_place, folder.path(), RunShard{1, kShards});
  std::vector<std::thread> threads;
  for (std::uint32_t number = 2; number <= kShards; ++number)
    threads.emplace_back([&, number] {
      for (int i = 0; i < 100; ++i) OutputLock(folder.path(), RunShard{number, kShards});
    });
  for (int i = 0; i < 3; ++i)
    EXPECT_THAT(refusal_of([&] { OutputLock(folder.path()); }), ::testing::HasSubstr("is in use by "));
  for (std::thread& thread : threads) thread.join();
  watched.reset();
  const OutputLock run(folder.path());
}

}  // namespace
}  // namespace tenfold
