// Shards of a run, merged: the tree of one run, byte for byte, whatever happened on the way.

#include <gmock/gmock.h>

#include "run/shards_fixture.h"
#include "tenfold/run/clean.h"

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
using ::testing::IsEmpty;
using ::testing::SizeIs;

class MergedShards : public test::ShardsTest {};

TEST_F(MergedShards, InOneFolderBecomeTheTreeOfOneRun) {
  const auto clean = clean_tree();
  std::uint64_t made = 0;
  for (std::uint32_t number = 1; number <= kShards; ++number) {
    const RunSummary summary = run_shard(number, output());
    EXPECT_EQ(summary.made, summary.share->total());
    EXPECT_FALSE(fs::exists(output() / "manifest.jsonl"));
    made += summary.made;
  }
  EXPECT_EQ(made, 72u);
  const RunSummary summary = merge_now();
  EXPECT_EQ(summary.merged, kShards);
  EXPECT_EQ(summary.made, 0u);
  EXPECT_EQ(summary.kept, 72u);
  EXPECT_FALSE(summary.has_findings());
  EXPECT_THAT(differences(tree_of(output()), clean), ::testing::IsEmpty());
}

TEST_F(MergedShards, InAFolderEachBecomeTheTreeOfOneRun) {
  const auto clean = clean_tree();
  run_shard(1, output());
  run_shard(2, folder_ / "two");
  run_shard(3, folder_ / "three");
  EXPECT_EQ(merge_now({folder_ / "two", folder_ / "three"}).made, 0u);
  EXPECT_THAT(differences(tree_of(output()), clean), ::testing::IsEmpty());
  EXPECT_THAT(tree_of(folder_ / "two"), IsEmpty());
  EXPECT_TRUE(fs::is_empty(folder_ / "two"));
}

TEST_F(MergedShards, CanBeMergedIntoANewFolder) {
  const auto clean = clean_tree();
  run_shard(1, folder_ / "one");
  run_shard(2, folder_ / "two");
  run_shard(3, folder_ / "two");
  merge_now({folder_ / "one", folder_ / "two"});
  EXPECT_THAT(differences(tree_of(output()), clean), ::testing::IsEmpty());
}

TEST_F(MergedShards, NeedTheDatasetNoMoreWhereAllIsMade) { expect_the_tree_of_one_run_without_the_dataset(); }

TEST_F(MergedShards, OneOfOneIsARunThatNeedsAMerge) {
  const auto clean = clean_tree();
  EXPECT_EQ(run_shard(1, output(), 1).made, 72u);
  merge_now();
  EXPECT_THAT(differences(tree_of(output()), clean), ::testing::IsEmpty());
}

TEST_F(MergedShards, WithoutAJobDoNothingAndAreMissedAllTheSame) {
  recipe_.expand = {};
  const auto clean = clean_tree();
  for (std::uint32_t number = 1; number <= 40; ++number) run_shard(number, output(), 40);
  merge_now();
  EXPECT_THAT(differences(tree_of(output()), clean), ::testing::IsEmpty());
}

// The largest class gives the targets, so one image less of it changes the plan of all.
TEST_F(MergedShards, JoinWhatTheFirstOneFoundBad) {
  const std::string bad = sample_of("cat", 1, 6);
  truncate(bad);
  const auto clean = clean_tree();
  EXPECT_TRUE(run_shard(1, output()).has_findings());
  EXPECT_FALSE(run_shard(2, output()).has_findings());
  EXPECT_FALSE(run_shard(3, output()).has_findings());
  const RunSummary summary = merge_now();
  EXPECT_TRUE(summary.has_findings());
  ASSERT_THAT(summary.bad, SizeIs(1));
  EXPECT_EQ(summary.bad[0].path, bad);
  EXPECT_THAT(differences(tree_of(output()), clean), ::testing::IsEmpty());
}

TEST_F(MergedShards, JoinWhatTheLastOneFoundBad) {
  truncate(sample_of("cat", 3, 6));
  const auto clean = clean_tree();
  run_shard(1, folder_ / "one");
  run_shard(2, folder_ / "two");
  EXPECT_TRUE(run_shard(3, folder_ / "three").has_findings());
  EXPECT_TRUE(merge_now({folder_ / "one", folder_ / "two", folder_ / "three"}).has_findings());
  EXPECT_THAT(differences(tree_of(output()), clean), ::testing::IsEmpty());
}

TEST_F(MergedShards, JoinWhatSeveralOfThemFoundBad) {
  recipe_.expand.balance = {BalanceRule::kTo, 500};  // owl/0 has jobs in several shards
  truncate("owl/0.jpg");
  const auto clean = clean_tree();
  std::uint64_t finders = 0;
  for (std::uint32_t number = 1; number <= kShards; ++number)
    finders += run_shard(number, output()).bad.size();
  EXPECT_GT(finders, 1u);
  EXPECT_THAT(merge_now().bad, SizeIs(1));
  EXPECT_THAT(differences(tree_of(output()), clean), ::testing::IsEmpty());
}

TEST_F(MergedShards, CheckSamplesOfWhichNothingIsMadeOnce) {
  truncate("cat/3.jpg");
  recipe_.expand.undersample = true;
  recipe_.expand.factor = 1;
  recipe_.expand.balance = {BalanceRule::kTo, 1};
  const auto clean = clean_tree();
  std::uint64_t finders = 0;
  for (std::uint32_t number = 1; number <= kShards; ++number)
    finders += run_shard(number, output()).bad.size();
  EXPECT_EQ(finders, 1u);
  hide_input();
  EXPECT_THAT(merge_now().bad, SizeIs(1));
  show_input();
  EXPECT_THAT(differences(tree_of(output()), clean), ::testing::IsEmpty());
}

TEST_F(MergedShards, ThatFindTooManyBadImagesTogetherAreNotPublished) {
  truncate(sample_of("cat", 1, 6));
  truncate(sample_of("cat", 3, 6));
  recipe_.input.max_bad = 0.15;  // one of ten
  run_shards(output());
  EXPECT_THAT(
      message_of([&] { merge_now(); }, ErrorKind::kFailed),
      ::testing::StartsWith("2 of 10 images are bad, more than input.max_bad 15% allows; the last one"));
  EXPECT_FALSE(fs::exists(output() / "manifest.jsonl"));
  recipe_.input.max_bad = 0.2;
  run_shards(output());
  merge_now();
  EXPECT_THAT(differences(tree_of(output()), clean_tree()), ::testing::IsEmpty());
}

TEST_F(MergedShards, EndWithABadImageWhereTheRecipeSaysSo) {
  truncate(sample_of("cat", 2, 6));
  recipe_.input.fail_on_bad_image = true;
  run_shard(1, output());
  EXPECT_THAT(
      message_of([&] { run_shard(2, output()); }, ErrorKind::kFailed),
      ::testing::EndsWith("; mend or remove it, or set input.on_bad_image: skip (what is made stays, and a "
                          "repeat continues)"));
}

TEST_F(MergedShards, AreContinuedWhereTheyWereCutOff) {
  const auto clean = clean_tree();
  run_shard(1, output());
  run_shard(3, output());
  for (const std::uint64_t after : {0u, 5u}) {
    Stopping stopping(after);
    message_of(
        [&] {
          run(recipe_, {.jobs = 1, .shard = RunShard{2, kShards}}, stopping);
        },
        ErrorKind::kFailed);
  }
  EXPECT_GE(run_shard(2, output()).kept, 5u);
  merge_now();
  EXPECT_THAT(differences(tree_of(output()), clean), ::testing::IsEmpty());
}

TEST_F(MergedShards, ThatWereCutOffAreMadeWholeByTheMerge) {
  const auto clean = clean_tree();
  run_shard(1, output());
  run_shard(3, output());
  Stopping stopping(5);
  message_of([&] { run(recipe_, {.jobs = 1, .shard = RunShard{2, kShards}}, stopping); }, ErrorKind::kFailed);
  listening_.notes.clear();
  EXPECT_GT(merge_now().made, 0u);
  EXPECT_THAT(listening_.notes,
              ElementsAre("shard 2 of 3 has not come to its end, so the merge makes what it lacks"));
  EXPECT_THAT(differences(tree_of(output()), clean), ::testing::IsEmpty());
}

TEST_F(MergedShards, ARepeatMakesNothingAndLeavesTheJournalAsItIs) {
  run_shard(2, output());
  const auto before = tree_of(output());
  const RunSummary summary = run_shard(2, output());
  EXPECT_EQ(summary.made, 0u);
  EXPECT_EQ(summary.kept, summary.share->total());
  EXPECT_THAT(differences(tree_of(output()), before), ::testing::IsEmpty());
}

TEST_F(MergedShards, AChangedRecipeIsMadeByARepeatOfAll) {
  run_shards(output());
  recipe_.seed = 7;
  recipe_.expand.factor = 3;
  run_shards(output());
  const RunSummary summary = merge_now();
  EXPECT_EQ(summary.made, 0u);
  EXPECT_EQ(summary.removed, 18u);
  EXPECT_THAT(differences(tree_of(output()), clean_tree()), ::testing::IsEmpty());
}

TEST_F(MergedShards, AMergeThatIsRepeatedFindsItDone) {
  truncate("cat/3.jpg");
  run_shards(output());
  const RunSummary first = merge_now();
  const auto before = tree_of(output());
  const RunSummary second = merge_now();
  EXPECT_EQ(second.made, 0u);
  EXPECT_EQ(second.kept, 60u);
  EXPECT_TRUE(second.has_findings());
  EXPECT_EQ(second.classes, first.classes);
  EXPECT_THAT(differences(tree_of(output()), before), ::testing::IsEmpty());
}

TEST_F(MergedShards, APlainRunTakesThemOver) {
  const auto clean = clean_tree();
  run_shard(1, output());
  run_shard(2, output());
  const RunSummary summary = run_now();
  EXPECT_GT(summary.kept, 20u);
  EXPECT_EQ(summary.made + summary.kept, 72u);
  EXPECT_THAT(differences(tree_of(output()), clean), ::testing::IsEmpty());
}

TEST_F(MergedShards, CleanRemovesThem) {
  run_shard(1, output());
  const RunSummary two = run_shard(2, output());
  write_text(output() / ".tenfold.lock.1-of-3", "a shard that was killed");
  EXPECT_GT(clean(output()).images, two.made);
  EXPECT_TRUE(fs::is_empty(output()));
}

TEST_F(MergedShards, OfACopiedInputBelongTogether) {
  const auto clean = clean_tree();
  run_shard(1, output());
  run_shard(2, output());
  fs::copy(input(), folder_ / "copied", fs::copy_options::recursive);
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "copied"))
    fs::last_write_time(entry, fs::file_time_type::clock::now() + std::chrono::hours(1));
  recipe_.input.roots = {folder_ / "copied"};
  run_shard(3, output());
  merge_now();
  EXPECT_THAT(differences(tree_of(output()), clean), ElementsAre(".tenfold.index"));  // has times
}

TEST_F(MergedShards, OfAFileThatChangedBetweenThemFindTheNewOne) {
  recipe_.expand.balance = {BalanceRule::kTo, 500};  // owl/0 has jobs in several shards
  run_shard(1, output());
  const fs::path image = input() / "owl/0.jpg";
  const auto time = fs::last_write_time(image);
  std::string content = read_text(image);
  content[content.size() - 20] = static_cast<char>(content[content.size() - 20] ^ 1);  // the same size
  write_text(image, content);
  fs::last_write_time(image, time);
  run_shard(2, output());
  run_shard(3, output());
  EXPECT_GT(merge_now().made, 0u);
  EXPECT_THAT(differences(tree_of(output()), clean_tree()), ::testing::IsEmpty());
}

TEST_F(MergedShards, AreForecast) {
  std::uint64_t images = 0;
  for (std::uint32_t number = 1; number <= kShards; ++number) {
    const RunOptions options{.jobs = 2, .shard = RunShard{number, kShards}};
    const Forecast before = forecast(recipe_, options, listening_);
    EXPECT_EQ(before.made, before.share->total());
    EXPECT_EQ(run_shard(number, output()).made, before.made);
    const Forecast after = forecast(recipe_, options, listening_);
    EXPECT_EQ(after.made, 0u);
    EXPECT_EQ(after.kept, before.made);
    images += before.made;
  }
  EXPECT_EQ(images, 72u);
}

TEST_F(MergedShards, SharedOutByHashStayWhereTheyAreWhenImagesCome) {
  for (const char* which : {"before", "after"}) {
    for (std::uint32_t number = 1; number <= kShards; ++number)
      run_shard(number, folder_ / (which + std::to_string(number)));
    add_class("emu", 4);
  }
  for (std::uint32_t number = 1; number <= kShards; ++number)
    for (std::uint32_t other = 1; other <= kShards; ++other) {
      const auto before = tree_of(folder_ / ("before" + std::to_string(number)));
      const auto after = tree_of(folder_ / ("after" + std::to_string(other)));
      for (const auto& [name, content] : before)
        if (name.ends_with(".jpg")) {
          EXPECT_EQ(after.contains(name), number == other) << name;
        }
    }
}

}  // namespace
}  // namespace tenfold
