#include "tenfold/run/clean.h"

#include <gmock/gmock.h>

#include "run/dataset_fixture.h"
#include "tenfold/store/output_lock.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using test::tree_of;
using test::write_text;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CleanTest : public test::DatasetTest {};

TEST_F(CleanTest, RemovesEverythingButTheFolder) {
  run_now();
  const auto sources = tree_of(input());
  const Cleaning cleaning = clean(output());
  EXPECT_EQ(cleaning.images, 72u);
  EXPECT_THAT(cleaning.foreign, IsEmpty());
  EXPECT_TRUE(fs::is_directory(output()));
  EXPECT_TRUE(fs::is_empty(output()));
  EXPECT_EQ(tree_of(input()), sources);
}

TEST_F(CleanTest, RemovesLinksAndNotWhatTheyLeadTo) {
  recipe_.output.originals = Originals::kSymlink;
  run_now();
  const auto sources = tree_of(input());
  clean(output());
  EXPECT_TRUE(fs::is_empty(output()));
  EXPECT_EQ(tree_of(input()), sources);
}

TEST_F(CleanTest, LeavesWhatTenfoldDidNotWrite) {
  run_now();
  write_text(output() / "notes.txt", "mine");
  write_text(output() / "cat/mine.jpg", "mine");
  write_text(output() / "zebra/1.jpg", "mine");
  const Cleaning cleaning = clean(output());
  EXPECT_EQ(cleaning.images, 72u);
  EXPECT_THAT(cleaning.foreign, ElementsAre("cat/mine.jpg", "notes.txt", "zebra/"));
  EXPECT_THAT(tree_of(output()),
              ElementsAre(std::pair("cat/mine.jpg", "mine"), std::pair("notes.txt", "mine"),
                          std::pair("zebra/1.jpg", "mine")));
}

TEST_F(CleanTest, NeverFollowsAFolderThatIsALink) {
  run_now();
  fs::rename(output() / "owl", folder_ / "elsewhere");
  fs::create_directory_symlink(folder_ / "elsewhere", output() / "owl");
  const auto kept = tree_of(folder_ / "elsewhere");
  const Cleaning cleaning = clean(output());
  EXPECT_EQ(cleaning.images, 48u);
  EXPECT_THAT(cleaning.foreign, ElementsAre("owl"));
  EXPECT_EQ(tree_of(folder_ / "elsewhere"), kept);
}

TEST_F(CleanTest, GoesOnWhereItWasCutOff) {
  run_now();
  fs::rename(output() / "manifest.jsonl", output() / ".tenfold.previous.jsonl");
  fs::rename(output() / "dataset.json", output() / ".tenfold.previous.json");
  write_text(output() / ".tenfold.journal", "");
  fs::remove_all(output() / "cat");
  EXPECT_EQ(clean(output()).images, 48u);
  EXPECT_TRUE(fs::is_empty(output()));
}

TEST_F(CleanTest, MakesRoomForARun) {
  run_now();
  const auto tree = tree_of(output());
  clean(output());
  run_now();
  EXPECT_EQ(tree_of(output()), tree);
}

TEST_F(CleanTest, RefusesWhatIsNoOutput) {
  const std::string path = output().string();
  EXPECT_EQ(message_of([&] { clean(output()); }, ErrorKind::kUsage), "there is no folder '" + path + "'");
  write_text(output() / "cat/1.jpg", "x");
  EXPECT_EQ(message_of([&] { clean(output()); }, ErrorKind::kLocked),
            "'" + path + "' is no output of tenfold: it has no manifest");
  write_text(output() / "manifest.jsonl", "{\"file_name\":\"cat/1.jpg\"}\n");
  message_of([&] { clean(output()); }, ErrorKind::kLocked);
  EXPECT_THAT(tree_of(output()), ::testing::SizeIs(2));
}

TEST_F(CleanTest, RefusesWhatIsInUse) {
  run_now();
  const auto tree = tree_of(output());
  {
    const OutputLock lock(output());
    EXPECT_THAT(message_of([&] { clean(output()); }, ErrorKind::kLocked),
                ::testing::HasSubstr(" is in use by "));
  }
  EXPECT_EQ(tree_of(output()), tree);
}

// A damaged or hostile line makes it unknown what is ours, so nothing goes.
TEST_F(CleanTest, RemovesNothingWhereTheManifestIsDamaged) {
  run_now();
  write_text(folder_ / "secret", "x");
  std::string text = read_text(output() / "manifest.jsonl");
  text.replace(text.find("cat/0.jpg"), 9, "../secret");
  write_text(output() / "manifest.jsonl", text);
  const auto tree = tree_of(folder_.path());
  EXPECT_EQ(message_of([&] { clean(output()); }, ErrorKind::kLocked),
            "line 1 of '" + (output() / "manifest.jsonl").string() +
                "' is damaged or not tenfold's, so it is not known which files are; choose another output");
  EXPECT_EQ(tree_of(folder_.path()), tree);
}

}  // namespace
}  // namespace tenfold
