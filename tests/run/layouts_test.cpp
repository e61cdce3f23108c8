// Layouts other than class folders: the same images byte for byte, whatever stands beside them, and a way
// from each layout to each.

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "run/dataset_fixture.h"
#include "tenfold/run/clean.h"
#include "tenfold/run/replay.h"
#include "tenfold/run/verify.h"
#include "tenfold/store/manifest.h"
#include "tenfold/store/shard.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using test::tree_of;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Key;

class Layouts : public test::DatasetTest {
 protected:
  void use(OutputLayout layout, ShardSize shard = {}) {
    recipe_.output.layout = layout;
    recipe_.output.shard = shard;
  }

  // As the command says them with --force, for a change of names is a change of all files.
  RunSummary run_forced() {
    Observer observer;
    return run(recipe_, {.jobs = 2, .force = true}, observer);
  }

  // What the same recipe makes in class folders: images alone.
  std::map<std::string, std::string> folder_images() {
    Recipe recipe = recipe_;
    recipe.output.layout = OutputLayout::kFolders;
    recipe.output.root = folder_ / "folders";
    Observer observer;
    run(recipe, {.jobs = 1}, observer);
    auto images = tree_of(recipe.output.root);
    std::erase_if(images, [](const auto& file) { return file.first.find('/') == std::string::npos; });
    return images;
  }

  // By the names that the manifest has for them.
  std::map<std::string, std::string> images() const {
    std::map<std::string, std::string> images;
    read_manifest(output() / "manifest.jsonl", [&](ManifestLine&& line) {
      const Bytes bytes = read_image(output(), line).value();
      images[line.file_name] = {bytes.begin(), bytes.end()};
    });
    return images;
  }

  std::vector<std::string> findings() const {
    Observer observer;
    std::vector<std::string> sentences;
    for (const Finding& finding : verify(output(), {.jobs = 2, .inputs = {input()}}, observer).findings)
      sentences.push_back(finding.sentence);
    return sentences;
  }

  std::vector<std::string> files_in_root() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(output()))
      names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
  }

  void expect_a_repeat_does_nothing() {
    const auto before = tree_of(output());
    const RunSummary summary = run_now();
    EXPECT_EQ(summary.made, 0u);
    EXPECT_EQ(summary.removed, 0u);
    EXPECT_TRUE(tree_of(output()) == before);
  }
};

TEST_F(Layouts, HuggingfaceHasAListBesideTheFolders) {
  use(OutputLayout::kHuggingface);
  run_now();
  EXPECT_TRUE(images() == folder_images());
  EXPECT_THAT(files_in_root(), ElementsAre(".tenfold.index", "cat", "dataset.json", "dog", "manifest.jsonl",
                                           "metadata.jsonl", "owl"));
  std::istringstream list(read_text(output() / "metadata.jsonl"));
  std::string first, second;
  std::getline(list, first);
  std::getline(list, second);
  EXPECT_EQ(first, R"({"file_name":"cat/0.jpg","label":"cat","split":"train","source":"cat/0.jpg","copy":0,)"
                   R"("transforms":"[]"})");
  const auto json = nlohmann::json::parse(second);
  EXPECT_EQ(json.at("copy"), 1);
  EXPECT_EQ(nlohmann::json::parse(json.at("transforms").get<std::string>())[0].at("name"), "rotate");
  EXPECT_THAT(findings(), IsEmpty());
  expect_a_repeat_does_nothing();
}

TEST_F(Layouts, FlatCsvHasOneFolderAndAList) {
  fs::rename(input() / "cat/0.jpg", input() / "cat/a \"b\", c\n.jpg");
  use(OutputLayout::kFlatCsv);
  run_now();
  EXPECT_THAT(files_in_root(),
              ElementsAre(".tenfold.index", "dataset.json", "images", "labels.csv", "manifest.jsonl"));
  EXPECT_THAT(read_text(output() / "labels.csv"),
              ::testing::StartsWith("file,label,split,source,copy\r\n"
                                    "images/cat__1.jpg,cat,train,cat/1.jpg,0\r\n"
                                    "images/cat__1__x0001.jpg,cat,train,cat/1.jpg,1\r\n"));
  EXPECT_THAT(read_text(output() / "labels.csv"),
              ::testing::HasSubstr(
                  "\r\n\"images/cat__a \"\"b\"\", c\n.jpg\",cat,train,\"cat/a \"\"b\"\", c\n.jpg\",0\r\n"));
  std::map<std::string, std::string> expected;
  for (auto& [name, bytes] : folder_images()) {
    std::string flat = name;
    expected["images/" + flat.replace(name.find('/'), 1, "__")] = bytes;
  }
  EXPECT_TRUE(images() == expected);
  EXPECT_THAT(findings(), IsEmpty());
  expect_a_repeat_does_nothing();
}

TEST_F(Layouts, WebdatasetHasShardsAlone) {
  use(OutputLayout::kWebdataset, {.count = 30});
  run_now();
  EXPECT_THAT(files_in_root(), ElementsAre(".tenfold.index", "dataset.json", "manifest.jsonl",
                                           "train-000000.tar", "train-000001.tar", "train-000002.tar"));
  EXPECT_EQ(images().size(), 72u);
  EXPECT_TRUE(images() == folder_images());
  EXPECT_THAT(findings(), IsEmpty());
  expect_a_repeat_does_nothing();
}

TEST_F(Layouts, ShardsAreTheSameBytesForAnyNumberOfThreads) {
  use(OutputLayout::kWebdataset, {.count = 10});
  run_now(4);
  const auto tree = tree_of(output());
  fs::remove_all(output());
  run_now(1);
  auto again = tree_of(output());
  EXPECT_EQ(again.size(), 8u + 3u);
  EXPECT_TRUE(again == tree);
}

TEST_F(Layouts, AShardIsClosedBeforeItsImagesAreTooManyBytes) {
  constexpr std::uint64_t kLimit = 20'000;
  use(OutputLayout::kWebdataset, {ShardSize::Unit::kBytes, kLimit});
  run_now();
  std::map<std::string, std::uint64_t> bytes, largest;
  read_manifest(output() / "manifest.jsonl", [&](ManifestLine&& line) {
    bytes[line.shard] += line.record.bytes;
    largest[line.shard] = std::max(largest[line.shard], line.record.bytes);
  });
  ASSERT_GT(bytes.size(), 2u);
  for (const auto& [shard, sum] : bytes) EXPECT_LE(sum, kLimit) << shard;
  bytes.erase(std::prev(bytes.end()));
  for (const auto& [shard, sum] : bytes) EXPECT_GT(sum, kLimit - 5'000) << shard;

  use(OutputLayout::kWebdataset, {ShardSize::Unit::kBytes, 1});  // less than an image has
  const RunSummary summary = run_now();
  EXPECT_EQ(summary.made, 0u);
  EXPECT_EQ(files_in_root().size(), 72u + 3u);
}

// What is kept comes out of the shards that were there.
TEST_F(Layouts, AChangeOfTheInputPacksAgainAndMakesOnlyWhatIsNew) {
  use(OutputLayout::kWebdataset, {.count = 30});
  run_now();
  fs::remove(input() / "cat/1.jpg");
  fs::remove(input() / "dog/1.jpg");
  add_class("emu", 1);
  const RunSummary summary = run_now();
  EXPECT_GT(summary.kept, 30u);
  EXPECT_GT(summary.made, 20u);
  EXPECT_TRUE(tree_of(output()) == clean_tree());
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(Layouts, EveryLayoutCanBecomeEveryOther) {
  const std::vector<OutputLayout> all{OutputLayout::kFolders, OutputLayout::kHuggingface,
                                      OutputLayout::kFlatCsv, OutputLayout::kWebdataset};
  for (const OutputLayout from : all)
    for (const OutputLayout to : all) {
      SCOPED_TRACE(std::to_string(static_cast<int>(from)) + " to " + std::to_string(static_cast<int>(to)));
      fs::remove_all(output());
      use(from);
      run_now();
      use(to);
      const bool renames = (from == OutputLayout::kFlatCsv) != (to == OutputLayout::kFlatCsv);
      EXPECT_EQ(run_forced().made, renames ? 72u : 0u);
      EXPECT_TRUE(tree_of(output()) == clean_tree());
      EXPECT_THAT(findings(), IsEmpty());
    }
}

TEST_F(Layouts, AChangeOfAllNamesIsRefusedWithoutForce) {
  run_now();
  use(OutputLayout::kFlatCsv);
  EXPECT_THAT(message_of([&] { run_now(); }, ErrorKind::kFailed),
              ::testing::HasSubstr("72 of the 72 images"));
}

TEST_F(Layouts, WhatIsMissingBesideTheImagesIsMadeAgain) {
  for (const auto& [layout, name] : {std::pair(OutputLayout::kHuggingface, "metadata.jsonl"),
                                     std::pair(OutputLayout::kFlatCsv, "labels.csv"),
                                     std::pair(OutputLayout::kWebdataset, "train-000001.tar")}) {
    SCOPED_TRACE(name);
    fs::remove_all(output());
    use(layout, {.count = 30});
    run_now();
    const auto tree = tree_of(output());
    fs::remove(output() / name);
    EXPECT_FALSE(findings().empty());
    EXPECT_EQ(run_now().made, layout == OutputLayout::kWebdataset ? 30u : 0u);
    EXPECT_TRUE(tree_of(output()) == tree);
  }
}

// Without dataset.json nobody vouches for a shard, so its images are looked at one by one.
TEST_F(Layouts, ImagesOfAShardThatWasChangedAreKeptByTheirContent) {
  use(OutputLayout::kWebdataset, {.count = 30});
  run_now();
  const auto tree = tree_of(output());
  fs::remove(output() / "dataset.json");
  EXPECT_EQ(run_now().made, 0u);
  EXPECT_TRUE(tree_of(output()) == tree);

  std::string shard = read_text(output() / "train-000001.tar");
  test::write_text(output() / "train-000001.tar", shard.substr(0, shard.size() / 2));
  const std::uint64_t made = run_now().made;
  EXPECT_GT(made, 10u);
  EXPECT_LT(made, 20u);
  EXPECT_TRUE(tree_of(output()) == tree);
}

TEST_F(Layouts, VerifyFindsWhatWasChangedInAShard) {
  use(OutputLayout::kWebdataset, {.count = 100});
  run_now();
  std::optional<ManifestLine> last;
  read_manifest(output() / "manifest.jsonl", [&](ManifestLine&& line) { last = std::move(line); });
  std::string shard = read_text(output() / "train-000000.tar");
  shard[last->record.offset + 100] ^= 1;
  test::write_text(output() / "train-000000.tar", shard);
  EXPECT_THAT(findings(), ElementsAre("'" + last->file_name + "' has other bytes than were written",
                                      "'train-000000.tar' has other bytes than were written"));
  fs::remove(output() / "train-000000.tar");
  const std::vector<std::string> sentences = findings();
  EXPECT_EQ(sentences.size(), 73u);
  EXPECT_EQ(sentences[0],
            "'cat/0.jpg' is missing: its shard 'train-000000.tar' cannot be opened: No such file or "
            "directory");
  EXPECT_EQ(sentences[72], "'train-000000.tar' is missing");
}

TEST_F(Layouts, ReplayComparesAnImageOfAShard) {
  use(OutputLayout::kWebdataset);
  run_now();
  Observer observer;
  EXPECT_EQ(replay(output(), "cat/0__x0002.jpg", {input()}, observer).result, ReplayResult::kEqual);
}

TEST_F(Layouts, CleanRemovesWhatStandsBesideTheImages) {
  for (const OutputLayout layout :
       {OutputLayout::kHuggingface, OutputLayout::kFlatCsv, OutputLayout::kWebdataset}) {
    use(layout);
    run_now();
    EXPECT_EQ(clean(output()).images, 72u);
    EXPECT_THAT(files_in_root(), IsEmpty());
  }
}

TEST_F(Layouts, AForeignFileWithTheNameOfAListIsRefused) {
  use(OutputLayout::kFlatCsv);
  test::write_text(output() / "labels.csv", "mine");
  EXPECT_THAT(message_of([&] { run_now(); }, ErrorKind::kLocked), ::testing::HasSubstr("'labels.csv'"));
  EXPECT_EQ(read_text(output() / "labels.csv"), "mine");
}

TEST_F(Layouts, AForeignFileWithTheNameOfAPackedImageIsRefused) {
  use(OutputLayout::kWebdataset);
  run_now();
  test::write_text(output() / "cat/0.jpg", "mine");
  EXPECT_THAT(message_of([&] { run_now(); }, ErrorKind::kLocked), ::testing::HasSubstr("'cat/0.jpg'"));
  EXPECT_EQ(read_text(output() / "cat/0.jpg"), "mine");
}

TEST_F(Layouts, LinkedOriginalsArePackedToo) {
  recipe_.output.originals = Originals::kSymlink;
  use(OutputLayout::kWebdataset);
  run_now();
  EXPECT_THAT(findings(), IsEmpty());
  expect_a_repeat_does_nothing();
}

}  // namespace
}  // namespace tenfold
