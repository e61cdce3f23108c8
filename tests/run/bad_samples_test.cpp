// Samples that turn out bad only when they are decoded.

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "run/dataset_fixture.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using test::tree_of;
using test::write_text;

class BadSamplesTest : public test::DatasetTest {
 protected:
  std::vector<std::string> bad_paths(const RunSummary& summary) {
    std::vector<std::string> paths;
    for (const BadFile& bad : summary.bad) paths.push_back(bad.path);
    return paths;
  }
};

TEST_F(BadSamplesTest, LeaveExactTotalsEverywhere) {
  truncate("cat/3.jpg");  // the largest class has 5 good ones, so the targets are 20
  const RunSummary summary = run_now();
  for (const ClassPlan& of_class : summary.classes) EXPECT_EQ(of_class.images(), 20u) << of_class.name;
  EXPECT_EQ(summary.classes[0].samples, 5u);
  EXPECT_THAT(bad_paths(summary), ::testing::ElementsAre("cat/3.jpg"));
  EXPECT_EQ(summary.bad[0].failure.stage, Stage::kDecode);
  EXPECT_TRUE(summary.has_findings());
  for (const char* name : {"cat", "dog", "owl"})
    EXPECT_EQ(std::distance(fs::directory_iterator(output() / name), fs::directory_iterator()), 20) << name;
}

TEST_F(BadSamplesTest, DoNotTurnTheProgressBack) {
  struct Watcher : Observer {
    void progressed(const Progress& progress) override { seen.push_back(progress); }
    std::vector<Progress> seen;
  };
  truncate("cat/3.jpg");  // one round makes what it can for 24 images of each class, the next one for 20
  Watcher first;
  run(recipe_, {.jobs = 1}, first);
  EXPECT_TRUE(std::ranges::is_sorted(first.seen, {}, &Progress::done));
  EXPECT_EQ(first.seen.back().kept, 0u);
  EXPECT_EQ(first.seen.back().bad, 1u);

  fs::remove(output() / "dog/0__x0001.jpg");
  Watcher second;
  run(recipe_, {.jobs = 1}, second);
  EXPECT_EQ(second.seen.back().done, 60u);
  EXPECT_EQ(second.seen.back().kept, 59u);
}

TEST_F(BadSamplesTest, GiveTheTreeOfTheGoodOnes) {
  truncate("cat/3.jpg");
  run_now();
  auto with_bad = tree_of(output());
  fs::remove(input() / "cat/3.jpg");
  auto without = clean_tree();
  for (auto* tree : {&with_bad, &without}) {
    tree->erase("dataset.json");  // one names the bad image
  }
  EXPECT_EQ(with_bad, without);
}

TEST_F(BadSamplesTest, StandInTheDescriptionWithHashAndReason) {
  truncate("cat/3.jpg");
  const RunSummary summary = run_now();
  const std::string content = read_text(input() / "cat/3.jpg");
  const auto bad = nlohmann::json::parse(read_text(output() / "dataset.json")).at("bad");
  ASSERT_EQ(bad.size(), 1u);
  EXPECT_EQ(bad[0].at("path"), "cat/3.jpg");
  EXPECT_EQ(bad[0].at("stage"), "decode");
  EXPECT_EQ(bad[0].at("reason"), summary.bad[0].failure.reason);
  EXPECT_EQ(bad[0].at("hash"),
            hex(hash128(std::span(reinterpret_cast<const std::uint8_t*>(content.data()), content.size()))));
}

TEST_F(BadSamplesTest, ARepeatEndsAlikeAndChangesNothing) {
  truncate("cat/3.jpg");
  const RunSummary first = run_now();
  const auto before = tree_of(output());
  const RunSummary second = run_now();
  EXPECT_EQ(second.made, 0u);
  EXPECT_EQ(second.classes, first.classes);
  EXPECT_EQ(bad_paths(second), bad_paths(first));
  EXPECT_EQ(tree_of(output()), before);
}

TEST_F(BadSamplesTest, DoNotTakeMoreThanHalfOfAFinishedTreeAlong) {
  run_now();
  const auto before = tree_of(output());
  for (const char* name : {"cat/0.jpg", "cat/1.jpg", "cat/2.jpg", "cat/3.jpg"}) truncate(name);
  EXPECT_THAT(message_of([&] { run_now(); }, ErrorKind::kFailed),
              ::testing::HasSubstr("Use --force to remove them"));
  for (const auto& [name, content] : before)
    if (name.ends_with(".jpg")) {
      EXPECT_TRUE(fs::exists(output() / name)) << name;
    }
}

TEST_F(BadSamplesTest, TooManyLeaveAFinishedTreeAsItIs) {
  run_now();
  const auto before = tree_of(output());
  truncate("cat/3.jpg");
  recipe_.input.max_bad = 0.05;
  EXPECT_THAT(message_of([&] { run_now(); }, ErrorKind::kFailed),
              ::testing::HasSubstr("more than input.max_bad 5%"));
  auto after = tree_of(output());
  after.erase(".tenfold.journal");
  EXPECT_EQ(after, before);
}

TEST_F(BadSamplesTest, AreRememberedWithoutTheIndex) {
  truncate("cat/3.jpg");
  run_now();
  const auto before = tree_of(output());
  fs::remove(output() / ".tenfold.index");
  const RunSummary summary = run_now();
  EXPECT_EQ(summary.made, 0u);
  EXPECT_EQ(summary.removed, 0u);
  EXPECT_EQ(tree_of(output()), before);
}

TEST_F(BadSamplesTest, AreNotTakenForGoodWhenTheirListIsLost) {
  truncate("cat/3.jpg");
  run_now();
  const auto before = tree_of(output());
  fs::remove(output() / "dataset.json");
  const RunSummary summary = run_now();
  EXPECT_THAT(bad_paths(summary), ::testing::ElementsAre("cat/3.jpg"));
  EXPECT_EQ(tree_of(output()), before);
}

TEST_F(BadSamplesTest, AMendedFileComesBack) {
  const std::string good = read_text(input() / "cat/3.jpg");
  truncate("cat/3.jpg");
  run_now();
  write_text(input() / "cat/3.jpg", good);
  const RunSummary summary = run_now();
  EXPECT_FALSE(summary.has_findings());
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(BadSamplesTest, TooManyEndTheRunAndARepeatWithAHigherLimitContinues) {
  truncate("cat/3.jpg");
  truncate("dog/1.jpg");
  recipe_.input.max_bad = 0.1;  // one of ten
  EXPECT_THAT(
      message_of([&] { run_now(1); }, ErrorKind::kFailed),
      ::testing::StartsWith("2 of 10 images are bad, more than input.max_bad 10% allows; the last one is '"));
  EXPECT_FALSE(fs::exists(output() / "manifest.jsonl"));
  recipe_.input.max_bad = 0.2;
  run_now();
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(BadSamplesTest, OneIsEnoughWhereTheRecipeSaysSo) {
  truncate("cat/3.jpg");
  recipe_.input.fail_on_bad_image = true;
  EXPECT_THAT(message_of([&] { run_now(); }, ErrorKind::kFailed),
              ::testing::AllOf(
                  ::testing::StartsWith("'cat/3.jpg': "),
                  ::testing::EndsWith("; mend or remove it, or set input.on_bad_image: skip (what is made "
                                      "stays, and a repeat continues)")));
}

TEST_F(BadSamplesTest, AreFoundEvenWhereNothingIsMadeOfThem) {
  truncate("cat/3.jpg");
  recipe_.expand.undersample = true;
  recipe_.expand.factor = 1;
  recipe_.expand.balance = {BalanceRule::kTo, 1};
  EXPECT_THAT(bad_paths(run_now()), ::testing::ElementsAre("cat/3.jpg"));
  EXPECT_EQ(run_now().made, 0u);
}

TEST_F(BadSamplesTest, AnInputWithoutAUsableImageRemovesNothing) {
  run_now();
  const auto before = tree_of(output());
  for (const auto& entry : fs::recursive_directory_iterator(input()))
    if (entry.is_regular_file()) write_text(entry.path(), "");
  EXPECT_THAT(
      message_of([&] { run_now(); }, ErrorKind::kFailed),
      ::testing::StartsWith("the input '" + input().string() + "' has no usable image: 'owl/0.jpg': "));
  EXPECT_EQ(tree_of(output()), before);
}

}  // namespace
}  // namespace tenfold
