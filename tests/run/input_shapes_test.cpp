// Runs on datasets of several roots, and on those whose labels are no folders.

#include <gmock/gmock.h>

#include "dataset/archives.h"
#include "run/dataset_fixture.h"
#include "tenfold/run/explain.h"
#include "tenfold/run/replay.h"
#include "tenfold/run/verify.h"
#include "tenfold/store/manifest.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::chain_of;
using test::tree_of;
using test::write_text;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class InputShapesTest : public test::DatasetTest {
 protected:
  std::vector<std::string> findings() const {
    Observer observer;
    std::vector<std::string> sentences;
    for (const Finding& finding :
         verify(output(), {.jobs = 2, .inputs = recipe_.input.roots}, observer).findings)
      sentences.push_back(finding.sentence);
    return sentences;
  }

  // "file_name label source" of the originals.
  std::vector<std::string> originals() const {
    std::vector<std::string> lines;
    read_manifest(output() / "manifest.jsonl", [&](ManifestLine&& line) {
      if (line.copy == 0) lines.push_back(line.file_name + " " + line.label + " " + line.source);
    });
    return lines;
  }

  // Draws each copy again, with the dataset and without it.
  void expect_all_drawn_again() const {
    Observer observer;
    int images = 0;
    read_manifest(output() / "manifest.jsonl", [&](ManifestLine&& line) {
      ++images;
      EXPECT_EQ(replay(output(), line.file_name, recipe_.input.roots, observer).result, ReplayResult::kEqual)
          << line.file_name;
      for (const std::vector<fs::path>& inputs : {recipe_.input.roots, std::vector<fs::path>()}) {
        const Explanation explanation = explain(output(), line.file_name, inputs, observer);
        EXPECT_TRUE(explanation.map) << line.file_name << ": " << explanation.why_no_map;
      }
    });
    EXPECT_GT(images, 0);
  }

  void expect_a_repeat_does_nothing() {
    const auto before = tree_of(output());
    EXPECT_EQ(run_now().made, 0u);
    EXPECT_EQ(tree_of(output()), before);
  }
};

TEST_F(InputShapesTest, SeveralRootsBecomeOneSetOfClasses) {
  fs::create_directories(folder_ / "more/dog");
  fs::rename(input() / "dog/0.jpg", folder_ / "more/dog/1.jpg");
  recipe_.input.roots = {input(), folder_ / "more"};
  recipe_.relabel = {{"horizontal_flip", "cat", "dog"}};
  recipe_.augment = chain_of("horizontal_flip");
  run_now();
  EXPECT_THAT(originals(), ElementsAre("cat/in/0.jpg cat in/cat/0.jpg", "cat/in/1.jpg cat in/cat/1.jpg",
                                       "cat/in/2.jpg cat in/cat/2.jpg", "cat/in/3.jpg cat in/cat/3.jpg",
                                       "cat/in/4.jpg cat in/cat/4.jpg", "cat/in/5.jpg cat in/cat/5.jpg",
                                       "dog/in/1.jpg dog in/dog/1.jpg", "dog/in/2.jpg dog in/dog/2.jpg",
                                       "dog/more/1.jpg dog more/dog/1.jpg", "owl/in/0.jpg owl in/owl/0.jpg"));
  EXPECT_TRUE(fs::exists(output() / "dog/in/cat@0__x0001.jpg"));
  EXPECT_THAT(findings(), IsEmpty());
  expect_all_drawn_again();
  expect_a_repeat_does_nothing();
  // Whatever their order.
  std::ranges::reverse(recipe_.input.roots);
  expect_a_repeat_does_nothing();
  EXPECT_EQ(clean_tree(), tree_of(output()));
}

TEST_F(InputShapesTest, EachRootIsKeptApartFromTheOutput) {
  recipe_.input.roots = {input(), folder_ / "more"};
  fs::create_directories(folder_ / "more/dog");
  recipe_.output.root = folder_ / "more/out";
  EXPECT_EQ(message_of([&] { run_now(); }, ErrorKind::kUsage),
            "the output '" + recipe_.output.root.string() + "' lies inside the input '" +
                (folder_ / "more").string() + "'; choose a folder outside it");
}

TEST_F(InputShapesTest, VerifyTellsWhichRootLacksASource) {
  fs::create_directories(folder_ / "more");
  fs::rename(input() / "dog", folder_ / "more/dog");
  recipe_.input.roots = {input(), folder_ / "more"};
  run_now();
  fs::remove(folder_ / "more/dog/1.jpg");
  EXPECT_THAT(findings(),
              ElementsAre("the source 'more/dog/1.jpg' cannot be opened: No such file or directory"));
}

TEST_F(InputShapesTest, ATableOfLabelsMakesTheClasses) {
  write_text(input() / "labels.csv",
             "file,label\ncat/0.jpg,tame\ncat/1.jpg,tame\ndog/0.jpg,tame\nowl/0.jpg,wild\n");
  recipe_.input.labels = {.kind = LabelRule::Kind::kCsv, .text = "labels.csv"};
  const RunSummary summary = run_now();
  EXPECT_EQ(summary.ignored.unlabeled, 6u);
  EXPECT_THAT(originals(), ElementsAre("tame/cat/0.jpg tame cat/0.jpg", "tame/cat/1.jpg tame cat/1.jpg",
                                       "tame/dog/0.jpg tame dog/0.jpg", "wild/owl/0.jpg wild owl/0.jpg"));
  EXPECT_THAT(findings(), IsEmpty());
  expect_all_drawn_again();
  expect_a_repeat_does_nothing();
}

TEST_F(InputShapesTest, AnArchiveBecomesWhatItsFolderBecomes) {
  std::vector<test::Packed> packed;
  for (const auto& [path, content] : tree_of(input())) packed.push_back({path, content});
  test::write_tar(folder_ / "in.tar", packed);
  test::write_zip(folder_ / "in.zip", packed, true);
  run_now();
  auto of_folder = tree_of(output());
  of_folder.erase(".tenfold.index");
  for (const char* archive : {"in.tar", "in.zip"}) {
    recipe_.input.roots = {folder_ / archive};
    recipe_.output.root = folder_ / (std::string(archive) + ".out");
    run_now();
    auto of_archive = tree_of(recipe_.output.root);
    of_archive.erase(".tenfold.index");
    EXPECT_EQ(of_archive, of_folder) << archive;
  }
}

TEST_F(InputShapesTest, OriginalsOfAnArchiveAreCopied) {
  class Notes : public Observer {
   public:
    void noted(const std::string& sentence) override { sentences.push_back(sentence); }
    std::vector<std::string> sentences;
  };
  std::vector<test::Packed> packed;
  for (const auto& [path, content] : tree_of(input())) packed.push_back({path, content});
  test::write_tar(folder_ / "in.tar", packed);
  recipe_.input.roots = {folder_ / "in.tar"};
  recipe_.output.originals = Originals::kHardlink;
  Notes notes;
  run(recipe_, {.jobs = 2}, notes);
  EXPECT_THAT(notes.sentences, ElementsAre("originals lie in an archive, so they are copied and not linked"));
  EXPECT_THAT(findings(), IsEmpty());
  expect_all_drawn_again();
  expect_a_repeat_does_nothing();
}

TEST_F(InputShapesTest, NamesOfFilesMakeTheClasses) {
  recipe_.input.labels = {.kind = LabelRule::Kind::kFileName, .text = "^([0-2])"};
  recipe_.input.ignore = {"[3-5].jpg"};
  run_now();
  EXPECT_THAT(originals(),
              ElementsAre("0/cat/0.jpg 0 cat/0.jpg", "0/dog/0.jpg 0 dog/0.jpg", "0/owl/0.jpg 0 owl/0.jpg",
                          "1/cat/1.jpg 1 cat/1.jpg", "1/dog/1.jpg 1 dog/1.jpg", "2/cat/2.jpg 2 cat/2.jpg",
                          "2/dog/2.jpg 2 dog/2.jpg"));
  EXPECT_THAT(findings(), IsEmpty());
  expect_all_drawn_again();
}

}  // namespace
}  // namespace tenfold
