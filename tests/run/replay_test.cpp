#include "tenfold/run/replay.h"

#include <gmock/gmock.h>

#include "run/dataset_fixture.h"
#include "tenfold/base/text.h"
#include "tenfold/store/manifest.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::chain_of;
using test::encoded;
using test::read_text;
using test::tree_of;
using test::write_bytes;
using test::write_text;

class ReplayTest : public test::DatasetTest {
 protected:
  std::string replayed(const std::string& file) const {
    Observer observer;
    const Replay result = replay(output(), file, {input()}, observer);
    return std::string(replay_name(result.result)) + ": " + result.sentence;
  }

  // Replays every image of the output.
  void expect_all_equal() const {
    const auto before = tree_of(folder_.path());
    int images = 0;
    read_manifest(output() / "manifest.jsonl", [&](ManifestLine&& line) {
      ++images;
      EXPECT_TRUE(replayed(line.file_name).starts_with("equal: ")) << replayed(line.file_name);
    });
    EXPECT_GT(images, 0);
    EXPECT_EQ(tree_of(folder_.path()), before) << "replay writes nothing";
  }
};

TEST_F(ReplayTest, MakesEveryImageAgain) {
  recipe_.prepare = chain_of("resize", {{"shorter", 24}});
  run_now();
  expect_all_equal();
}

TEST_F(ReplayTest, MakesOriginalsThatNothingChangesAgain) {
  run_now();
  EXPECT_EQ(replayed("cat/0.jpg"), "equal: 'cat/0.jpg' is equal, byte for byte (" +
                                       counted(fs::file_size(input() / "cat/0.jpg"), "byte") + ")");
}

TEST_F(ReplayTest, MakesImagesWithPartnersAgain) {
  recipe_.augment = chain_of("mixup", {{"partner", std::string("any")}});
  truncate("cat/5.jpg");
  run_now();
  expect_all_equal();
}

// The long ones become too large when they are prepared: they are held out, and stand in no manifest.
TEST_F(ReplayTest, TakesNoPartnerOfThoseThatCouldNotBePrepared) {
  fs::remove_all(input());
  recipe_.input.splits = {Split::kTrain, Split::kVal};
  recipe_.input.max_pixels = 20'000;
  for (int i = 0; i < 3; ++i) {
    const std::string name = std::to_string(i) + ".jpg";
    write_bytes(input() / "train/cat" / name, encoded(test::picture({48, 32}, i), Format::kJpeg));
    write_bytes(input() / "val/cat" / name, encoded(test::picture({600, 10}, 9 + i), Format::kJpeg));
  }
  recipe_.prepare = chain_of("resize", {{"shorter", 24}});
  recipe_.augment = chain_of("mixup", {{"partner", std::string("any")}});
  EXPECT_EQ(run_now().failed.size(), 3u);
  expect_all_equal();
}

TEST_F(ReplayTest, MakesImagesWithStatisticsAgain) {
  recipe_.augment = chain_of("fancy_pca");
  truncate("cat/5.jpg");
  run_now();
  expect_all_equal();
}

TEST_F(ReplayTest, FindsTheAttemptThatTheQualityGateTook) {
  recipe_.augment = chain_of("rotate", {{"degrees", Range{-20, 20}}});
  recipe_.accept = AcceptRecipe{.min_distance = 10};
  EXPECT_FALSE(run_now().refused.empty());
  expect_all_equal();
}

TEST_F(ReplayTest, MakesRelabelledImagesAgain) {
  recipe_.augment = chain_of("horizontal_flip");
  recipe_.augment.push_back(chain_of("rotate")[0]);
  place_elements(recipe_.augment);
  recipe_.relabel = {{"horizontal_flip", "cat", "dog"}};
  run_now();
  ASSERT_TRUE(fs::exists(output() / "dog/cat@0__x0001.jpg"));
  expect_all_equal();
}

TEST_F(ReplayTest, TakesThePathOfTheFile) {
  run_now();
  EXPECT_TRUE(
      replayed((output() / "cat/../cat/0__x0001.jpg").string()).starts_with("equal: 'cat/0__x0001.jpg'"));
}

TEST_F(ReplayTest, SaysThatTheFileHasChanged) {
  run_now();
  write_text(output() / "cat/0__x0001.jpg", "x");
  EXPECT_EQ(
      replayed("cat/0__x0001.jpg"),
      "file_changed: 'cat/0__x0001.jpg' has other bytes than were written; made again, they are those of the "
      "manifest");
  fs::remove(output() / "cat/0__x0001.jpg");
  EXPECT_EQ(replayed("cat/0__x0001.jpg"),
            "file_changed: 'cat/0__x0001.jpg' cannot be opened: No such file or directory");
}

TEST_F(ReplayTest, SaysThatTheSourceHasChanged) {
  run_now();
  write_text(input() / "cat/0.jpg", read_text(input() / "cat/1.jpg"));
  EXPECT_EQ(replayed("cat/0__x0001.jpg"),
            "source_changed: the source 'cat/0.jpg' has other bytes than it had");
  fs::remove(input() / "cat/0.jpg");
  EXPECT_EQ(replayed("cat/0__x0001.jpg"),
            "source_changed: the source 'cat/0.jpg' is no longer in the dataset, or its class is not");
}

TEST_F(ReplayTest, SaysThatAPartnerHasChanged) {
  recipe_.augment = chain_of("mixup");
  run_now();
  std::string mixed, partner;
  read_manifest(output() / "manifest.jsonl", [&](ManifestLine&& line) {
    if (line.partners.empty() || !mixed.empty()) return;
    mixed = line.file_name;
    partner = partners_of(line).front().source;
  });
  fs::remove(input() / partner);
  EXPECT_EQ(replayed(mixed), "drawn_otherwise: '" + mixed + "' is drawn otherwise now: its partner '" +
                                 partner + "' is another image, or gone");
}

TEST_F(ReplayTest, SaysThatTheRecipeDrawsOtherwise) {
  run_now();
  std::string description = read_text(output() / "dataset.json");
  description.replace(description.find("\"seed\": 42"), 10, "\"seed\": 43");
  write_text(output() / "dataset.json", description);
  EXPECT_EQ(replayed("cat/0__x0001.jpg"),
            "drawn_otherwise: 'cat/0__x0001.jpg' is drawn otherwise now: the draws of this version of "
            "tenfold are others, "
            "or images of the dataset that it depends on have come, gone or changed");
}

TEST_F(ReplayTest, NamesTheVersionsWhereOtherBytesComeOut) {
  run_now();
  std::string text = read_text(output() / "manifest.jsonl");
  const std::size_t line = text.find("cat/0__x0001.jpg"), hash = text.find("\"hash\":\"", line) + 8;
  text.replace(hash, 32, "00000000000000000000000000000001");
  write_text(output() / "manifest.jsonl", text);
  const std::string start =
      "made_otherwise: 'cat/0__x0001.jpg' comes out with other bytes than the manifest says";
  EXPECT_EQ(replayed("cat/0__x0001.jpg"),
            start + ", though the versions are those of then; is it another kind of CPU?");
  std::string description = read_text(output() / "dataset.json");
  const std::size_t version = description.find("\"tenfold\": \"") + 12;
  description.replace(version, description.find('"', version) - version, "0.0.0");
  write_text(output() / "dataset.json", description);
  EXPECT_TRUE(replayed("cat/0__x0001.jpg").starts_with(start + ": tenfold 0.0.0 then and "));
}

TEST_F(ReplayTest, CannotReplayWhatLooksLikeAReference) {
  test::write_bytes(folder_ / "look/1.jpg", test::encoded(test::picture({48, 32}, 3), Format::kJpeg));
  recipe_.augment = chain_of("histogram_match", {{"reference", std::string("look")}});
  recipe_.folder = folder_.path();
  run_now();
  EXPECT_EQ(
      message_of([&] { replayed("cat/0__x0001.jpg"); }, ErrorKind::kFailed),
      "'cat/0__x0001.jpg' cannot be made again: its recipe uses 'histogram_match', whose reference images no "
      "output holds, so nothing of it can be drawn again");
}

TEST_F(ReplayTest, AsksWhetherANearFileIsMeant) {
  run_now();
  EXPECT_EQ(message_of([&] { replayed("cat/0__x0010.jpg"); }, ErrorKind::kUsage),
            "the manifest has no file 'cat/0__x0010.jpg'; did you mean 'cat/0__x0001.jpg'?");
  EXPECT_EQ(message_of([&] { replayed("../../etc/passwd"); }, ErrorKind::kUsage),
            "the manifest has no file '../../etc/passwd'");
}

TEST_F(ReplayTest, NeedsAFinishedOutput) {
  const std::string path = output().string();
  EXPECT_EQ(message_of([&] { replayed("x"); }, ErrorKind::kUsage), "there is no folder '" + path + "'");
  fs::create_directory(output());
  EXPECT_EQ(message_of([&] { replayed("x"); }, ErrorKind::kLocked),
            "'" + path + "' is no output of tenfold: it has no manifest");
  write_text(output() / ".tenfold.journal", "");
  EXPECT_EQ(message_of([&] { replayed("x"); }, ErrorKind::kLocked),
            "the output '" + path + "' is unfinished; repeat the run that makes it");
}

}  // namespace
}  // namespace tenfold
