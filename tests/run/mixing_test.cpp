// Runs whose copies depend on other images: partners, statistics, references, relabelled samples.

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "run/dataset_fixture.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::chain_of;
using test::read_text;
using test::tree_of;

class MixingTest : public test::DatasetTest {
 protected:
  std::vector<nlohmann::json> manifest() const {
    std::vector<nlohmann::json> lines;
    std::istringstream text(read_text(output() / "manifest.jsonl"));
    for (std::string line; std::getline(text, line);) lines.push_back(nlohmann::json::parse(line));
    return lines;
  }

  // Outputs that are in both trees and differ.
  static std::vector<std::string> changed(const std::map<std::string, std::string>& before,
                                          const std::map<std::string, std::string>& after) {
    std::vector<std::string> names;
    for (const auto& [name, bytes] : before)
      if (const auto found = after.find(name); name.find('/') != std::string::npos && found != after.end())
        if (found->second != bytes) names.push_back(name);
    return names;
  }
};

TEST_F(MixingTest, MixesTheSameForAnyNumberOfThreadsAndAfterARepeat) {
  recipe_.augment = chain_of("mixup");
  const RunSummary first = run_now();
  EXPECT_EQ(tree_of(output()), clean_tree());
  const RunSummary again = run_now();
  EXPECT_EQ(again.made, 0u);
  EXPECT_EQ(again.kept, first.made);
}

TEST_F(MixingTest, TakesPartnersFromTheOwnClassAndWritesThemDown) {
  recipe_.augment = chain_of("cutmix");
  run_now();
  int mixed = 0;
  for (const nlohmann::json& line : manifest()) {
    if (!line.contains("partners")) continue;
    ++mixed;
    EXPECT_TRUE(
        line["partners"][0]["source"].get<std::string>().starts_with(line["label"].get<std::string>() + "/"));
    EXPECT_NE(line["partners"][0]["source"], line["source"]);
    EXPECT_EQ(line["label_weights"], nlohmann::json({{line["label"], 1.0}}));
    EXPECT_NE(line["label"], "owl") << "a class of one image has no partner";
  }
  EXPECT_GT(mixed, 40 - 6 - 3);
}

TEST_F(MixingTest, WeighsTheLabelsOfPartnersOfAnyClass) {
  recipe_.augment = chain_of("mixup", {{"partner", std::string("any")}, {"alpha", Range{1, 1}}});
  run_now();
  bool other = false;
  for (const nlohmann::json& line : manifest()) {
    if (!line.contains("label_weights")) continue;
    double sum = 0;
    for (const auto& weight : line["label_weights"]) sum += weight.get<double>();
    EXPECT_NEAR(sum, 1, 1e-9);
    EXPECT_GE(line["label_weights"][line["label"].get<std::string>()].get<double>(), 0.5);
    other = other || line["label_weights"].size() > 1;
  }
  EXPECT_TRUE(other);
}

TEST_F(MixingTest, ANewImageChangesOnlyTheCopiesThatFallToIt) {
  recipe_.augment = chain_of("mixup");
  recipe_.expand.balance = {BalanceRule::kNone, 0};
  run_now();
  const auto before = tree_of(output());
  add_class("cat", 7);
  run_now();
  EXPECT_EQ(tree_of(output()), clean_tree());
  std::set<std::string> fell;
  for (const nlohmann::json& line : manifest())
    if (line.contains("partners") && line["partners"][0]["source"] == "cat/6.jpg")
      fell.insert(line["file_name"].get<std::string>());
  for (const std::string& name : changed(before, tree_of(output()))) EXPECT_TRUE(fell.contains(name)) << name;
}

TEST_F(MixingTest, ABadImageIsNobodysPartner) {
  recipe_.augment = chain_of("mixup");
  truncate("cat/3.jpg");
  const RunSummary summary = run_now();
  ASSERT_EQ(summary.bad.size(), 1u);
  for (const nlohmann::json& line : manifest()) {
    if (line.contains("partners")) {
      EXPECT_NE(line["partners"][0]["source"], "cat/3.jpg");
    }
  }
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(MixingTest, PartnersAreMixedAsTheyArePrepared) {
  recipe_.prepare = chain_of("resize", {{"width", 20}, {"height", 20}});
  recipe_.augment = chain_of("overlay");
  run_now();
  for (const nlohmann::json& line : manifest()) EXPECT_EQ(line["width"], 20);
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(MixingTest, RelabeledCopiesLieInTheirNewClass) {
  recipe_.augment = chain_of("horizontal_flip");
  recipe_.relabel = {{"horizontal_flip", "cat", "dog"}};
  const RunSummary summary = run_now();
  EXPECT_EQ(summary.classes[1].images(), 24u);
  int from_cats = 0;
  for (const nlohmann::json& line : manifest()) {
    if (line["label"] != "dog" || !line["source"].get<std::string>().starts_with("cat/")) continue;
    ++from_cats;
    EXPECT_TRUE(line["file_name"].get<std::string>().starts_with("dog/cat@"));
    EXPECT_EQ(line["transforms"], nlohmann::json::parse(R"([{"name":"horizontal_flip"}])"));
  }
  EXPECT_GE(from_cats, 12);  // 21 copies of nine samples
  EXPECT_EQ(tree_of(output()), clean_tree());
  EXPECT_EQ(run_now().made, 0u);
}

TEST_F(MixingTest, AStatisticOfTheDatasetMakesWhatUsesItAgainWhenItChanges) {
  recipe_.augment = chain_of("equalize", {{"scope", std::string("dataset")}});
  const RunSummary first = run_now(1);
  EXPECT_EQ(tree_of(output()), clean_tree());
  EXPECT_EQ(run_now().made, 0u);
  // Of the same class alone:
  recipe_.augment = chain_of("equalize", {{"scope", std::string("class")}});
  run_now();
  add_class("owl", 2);
  const RunSummary again = run_now();
  EXPECT_EQ(tree_of(output()), clean_tree());
  // Only owls: two originals, of which one is new, and 22 copies. The other classes' copies stay.
  EXPECT_EQ(again.made, 1u + 22u);
  // Of the dataset:
  recipe_.augment = chain_of("equalize", {{"scope", std::string("dataset")}});
  run_now();
  add_class("owl", 3);
  EXPECT_EQ(run_now().made, 1u + 72u - 6 - 3 - 3);
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(MixingTest, APlanSaysWhichClassHasNobodyToMixWith) {
  recipe_.augment = chain_of("mixup");
  Observer observer;
  EXPECT_THAT(
      forecast(recipe_, {.jobs = 2}, observer).notes,
      ::testing::ElementsAre("class 'owl' has one image, so there is no other to mix in; `partner: any` "
                             "would find some"));
}

TEST_F(MixingTest, APlanSaysThatStatisticsAndRelabellingMatter) {
  recipe_.augment = chain_of("fancy_pca");
  const Chain flip = chain_of("horizontal_flip");
  recipe_.augment.insert(recipe_.augment.end(), flip.begin(), flip.end());
  recipe_.relabel = {{"horizontal_flip", "cat", "dog"}};
  Observer observer;
  EXPECT_THAT(
      forecast(recipe_, {.jobs = 2}, observer).notes,
      ::testing::ElementsAre(
          "a transform uses statistics of the dataset: one image more or less makes every output that it "
          "touches again",
          "'horizontal_flip' turns 'cat' into 'dog': it is always on for copies of 'dog' that come from "
          "'cat', "
          "never for copies that stay what they are; its p is not used there"));
}

class ReferenceTest : public MixingTest {
 protected:
  ReferenceTest() {
    recipe_.folder = folder_ / "recipes";
    for (int i = 0; i < 3; ++i)
      test::write_bytes(recipe_.folder / "target" / (std::to_string(i) + ".png"),
                        test::encoded(test::picture({20, 30}, 90 + i), Format::kPng));
    recipe_.augment = chain_of("histogram_match", {{"reference", std::string("target")}});
  }
};

TEST_F(ReferenceTest, ImagesAreFoundBesideTheRecipeAndWrittenDownWithoutTheFolder) {
  run_now();
  EXPECT_EQ(tree_of(output()), clean_tree());
  int matched = 0;
  for (const nlohmann::json& line : manifest()) {
    if (line["copy"] == 0) continue;
    ++matched;
    EXPECT_FALSE(line.contains("label_weights"));
    EXPECT_TRUE(line["partners"][0]["reference"].get<std::string>().ends_with(".png"));
  }
  EXPECT_GT(matched, 0);
}

TEST_F(ReferenceTest, AnotherReferenceMakesTheCopiesAgainThatUseIt) {
  run_now();
  test::write_bytes(recipe_.folder / "target/0.png", test::encoded(test::picture({20, 30}, 7), Format::kPng));
  const RunSummary summary = run_now();
  EXPECT_GT(summary.made, 0u);
  EXPECT_LT(summary.made, 62u);
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(ReferenceTest, AFolderThatIsMissingOrEmptyIsSaid) {
  recipe_.augment = chain_of("histogram_match", {{"reference", std::string("elsewhere")}});
  EXPECT_EQ(message_of([this] { run_now(); }, ErrorKind::kUsage),
            "the reference folder 'elsewhere' cannot be listed: No such file or directory; reference folders "
            "are relative to the recipe's file");
  fs::create_directory(recipe_.folder / "elsewhere");
  EXPECT_EQ(
      message_of([this] { run_now(); }, ErrorKind::kUsage),
      "the reference folder 'elsewhere' holds no image; reference folders are relative to the recipe's file");
  test::write_text(recipe_.folder / "elsewhere/a.png", "no image");
  EXPECT_THAT(message_of([this] { run_now(); }, ErrorKind::kFailed), ::testing::HasSubstr("elsewhere/a.png"));
  EXPECT_FALSE(fs::exists(output()));
}

}  // namespace
}  // namespace tenfold
