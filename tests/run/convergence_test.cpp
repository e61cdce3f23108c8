// Whatever lies in the output, a run ends in the tree of a clean run, and makes no more than it must.

#include <gmock/gmock.h>

#include "run/dataset_fixture.h"
#include "tenfold/store/journal.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::tree_of;
using test::write_text;

class ConvergenceTest : public test::DatasetTest {};

// Stops the run after some outputs, as a full disk would.
struct Stopping : Observer {
  explicit Stopping(std::uint64_t after) : outputs(after) {}
  void progressed(const Progress& progress) override {
    if (progress.done > outputs) throw Error(ErrorKind::kFailed, "stopped");
  }
  std::uint64_t outputs;
};

TEST_F(ConvergenceTest, ContinuesAfterBeingStoppedAnywhere) {
  const auto clean = clean_tree();
  for (const std::uint64_t after : {0u, 1u, 10u, 40u, 71u}) {
    fs::remove_all(output());
    Stopping stopping(after);
    EXPECT_EQ(message_of([&] { run(recipe_, {.jobs = 2}, stopping); }, ErrorKind::kFailed),
              "stopped (what is made stays, and a repeat continues)");
    EXPECT_FALSE(fs::exists(output() / "manifest.jsonl"));
    const RunSummary summary = run_now();
    EXPECT_EQ(summary.made + summary.kept, 72u);
    EXPECT_GE(summary.kept, after);
    EXPECT_EQ(tree_of(output()), clean) << after;
  }
}

// Asks the run to stop after some outputs, as a signal does.
struct Asking : Observer {
  explicit Asking(std::uint64_t after) : outputs(after) {}
  void progressed(const Progress& progress) override {
    if (progress.done >= outputs) stop = true;
  }
  std::uint64_t outputs;
  std::atomic<bool> stop = false;
};

TEST_F(ConvergenceTest, ContinuesAfterBeingAskedToStopAnywhere) {
  const auto clean = clean_tree();
  for (const std::uint64_t after : {0u, 1u, 10u, 40u, 71u, 72u}) {
    fs::remove_all(output());
    Asking asking(after);
    if (after == 0) asking.stop = true;
    EXPECT_EQ(
        message_of([&] { run(recipe_, {.jobs = 2, .stop = &asking.stop}, asking); }, ErrorKind::kInterrupted),
        "interrupted; what is made stays, and a repeat continues");
    EXPECT_FALSE(fs::exists(output() / "manifest.jsonl"));
    const RunSummary summary = run_now();
    EXPECT_EQ(summary.made + summary.kept, 72u);
    EXPECT_GE(summary.kept, after);
    EXPECT_TRUE(tree_of(output()) == clean) << after;
  }
}

TEST_F(ConvergenceTest, ReadsWhatSeemsUnchangedOnlyOnDemand) {
  run_now();
  const fs::path image = input() / "dog/1.jpg";
  const auto time = fs::last_write_time(image);
  std::string content = test::read_text(image);
  content[content.size() - 20] = static_cast<char>(content[content.size() - 20] ^ 1);  // the same size
  write_text(image, content);
  fs::last_write_time(image, time);
  EXPECT_EQ(run_now().made, 0u);
  Observer observer;
  EXPECT_EQ(run(recipe_, {.jobs = 2, .rehash = true}, observer).made, 8u);
  EXPECT_TRUE(tree_of(output()) == clean_tree());
}

TEST_F(ConvergenceTest, MakesAMissingOrCutFileAgain) {
  run_now();
  fs::remove(output() / "owl/0__x0003.jpg");
  fs::resize_file(output() / "dog/1.jpg", 10);
  const RunSummary summary = run_now();
  EXPECT_EQ(summary.made, 2u);
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(ConvergenceTest, ANewImageMakesOnlyTheDifference) {
  run_now();
  add_class("owl", 2);
  const RunSummary summary = run_now();
  EXPECT_EQ(summary.made, 12u);  // owl: 24 images of two samples, of which one had 24
  EXPECT_EQ(summary.removed, 12u);
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(ConvergenceTest, AnImageThatIsGoneTakesItsCopiesAlong) {
  run_now();
  fs::remove(input() / "dog/1.jpg");
  run_now();
  EXPECT_EQ(tree_of(output()), clean_tree());
  EXPECT_FALSE(fs::exists(output() / "dog/1.jpg"));
}

TEST_F(ConvergenceTest, AChangedImageIsMadeAgain) {
  run_now();
  test::write_bytes(input() / "dog/1.jpg", test::encoded(test::picture({48, 32}, 99), Format::kJpeg));
  EXPECT_EQ(run_now().made, 8u);
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(ConvergenceTest, AnImageThatWasOnlyTouchedIsKept) {
  run_now();
  fs::last_write_time(input() / "dog/1.jpg", fs::file_time_type::clock::now() + std::chrono::hours(1));
  EXPECT_EQ(run_now().made, 0u);
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(ConvergenceTest, WorksWithoutTheIndex) {
  run_now();
  fs::remove(output() / ".tenfold.index");
  EXPECT_EQ(run_now().made, 0u);
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(ConvergenceTest, AnotherSeedRemakesTheCopiesAndKeepsTheOriginals) {
  run_now();
  recipe_.seed = 7;
  const RunSummary summary = run_now();
  EXPECT_EQ(summary.kept, 10u);
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(ConvergenceTest, AnotherQualityRemakesTheCopiesAlone) {
  run_now();
  recipe_.output.quality = 80;
  const RunSummary summary = run_now();
  EXPECT_EQ(summary.made, 62u);
  EXPECT_EQ(summary.kept, 10u);
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(ConvergenceTest, ASmallerFactorRemovesWhatIsTooMuch) {
  run_now();
  recipe_.expand.factor = 3;
  const RunSummary summary = run_now();
  EXPECT_EQ(summary.made, 0u);
  EXPECT_EQ(summary.removed, 18u);
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(ConvergenceTest, RemovesMoreThanHalfOnlyByForce) {
  run_now();
  const auto before = tree_of(output());
  recipe_.expand.factor = 1;
  EXPECT_EQ(
      message_of([&] { run_now(); }, ErrorKind::kFailed),
      "54 of the 72 images in '" + output().string() +
          "' are not part of the plan and would be removed; is this the right output? Use --force to remove "
          "them, or choose another output");
  EXPECT_EQ(tree_of(output()), before);
  Observer observer;
  run(recipe_, {.jobs = 2, .force = true}, observer);
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(ConvergenceTest, RemakesEverythingOnDemand) {
  run_now();
  const auto before = tree_of(output());
  Observer observer;
  EXPECT_EQ(run(recipe_, {.jobs = 2, .remake = true}, observer).made, 72u);
  EXPECT_EQ(tree_of(output()), before);
}

}  // namespace
}  // namespace tenfold
