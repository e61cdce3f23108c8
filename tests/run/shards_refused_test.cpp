// Shards that do not belong together, or come where they must not, are told apart and change nothing.

#include <gmock/gmock.h>

#include "run/shards_fixture.h"
#include "tenfold/run/clean.h"
#include "tenfold/store/output_lock.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::differences;
using test::kShards;
using test::read_text;
using test::Stopping;
using test::tree_of;
using test::write_text;
using ::testing::ElementsAre;

class RefusedShards : public test::ShardsTest {};

TEST_F(RefusedShards, AreRefusedWhereOneIsMissing) {
  run_shard(1, output());
  run_shard(3, folder_ / "three");
  const auto before = tree_of(folder_.path());
  EXPECT_EQ(message_of([&] { merge_now({folder_ / "three"}); }, ErrorKind::kUsage),
            "shard 2 of 3 is missing in '" + output().string() + "' and '" + (folder_ / "three").string() +
                "'; make it with --shard 2/3, or name the folder where it is");
  EXPECT_EQ(message_of([&] { merge_now(); }, ErrorKind::kUsage),
            "shards 2 and 3 of 3 are missing in '" + output().string() +
                "'; make them with --shard 2/3 and so on, or name the folder where they are");
  EXPECT_EQ(message_of(
                [&] {
                  merge({folder_ / "three", {folder_ / "in"}, {}}, {}, listening_);
                },
                ErrorKind::kUsage),
            "shards 1 and 2 of 3 are missing in '" + (folder_ / "three").string() + "' and '" +
                (folder_ / "in").string() +
                "'; make them with --shard 1/3 and so on, or name the folder where they are");
  EXPECT_EQ(message_of(
                [&] {
                  merge({folder_ / "in", {}, {}}, {}, listening_);
                },
                ErrorKind::kUsage),
            "there is no shard of a run in '" + (folder_ / "in").string() +
                "'; `tenfold run --shard I/N` makes them");
  EXPECT_EQ(message_of([&] { merge_now({output()}); }, ErrorKind::kUsage),
            "the folder '" + output().string() + "' is named twice");
  EXPECT_EQ(message_of([&] { merge_now({folder_ / "four"}); }, ErrorKind::kUsage),
            "there is no folder '" + (folder_ / "four").string() + "'");
  EXPECT_THAT(differences(tree_of(folder_.path()), before), ::testing::IsEmpty());
}

TEST_F(RefusedShards, OfOtherNumbersAreRefused) {
  run_shard(1, output());
  run_shard(2, folder_ / "two", 2);
  EXPECT_EQ(message_of([&] { merge_now({folder_ / "two"}); }, ErrorKind::kUsage),
            "shard 1 of 3 and shard 2 of 2 in '" + output().string() + "' and '" +
                (folder_ / "two").string() + "' are no parts of one run; `tenfold clean` what is not wanted");
  EXPECT_EQ(
      message_of([&] { run_shard(2, output(), 2); }, ErrorKind::kLocked),
      "the output '" + output().string() +
          "' holds shard 1 of 3, which is no part of the same run as shard 2 of 2; choose an empty folder, "
          "or `tenfold clean` this one");
}

TEST_F(RefusedShards, OfAnotherSeedAreRefused) {
  run_shard(1, output());
  run_shard(2, output());
  recipe_.seed = 7;
  run_shard(3, folder_ / "three");
  const auto before = tree_of(folder_.path());
  EXPECT_EQ(
      message_of([&] { merge_now({folder_ / "three"}); }, ErrorKind::kUsage),
      "shard 3 of 3 in '" + (folder_ / "three").string() +
          "' does not belong to shard 1: its recipe differs in 'seed'; repeat it with the same recipe and "
          "options");
  EXPECT_THAT(differences(tree_of(folder_.path()), before), ::testing::IsEmpty());
}

TEST_F(RefusedShards, OfAnotherInputAreRefused) {
  run_shard(1, output());
  add_class("owl", 2);
  run_shard(2, output());
  run_shard(3, output());
  const auto before = tree_of(folder_.path());
  EXPECT_EQ(message_of([&] { merge_now(); }, ErrorKind::kUsage),
            "shard 2 of 3 in '" + output().string() +
                "' does not belong to shard 1: it was made of other images; repeat it on the same input");
  EXPECT_THAT(differences(tree_of(folder_.path()), before), ::testing::IsEmpty());
}

TEST_F(RefusedShards, ThatHaveNotBegunAreRefused) {
  run_shard(1, output());
  run_shard(3, output());
  run_shard(2, folder_ / "two");
  const std::string journal = read_text(folder_ / "two/.tenfold.journal.2-of-3");
  fs::remove_all(folder_ / "two");
  for (const char* end : {"\"catalog\":[\"sample\"", "\"recipe\""}) {
    write_text(folder_ / "two/.tenfold.journal.2-of-3", journal.substr(0, journal.find(end)));
    EXPECT_EQ(message_of([&] { merge_now({folder_ / "two"}); }, ErrorKind::kUsage),
              "shard 2 of 3 in '" + (folder_ / "two").string() +
                  "' has not come far enough to be merged; repeat it");
  }
  run_shard(2, folder_ / "two");
  merge_now({folder_ / "two"});
  EXPECT_THAT(differences(tree_of(output()), clean_tree()), ::testing::IsEmpty());
}

TEST_F(RefusedShards, TakeTheDatasetFromWhereItIsNow) {
  truncate(sample_of("cat", 1, 6));
  const auto clean = clean_tree();
  run_shards(output());
  fs::remove(output() / "owl/0__x0003.jpg");
  hide_input();
  EXPECT_EQ(message_of([&] { merge_now(); }, ErrorKind::kFailed),
            "the merge needs the dataset, and the input '" + input().string() +
                "' does not exist; name it with -i (what is made stays, and a repeat continues)");
  write_text(folder_ / "other/cat/0.jpg", read_text(folder_ / "elsewhere/cat/0.jpg"));
  EXPECT_EQ(message_of([&] { merge_now({}, {folder_ / "other"}); }, ErrorKind::kFailed),
            "the input '" + (folder_ / "other").string() +
                "' is not as the shards saw it, and the merge needs it; name the right one with -i, or "
                "end it with a run without --shard (what is made stays, and a repeat continues)");
  merge_now({}, {folder_ / "elsewhere"});
  show_input();
  EXPECT_THAT(differences(tree_of(output()), clean), ::testing::IsEmpty());
}

TEST_F(RefusedShards, DoNotTouchAFinishedTree) {
  run_now();
  const auto before = tree_of(output());
  EXPECT_EQ(message_of([&] { run_shard(1, output()); }, ErrorKind::kLocked),
            "the output '" + output().string() +
                "' is finished, and shards begin with an empty folder; a run without --shard makes what has "
                "changed");
  run_shard(1, folder_ / "one", 1);
  EXPECT_EQ(message_of([&] { merge_now({folder_ / "one"}); }, ErrorKind::kUsage),
            "the output '" + output().string() + "' is finished; merge the shards in '" +
                (folder_ / "one").string() + "' into an empty folder");
  EXPECT_THAT(differences(tree_of(output()), before), ::testing::IsEmpty());
}

TEST_F(RefusedShards, DoNotTouchAnUnfinishedRun) {
  Stopping stopping(5);
  message_of([&] { run(recipe_, {.jobs = 1}, stopping); }, ErrorKind::kFailed);
  const auto before = tree_of(output());
  EXPECT_EQ(message_of([&] { run_shard(1, output()); }, ErrorKind::kLocked),
            "the output '" + output().string() +
                "' holds a run or a merge that has not come to its end; repeat that one, end it with a run "
                "without --shard, or choose an empty folder");
  EXPECT_THAT(differences(tree_of(output()), before), ::testing::IsEmpty());
}

TEST_F(RefusedShards, RefuseAFolderWithOthersFiles) {
  run_shard(1, output());
  write_text(output() / "cat/mine.jpg", "mine");
  EXPECT_EQ(
      message_of([&] { run_shard(2, output()); }, ErrorKind::kLocked),
      "the output '" + output().string() +
          "' holds 1 entry that tenfold did not write, such as 'cat/mine.jpg'; choose an empty folder, or "
          "move them away");
}

TEST_F(RefusedShards, KeepRunsAndMergesOutWhileTheyWork) {
  run_shards(output());
  {
    const OutputLock lock(output(), RunShard{2, kShards});
    EXPECT_THAT(message_of([&] { run_now(); }, ErrorKind::kLocked),
                ::testing::HasSubstr("' is in use by shard 2 of 3, process "));
    EXPECT_THAT(message_of([&] { merge_now(); }, ErrorKind::kLocked),
                ::testing::HasSubstr("' is in use by shard 2 of 3, process "));
    EXPECT_THAT(message_of([&] { clean(output()); }, ErrorKind::kLocked),
                ::testing::HasSubstr("' is in use by shard 2 of 3, process "));
    EXPECT_THAT(message_of([&] { forecast(recipe_, {}, listening_); }, ErrorKind::kLocked),
                ::testing::HasSubstr("' is in use by shard 2 of 3, process "));
    EXPECT_THAT(message_of([&] { run_shard(2, output()); }, ErrorKind::kLocked),
                ::testing::HasSubstr("' is in use by shard 2 of 3, process "));
    EXPECT_EQ(run_shard(1, output()).made, 0u);
  }
  merge_now();
}

TEST_F(RefusedShards, MadeInTwoPlacesAreToldApart) {
  run_shards(output());
  Recipe recipe = recipe_;
  recipe.output.root = folder_ / "two";
  Stopping stopping(5);
  message_of([&] { run(recipe, {.jobs = 1, .shard = RunShard{2, kShards}}, stopping); }, ErrorKind::kFailed);
  run_shard(2, folder_ / "two");
  EXPECT_EQ(message_of([&] { merge_now({folder_ / "two"}); }, ErrorKind::kUsage),
            "shard 2 of 3 was made in '" + output().string() + "' and in '" + (folder_ / "two").string() +
                "'; leave out '" + (folder_ / "two").string() + "', or `tenfold clean` it");
  clean(folder_ / "two");
  listening_.notes.clear();
  merge_now({folder_ / "two"});
  EXPECT_THAT(listening_.notes,
              ElementsAre("there is no shard in '" + (folder_ / "two").string() + "', which stays as it is"));
  EXPECT_THAT(differences(tree_of(output()), clean_tree()), ::testing::IsEmpty());
}

}  // namespace
}  // namespace tenfold
