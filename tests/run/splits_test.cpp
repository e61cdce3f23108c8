// Splits from end to end: what is held out is never in a copy, and what leaks is noticed.

#include <gmock/gmock.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <opencv2/core/utility.hpp>

#include "dataset_fixture.h"
#include "tenfold/dataset/demo.h"
#include "tenfold/run/split_dataset.h"
#include "tenfold/run/verify.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

using nlohmann::json;
using test::encoded;
using test::write_bytes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class SplitsTest : public test::DatasetTest {
 protected:
  std::vector<json> manifest() const {
    std::vector<json> lines;
    std::ifstream file(output() / "manifest.jsonl");
    for (std::string line; std::getline(file, line);) lines.push_back(json::parse(line));
    return lines;
  }

  std::map<std::string, std::string> splits_of_sources() const {
    std::map<std::string, std::string> splits;
    for (const json& line : manifest()) splits[line["source"]] = line["split"];
    return splits;
  }

  std::vector<std::string> findings() const {
    Observer observer;
    std::vector<std::string> sentences;
    for (const Finding& finding : verify(output(), {}, observer).findings)
      sentences.push_back(finding.sentence);
    return sentences;
  }

  // Another dataset, of pictures large enough to be compared.
  void draw(const std::string& name, int index, int quality = 95, double gain = 1) {
    cv::Mat pixels = demo_picture("stop", index);
    pixels.convertTo(pixels, -1, gain);
    Bytes bytes;
    ASSERT_TRUE(
        encode(pixels, SourceTraits{}, EncoderSettings{.format = Format::kJpeg, .quality = quality}, bytes));
    write_bytes(input() / name, bytes);
  }

  void use_dataset_with_splits() {
    std::filesystem::remove_all(input());
    recipe_.input.splits = {Split::kTrain, Split::kVal};
    for (int i = 0; i < 4; ++i) {
      draw("train/cat/" + std::to_string(i) + ".jpg", i);
      draw("train/dog/" + std::to_string(i) + ".jpg", 10 + i);
      draw("validation/cat/" + std::to_string(i) + ".jpg", 20 + i);
    }
  }
};

TEST_F(SplitsTest, ExpandsTrainAloneAndHoldsOutTheRest) {
  use_dataset_with_splits();
  const RunSummary summary = run_now();
  EXPECT_EQ(summary.classes.at(0),
            (ClassPlan{.name = "cat", .samples = 4, .target = 16, .originals = 4, .copies = 12, .val = 4}));
  EXPECT_EQ(summary.classes.at(1),
            (ClassPlan{.name = "dog", .samples = 4, .target = 16, .originals = 4, .copies = 12}));
  int held_out = 0;
  for (const json& line : manifest()) {
    const bool val = line["split"] == "val";
    held_out += val;
    EXPECT_EQ(line["file_name"].get<std::string>().starts_with(val ? "validation/" : "train/"), true) << line;
    if (val) {
      EXPECT_EQ(line["copy"], 0) << line;
    }
  }
  EXPECT_EQ(held_out, 4);
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_EQ(run_now().made, 0u);
}

TEST_F(SplitsTest, MakesSplitsThatAreExactAndStay) {
  add_class("cat", 20);
  recipe_.input.split = SplitRecipe{.val = 0.2, .test = 0.1};
  const RunSummary summary = run_now();
  EXPECT_EQ(summary.classes.at(0).val, 4u);
  EXPECT_EQ(summary.classes.at(0).test, 2u);
  EXPECT_EQ(summary.classes.at(0).samples, 14u);
  const auto before = splits_of_sources();
  for (const json& line : manifest())
    EXPECT_EQ(line["file_name"].get<std::string>().substr(0, line["split"].get<std::string>().size() + 1),
              line["split"].get<std::string>() + "/");
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_EQ(run_now().made, 0u);
  EXPECT_EQ(splits_of_sources(), before);
  EXPECT_EQ(test::tree_of(output()).at("manifest.jsonl"), clean_tree().at("manifest.jsonl"));
}

TEST_F(SplitsTest, CountsOnlyGoodImagesWhenSomeTurnOutBad) {
  add_class("cat", 20);
  recipe_.input.split = SplitRecipe{.val = 0.2, .test = 0.1};
  for (int i = 0; i < 10; ++i) truncate("cat/" + std::to_string(i) + ".jpg");
  const RunSummary summary = run_now();
  EXPECT_EQ(summary.classes.at(0).samples, 7u);
  EXPECT_EQ(summary.classes.at(0).val, 2u);
  EXPECT_EQ(summary.classes.at(0).test, 1u);
  EXPECT_EQ(test::tree_of(output()).at("manifest.jsonl"), clean_tree().at("manifest.jsonl"));
}

TEST_F(SplitsTest, KeepsDuplicatesInOneSplit) {
  std::filesystem::remove_all(input());
  for (int i = 0; i < 20; ++i) draw("cat/" + std::to_string(i) + ".jpg", i);
  for (int i = 0; i < 20; ++i) draw("dog/" + std::to_string(i) + ".jpg", i, 60, 1.05);
  recipe_.input.split = SplitRecipe{.val = 0.3, .test = 0.2};
  run_now();
  const auto splits = splits_of_sources();
  for (int i = 0; i < 20; ++i) {
    const std::string name = "/" + std::to_string(i) + ".jpg";
    EXPECT_EQ(splits.at("cat" + name), splits.at("dog" + name)) << i;
  }
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(SplitsTest, RefusesToRunWhereValLeaksIntoTrain) {
  use_dataset_with_splits();
  draw("train/dog/copy.jpg", 21, 50);
  EXPECT_EQ(message_of([&] { run_now(); }, ErrorKind::kFailed),
            "1 image of train would leak from val or test: 'train/dog/copy.jpg' shows what "
            "'validation/cat/1.jpg' shows, of val; remove one of each pair, or set input.on_leak: "
            "drop_from_train, "
            "which leaves those of train out, or warn");
  EXPECT_FALSE(std::filesystem::exists(output() / "manifest.jsonl"));
}

TEST_F(SplitsTest, LeavesOutOfTrainWhatLeaks) {
  use_dataset_with_splits();
  draw("train/dog/copy.jpg", 21, 50);
  draw("train/cat/same.jpg", 20);
  recipe_.input.on_leak = OnLeak::kDropFromTrain;
  const RunSummary summary = run_now();
  EXPECT_THAT(summary.leaks,
              ElementsAre(Leak{"train/cat/same.jpg", "validation/cat/0.jpg", Split::kVal, true, true},
                          Leak{"train/dog/copy.jpg", "validation/cat/1.jpg", Split::kVal, false, true}));
  EXPECT_EQ(summary.classes.at(0).samples, 4u);
  EXPECT_EQ(summary.classes.at(1).samples, 4u);
  EXPECT_TRUE(summary.has_findings());
  EXPECT_FALSE(splits_of_sources().contains("train/dog/copy.jpg"));
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(SplitsTest, VerifyFindsWhatARunWasOnlyWarnedOf) {
  use_dataset_with_splits();
  draw("train/dog/copy.jpg", 21, 50);
  recipe_.input.on_leak = OnLeak::kWarn;
  EXPECT_EQ(run_now().leaks.size(), 1u);
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("'train/dog/copy.jpg' lies in train and shows what "
                                                "'validation/cat/1.jpg' shows, of val")));
}

TEST_F(SplitsTest, VerifyNamesEveryImageThatShowsWhatIsHeldOut) {
  use_dataset_with_splits();
  draw("train/dog/copy.jpg", 21, 50);
  draw("train/dog/another.jpg", 21, 50);
  recipe_.input.on_leak = OnLeak::kWarn;
  recipe_.expand = {};
  run_now();
  const std::string shows = " lies in train and shows what 'validation/cat/1.jpg' shows, of val";
  EXPECT_THAT(findings(), ElementsAre("'train/dog/another.jpg'" + shows, "'train/dog/copy.jpg'" + shows));
}

TEST_F(SplitsTest, NeverMixesWhatIsHeldOutIntoACopy) {
  add_class("cat", 20);
  add_class("dog", 20);
  recipe_.augment = test::chain_of("mixup", {{"partner", std::string("any")}});
  recipe_.input.split = SplitRecipe{.val = 0.4, .test = 0.2};
  run_now();
  const auto splits = splits_of_sources();
  int partners = 0;
  for (const json& line : manifest())
    for (const json& partner : line.value("partners", json::array())) {
      ++partners;
      EXPECT_EQ(splits.at(partner["source"]), "train") << line;
    }
  EXPECT_GT(partners, 10);
}

TEST_F(SplitsTest, ObeysAFileThatTheSplitCommandWrites) {
  add_class("cat", 20);
  recipe_.input.split = SplitRecipe{.val = 0.2, .test = 0.1, .file = folder_ / "split.csv"};
  EXPECT_EQ(message_of([&] { run_now(); }, ErrorKind::kUsage),
            "the splits' file '" + (folder_ / "split.csv").string() +
                "' does not exist; `tenfold split RECIPE` writes it");
  Observer observer;
  test::write_text(folder_ / "split.csv", split_table(split_dataset(recipe_, {}, observer)));
  run_now();
  const auto before = splits_of_sources();
  add_class("cat", 60);
  run_now();
  const auto after = splits_of_sources();
  for (const auto& [source, split] : before) EXPECT_EQ(after.at(source), split) << source;
  EXPECT_EQ(
      std::ranges::count_if(
          after, [](const auto& entry) { return entry.first.starts_with("cat/") && entry.second == "val"; }),
      12);
}

TEST_F(SplitsTest, SaysWhatIsWrongWithATable) {
  recipe_.input.split = SplitRecipe{.val = 0.2, .file = folder_ / "split.csv"};
  const std::string table = "the table '" + (folder_ / "split.csv").string() + "' ";
  const auto complaint = [&](const std::string& text) {
    test::write_text(folder_ / "split.csv", text);
    return message_of([&] { run_now(); }, ErrorKind::kUsage);
  };
  EXPECT_EQ(complaint("a,split\n"),
            table + "has no column 'file' or 'path' with the paths of images below the input");
  EXPECT_EQ(complaint("file,x,y\n"), table + "has no column 'split'; it has file, x and y");
  EXPECT_EQ(complaint("file,split\ncat/1.jpg,foo\n"),
            table + "says 'foo' in line 2, which is no split: train, val or test");
  EXPECT_EQ(complaint("file,split\ncat/1.jpg,val\ncat/1.jpg,test\n"),
            table + "puts 'cat/1.jpg' into two splits, the second time in line 3");
  EXPECT_EQ(complaint("file,split\ncat/1.jpg\n"),
            table + "is wrong in line 2, which has 1 field, and the header has 2");
}

TEST_F(SplitsTest, KeepsTogetherWhatARuleNames) {
  std::filesystem::remove_all(input());
  for (int patient = 0; patient < 20; ++patient)
    for (int i = 0; i < 3; ++i)
      write_bytes(input() / "cat" / ("p" + std::to_string(patient)) /
                      ("s" + std::to_string(patient) + "_" + std::to_string(i) + ".jpg"),
                  encoded(test::picture({48, 32}, 3 * patient + i), Format::kJpeg));
  std::string table = "file,patient\n";
  for (int patient = 0; patient < 20; ++patient)
    for (int i = 0; i < 3; ++i)
      table += "cat/p" + std::to_string(patient) + "/s" + std::to_string(patient) + "_" + std::to_string(i) +
               ".jpg," + std::to_string(patient) + "\n";
  test::write_text(folder_ / "groups.csv", table);
  const std::vector<GroupRule> rules = {
      {.kind = GroupRule::Kind::kFolder, .folder = 1},
      {.kind = GroupRule::Kind::kPrefix, .text = "_"},
      {.kind = GroupRule::Kind::kRegex, .text = "s(\\d+)_"},
      {.kind = GroupRule::Kind::kCsv, .text = "patient", .file = folder_ / "groups.csv"}};
  for (const GroupRule& rule : rules) {
    recipe_.input.split = SplitRecipe{.val = 0.2, .test = 0.2, .by = rule};
    Observer observer;
    std::map<std::string, std::set<Split>> splits;
    const DatasetSplit split = split_dataset(recipe_, {}, observer);
    for (const SplitSample& sample : split.samples)
      splits[sample.path.substr(0, sample.path.rfind('/'))].insert(sample.split);
    EXPECT_EQ(splits.size(), 20u);
    for (const auto& [patient, of_patient] : splits) EXPECT_EQ(of_patient.size(), 1u) << patient;
    EXPECT_EQ(split.classes.at(0).val, 12u);
    EXPECT_EQ(split.classes.at(0).test, 12u);
    EXPECT_THAT(split.notes, IsEmpty());
  }
}

TEST_F(SplitsTest, RefusesRulesAndTablesThatApplyToNoImage) {
  const auto refused = [&](const GroupRule& by) {
    recipe_.input.split = SplitRecipe{.val = 0.2, .by = by};
    return message_of([&] { run_now(); }, ErrorKind::kUsage);
  };
  const std::string such = "; one of them is 'cat/0.jpg'";
  EXPECT_EQ(refused({.kind = GroupRule::Kind::kFolder, .folder = 1}),
            "input.split.by: no image lies in a folder below that of its class" + such);
  EXPECT_EQ(refused({.kind = GroupRule::Kind::kPrefix, .text = "#"}),
            "input.split.by: no name of an image has the mark '#'" + such);
  EXPECT_EQ(refused({.kind = GroupRule::Kind::kRegex, .text = "p(\\d+)"}),
            "input.split.by: the expression 'p(\\d+)' matches no path of an image" + such);
  const fs::path table = folder_ / "groups.csv";
  const GroupRule by_table{.kind = GroupRule::Kind::kCsv, .text = "patient", .file = table};
  test::write_text(table, "file,patient\nin/cat/0.jpg,1\n");
  EXPECT_EQ(refused(by_table), "the table '" + table.string() + "' names no image of the input" + such);
  test::write_text(table, "file,patient\ncat/0.jpg,1\n./cat/0.jpg,2\n");
  EXPECT_EQ(refused(by_table),
            "the table '" + table.string() +
                "' puts 'cat/0.jpg' into two groups, '1' and '2', the second time in line 3");
  test::write_text(table, "file,split\nin/cat/0.jpg,test\nin/cat/1.jpg,val\n");
  recipe_.input.split = SplitRecipe{.val = 0.2, .file = table};
  EXPECT_EQ(message_of([&] { run_now(); }, ErrorKind::kUsage),
            "the splits' file '" + table.string() +
                "' names no image of the input: it has 'in/cat/0.jpg', and there is 'cat/0.jpg'");
}

TEST_F(SplitsTest, SaysWhatATableLeavesOpen) {
  fs::remove_all(input() / "dog");
  fs::remove_all(input() / "owl");
  test::write_text(folder_ / "groups.csv", "file,patient\n./cat/0.jpg,a\ncat/1.jpg,a\ncat/2.jpg,b\n");
  test::write_text(folder_ / "split.csv",
                   "file,class,split\n./cat/0.jpg,cat,val\ncat/1.jpg,cat,train\ncat/9.jpg,cat,val\ncat/"
                   "2.jpg,cat,val\ncat/3.jpg,cat,val\n"
                   "cat/4.jpg,cat,val\ncat/5.jpg,cat,val\n");
  recipe_.input.split =
      SplitRecipe{.val = 0.5,
                  .test = 0.05,
                  .by = {.kind = GroupRule::Kind::kCsv, .text = "patient", .file = folder_ / "groups.csv"},
                  .file = folder_ / "split.csv"};
  Observer observer;
  EXPECT_THAT(
      split_dataset(recipe_, {}, observer).notes,
      ElementsAre(
          "class 'cat' has 5 images in val, where its share is 3: 'split.csv' decides, and what belongs "
          "together stays together",
          "no image is in test; ask for a larger share of it",
          "3 of 6 images belong to no group of input.split.by, so each of them is split on its own",
          "1 group of input.split.by is in several splits, for 'split.csv' puts them there: 'a'",
          "1 image that 'split.csv' names is not in the input"));
  test::write_text(
      folder_ / "split.csv",
      "file,class,split\ncat/0.jpg,cat,val\ncat/1.jpg,cat,val\ncat/2.jpg,cat,val\ncat/3.jpg,cat,val\n"
      "cat/4.jpg,cat,val\ncat/5.jpg,cat,val\n");
  recipe_.input.split = SplitRecipe{.val = 0.99, .file = folder_ / "split.csv"};
  EXPECT_THAT(split_dataset(recipe_, {}, observer).notes, ElementsAre("class 'cat' has no image in train"));
}

// Too small to be told apart by their looks once they are prepared.
TEST_F(SplitsTest, VerifyTellsOfLeaksThatTheRunLetPass) {
  use_dataset_with_splits();
  draw("train/dog/copy.jpg", 21, 50);
  recipe_.input.on_leak = OnLeak::kWarn;
  recipe_.prepare = test::chain_of("resize", {{"width", 32}, {"height", 32}});
  run_now();
  EXPECT_THAT(findings(),
              ElementsAre("'train/dog/copy.jpg' lies in train and shows what 'validation/cat/1.jpg' shows, "
                          "of val"));
}

}  // namespace
}  // namespace tenfold
