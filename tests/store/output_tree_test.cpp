#include "tenfold/store/output_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temporary_folder.h"
#include "tenfold/base/atomic_file.h"
#include "tenfold/base/error.h"
#include "tenfold/store/manifest.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using test::TemporaryFolder;
using test::write_text;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Hash128 kSource{5, 6};

ManifestLine line_of(const std::string& name, const std::string& content) {
  return {.file_name = name,
          .label = "a",
          .split = "train",
          .source = name,
          .record = {.bytes = content.size(), .hash = {1, 2}, .fingerprint = {3, 4}, .width = 1, .height = 1},
          .source_hash = kSource};
}

// A finished tree with a/1.jpg and a/2.jpg.
void write_tree(const fs::path& root) {
  write_text(root / "a/1.jpg", "one");
  write_text(root / "a/2.jpg", "two");
  write_text(root / "manifest.jsonl",
             manifest_text(line_of("a/1.jpg", "one")) + manifest_text(line_of("a/2.jpg", "two")));
  write_text(
      root / "dataset.json",
      R"({"versions":[{"tenfold":"0"}],"bad":[{"path":"a/x.jpg","stage":"decode","reason":"broken","hash":"00000000000000070000000000000008"}]})");
}

TEST(OutputTree, CreatesTheFolderAndLocksIt) {
  const TemporaryFolder folder;
  const OutputTree tree(folder / "deep/out");
  EXPECT_FALSE(tree.is_finished());
  EXPECT_THAT(tree.state().names(), IsEmpty());
  EXPECT_TRUE(fs::exists(folder / "deep/out/.tenfold.lock"));
}

TEST(OutputTree, KnowsAFinishedTree) {
  const TemporaryFolder folder;
  write_tree(folder.path());
  const OutputTree tree(folder.path());
  EXPECT_TRUE(tree.is_finished());
  EXPECT_THAT(tree.state().names(), ElementsAre("a/1.jpg", "a/2.jpg"));
  ASSERT_NE(tree.record("a/1.jpg"), nullptr);
  EXPECT_EQ(tree.record("a/1.jpg")->fingerprint, (Hash128{3, 4}));
  EXPECT_TRUE(tree.state().decoded.contains(kSource));
  EXPECT_EQ(tree.state().bad.at("a/x.jpg"), (BadSource{{7, 8}, "decode", "broken"}));
}

TEST(OutputTree, DoesNotTrustAFileThatIsMissingOrHasAnotherSize) {
  const TemporaryFolder folder;
  write_tree(folder.path());
  fs::remove(folder / "a/1.jpg");
  write_text(folder / "a/2.jpg", "longer");
  const OutputTree tree(folder.path());
  EXPECT_EQ(tree.record("a/1.jpg"), nullptr);
  EXPECT_EQ(tree.record("a/2.jpg"), nullptr);
  EXPECT_THAT(tree.state().names(), ElementsAre("a/2.jpg"));  // ours all the same
}

TEST(OutputTree, RefusesFilesThatItDidNotWrite) {
  const TemporaryFolder folder;
  write_tree(folder.path());
  write_text(folder / "a/notes\n.txt", "mine");
  write_text(folder / "b/3.jpg", "mine too");
  try {
    const OutputTree tree(folder.path());
    FAIL() << "took over foreign files";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kLocked);
    EXPECT_EQ(error.what(),
              "the output '" + folder.path().string() +
                  "' holds 2 entries that tenfold did not write, such as 'a/notes\\n.txt'; choose an "
                  "empty folder, or move them away");
  }
  EXPECT_EQ(read_text(folder / "b/3.jpg"), "mine too");
  EXPECT_FALSE(fs::exists(folder / ".tenfold.lock"));
}

// Other tools use these names, too.
TEST(OutputTree, RefusesAManifestAndADescriptionThatAreNotOurs) {
  for (const auto& [name, text] :
       std::map<std::string, std::string>{{"dataset.json", R"({"name": "my study"})"},
                                          {"manifest.jsonl", ""},
                                          {"manifest.jsonl ", R"({"audio": "a.wav"})"},
                                          {"manifest.jsonl  ", "{\"audio\": \"a.wav\"}\n"}}) {
    const TemporaryFolder folder;
    const std::string file = name.substr(0, name.find(' '));
    write_text(folder / file, text);
    EXPECT_THROW(OutputTree(folder.path()), Error) << name;
    EXPECT_EQ(test::tree_of(folder.path()), (std::map<std::string, std::string>{{file, text}})) << name;
  }
}

TEST(OutputTree, RefusesAnEmptyFolderThatWouldBecomeAClass) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "mine");
  EXPECT_THROW(OutputTree(folder.path()), Error);
}

TEST(OutputTree, HasNoManifestWhileItIsChanged) {
  const TemporaryFolder folder;
  write_tree(folder.path());
  {
    OutputTree tree(folder.path());
    tree.begin_change();
    tree.journal().begin(std::vector<std::string>{"a/2.jpg", "a/3.jpg"});
    EXPECT_FALSE(fs::exists(folder / "manifest.jsonl"));
    EXPECT_FALSE(fs::exists(folder / "dataset.json"));
    write_text(folder / "a/3.jpg", "three");
  }
  const OutputTree tree(folder.path());
  EXPECT_FALSE(tree.is_finished());
  EXPECT_NE(tree.record("a/1.jpg"), nullptr);
  EXPECT_EQ(tree.record("a/2.jpg"), nullptr);  // it may be half of the old and half of the new
  EXPECT_THAT(tree.state().names(), ElementsAre("a/1.jpg", "a/2.jpg", "a/3.jpg"));
  EXPECT_EQ(tree.state().bad.at("a/x.jpg"), (BadSource{{7, 8}, "decode", "broken"}));
}

TEST(OutputTree, RemovesTheTemporaryFilesOfARunThatWasCutOff) {
  const TemporaryFolder folder;
  {
    OutputTree tree(folder.path());
    tree.begin_change();
    tree.journal().begin(std::vector<std::string>{"a/1.jpg"});
    write_text(temporary_path(folder / "a/1.jpg"), "hal");
  }
  OutputTree tree(folder.path());
  tree.begin_change();
  EXPECT_FALSE(fs::exists(temporary_path(folder / "a/1.jpg")));
}

TEST(OutputTree, TakesATemporaryFileThatBelongsToNoNameForSomebodyElses) {
  const TemporaryFolder folder;
  write_tree(folder.path());
  write_text(temporary_path(folder / "a/1.jpg"), "ours");
  write_text(temporary_path(folder / "a/9.jpg"), "whose?");
  const OutputState state = read_output(folder.path());
  const auto relative = [](const char* name) { return temporary_path(name).string(); };
  EXPECT_THAT(state.leftovers, ElementsAre(relative("a/1.jpg")));
  EXPECT_THAT(state.foreign, ElementsAre(relative("a/9.jpg")));
}

TEST(OutputTree, PublishesTheManifestAndDropsTheJournal) {
  const TemporaryFolder folder;
  {
    OutputTree tree(folder.path());
    tree.begin_change();
    tree.journal().begin(std::vector<std::string>{"a/1.jpg"});
    write_text(folder / "a/1.jpg", "one");
    AtomicFile manifest(tree.manifest_path());
    manifest.write(manifest_text(line_of("a/1.jpg", "one")));
    EXPECT_FALSE(fs::exists(folder / "manifest.jsonl"));
    tree.publish(manifest, "{}\n", "");
    EXPECT_TRUE(tree.is_finished());
  }
  EXPECT_THAT(test::tree_of(folder.path()),
              ElementsAre(testing::Key(".tenfold.index"), testing::Key("a/1.jpg"),
                          testing::Key("dataset.json"), testing::Key("manifest.jsonl")));
}

TEST(OutputTree, RemovesAFolderWithItsLastImage) {
  const TemporaryFolder folder;
  write_tree(folder.path());
  OutputTree tree(folder.path());
  tree.begin_change();
  tree.remove("a/1.jpg");
  EXPECT_TRUE(fs::exists(folder / "a"));
  tree.remove("a/2.jpg");
  EXPECT_FALSE(fs::exists(folder / "a"));
  EXPECT_TRUE(fs::exists(folder.path()));
}

TEST(OutputTree, LeavesNoEmptyFolderBehind) {
  const TemporaryFolder folder;
  OutputTree tree(folder.path());
  tree.begin_change();
  tree.create_folders_of("a/deep/1.jpg");
  tree.create_folders_of("b/2.jpg");
  write_text(folder / "b/2.jpg", "two");
  AtomicFile manifest(tree.manifest_path());
  tree.publish(manifest, "{}\n", "");
  EXPECT_FALSE(fs::exists(folder / "a"));
  EXPECT_TRUE(fs::exists(folder / "b/2.jpg"));
}

TEST(OutputTree, CountsTheManifestIfACrashLeftTheJournalBesideIt) {
  const TemporaryFolder folder;
  write_tree(folder.path());
  Journal(folder / ".tenfold.journal", 0, [] {}).begin(std::vector<std::string>{"a/1.jpg"});
  const OutputTree tree(folder.path());
  EXPECT_TRUE(tree.is_finished());
  EXPECT_NE(tree.record("a/1.jpg"), nullptr);
  EXPECT_FALSE(fs::exists(folder / ".tenfold.journal"));
}

}  // namespace
}  // namespace tenfold
