// Boxes in COCO's format: one file of a dataset, and one of an output.

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <set>

#include "run/dataset_fixture.h"
#include "tenfold/base/text.h"
#include "tenfold/run/clean.h"
#include "tenfold/run/replay.h"
#include "tenfold/run/verify.h"
#include "tenfold/store/manifest.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using test::chain_of;
using test::read_text;
using test::tree_of;
using test::write_text;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Notes : Observer {
  void noted(const std::string& sentence) override { sentences.push_back(sentence); }
  std::vector<std::string> sentences;
};

// Every image of the fixture with one box, in annotations.json beside the root.
class CocoTest : public test::DatasetTest {
 protected:
  CocoTest() {
    recipe_.input.annotations.boxes = BoxesRecipe{BoxFormat::kCoco, "../annotations.json", 0.1};
    file_ = {{"info", {{"year", 2026}}},
             {"images", json::array()},
             {"annotations", json::array()},
             {"categories", {{{"id", 3}, {"name", "thing"}}}}};
    std::set<std::string> paths;
    for (const auto& entry : fs::recursive_directory_iterator(input()))
      if (entry.is_regular_file()) paths.insert(entry.path().lexically_relative(input()).string());
    for (const std::string& path : paths) add(path, path, 8 + static_cast<int>(file_["images"].size()));
    write();
  }

  void add(const std::string& path, const std::string& file_name, int x) {
    const int id = 100 + static_cast<int>(file_["images"].size());
    numbers_[path] = file_["images"].size();
    file_["images"].push_back({{"id", id}, {"file_name", file_name}, {"width", 48}, {"height", 32}});
    file_["annotations"].push_back(
        {{"id", 7 * id}, {"image_id", id}, {"category_id", 3}, {"bbox", {x, 8, 20, 12}}, {"iscrowd", 0}});
  }
  void write() const { write_text(folder_ / "annotations.json", file_.dump()); }

  json& image_of(const std::string& path) { return file_["images"][numbers_.at(path)]; }
  json& object_of(const std::string& path) { return file_["annotations"][numbers_.at(path)]; }

  json list(const std::string& name = "annotations.json") const {
    return json::parse(read_text(output() / name));
  }

  // The boxes of an image of the output.
  std::vector<json> boxes_of(const std::string& file_name,
                             const std::string& name = "annotations.json") const {
    const json all = list(name);
    std::vector<json> boxes;
    for (const json& image : all["images"])
      if (image["file_name"] == file_name)
        for (const json& object : all["annotations"])
          if (object["image_id"] == image["id"]) boxes.push_back(object["bbox"]);
    return boxes;
  }

  std::vector<std::string> findings(const VerifyOptions& options) const {
    Observer observer;
    std::vector<std::string> sentences;
    for (const Finding& finding : verify(output(), options, observer).findings)
      sentences.push_back(finding.sentence);
    return sentences;
  }

  std::vector<std::string> notes() {
    Notes notes;
    run(recipe_, {.jobs = 2}, notes);
    return notes.sentences;
  }

  std::string refusal() {
    const std::string message = message_of([&] { run_now(); }, ErrorKind::kUsage);
    EXPECT_FALSE(fs::exists(output())) << "nothing was written";
    return message;
  }

  json file_;
  std::map<std::string, std::size_t> numbers_;
};

TEST_F(CocoTest, OneListHasTheBoxesOfAllImages) {
  recipe_.augment = chain_of("horizontal_flip");
  run_now();
  const json all = list();
  EXPECT_EQ(all["info"], file_["info"]);
  EXPECT_EQ(all["categories"], file_["categories"]);
  std::size_t number = 0;
  read_manifest(output() / "manifest.jsonl", [&](ManifestLine&& line) {
    const json& image = all["images"][number];
    const json& object = all["annotations"][number];
    ++number;
    EXPECT_EQ("images/" + image["file_name"].get<std::string>(), line.file_name);
    EXPECT_EQ(image["id"], number);
    EXPECT_EQ(image["width"], line.record.width);
    EXPECT_EQ(image["height"], line.record.height);
    EXPECT_EQ(object["id"], number);
    EXPECT_EQ(object["image_id"], number);
    EXPECT_EQ(object["category_id"], 3);
    const int x = object_of(line.source)["bbox"][0];
    EXPECT_EQ(object["bbox"], (json{line.transforms == "[]" ? x : 48 - x - 20, 8, 20, 12})) << line.file_name;
  });
  EXPECT_EQ(number, 72u);
  EXPECT_EQ(all["images"].size(), 72u);
  EXPECT_EQ(all["annotations"].size(), 72u);
  EXPECT_EQ(tree_of(output()).size(), 72u + 4) << "and manifest, description, index and list";
  EXPECT_THAT(findings({.jobs = 1, .inputs = {input()}}), IsEmpty());
}

TEST_F(CocoTest, TheListIsTheSameForAnyNumberOfThreads) {
  run_now(4);
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(CocoTest, ARepeatDoesNothing) {
  run_now();
  const auto written = fs::last_write_time(output() / "annotations.json");
  const auto manifest = fs::last_write_time(output() / "manifest.jsonl");
  const RunSummary repeat = run_now();
  EXPECT_EQ(repeat.made, 0u);
  EXPECT_EQ(repeat.kept, 72u);
  EXPECT_EQ(fs::last_write_time(output() / "annotations.json"), written);
  EXPECT_EQ(fs::last_write_time(output() / "manifest.jsonl"), manifest);
}

TEST_F(CocoTest, AChangedBoxMakesTheListAgainAndNoImage) {
  run_now();
  object_of("cat/0.jpg")["bbox"] = {0, 0, 48, 32};
  write();
  EXPECT_EQ(run_now().made, 0u);
  EXPECT_THAT(boxes_of("cat/0.jpg"), ElementsAre(json({0, 0, 48, 32})));
  recipe_.input.annotations.boxes->min_visibility = 0.9;
  EXPECT_EQ(run_now().made, 0u);
  EXPECT_EQ(tree_of(output()), clean_tree());
  write_text(output() / "annotations.json", "{}");
  EXPECT_EQ(run_now().made, 0u);
  EXPECT_EQ(tree_of(output()), clean_tree()) << "a list of another size is made again";
  fs::remove(input() / "cat/0.jpg");
  run_now();
  EXPECT_EQ(tree_of(output()), clean_tree());
  EXPECT_THAT(boxes_of("cat/0__x0001.jpg"), IsEmpty());
}

// Such as white space and the order of keys.
TEST_F(CocoTest, WhatChangesNoBoxMakesNothingAgain) {
  run_now();
  const auto written = fs::last_write_time(output() / "annotations.json");
  write_text(folder_ / "annotations.json", file_.dump(2));
  run_now();
  EXPECT_EQ(fs::last_write_time(output() / "annotations.json"), written);
  EXPECT_THAT(findings({.jobs = 1, .inputs = {input()}}), IsEmpty());
}

TEST_F(CocoTest, NothingIsLeftOfAListThatNobodyWants) {
  run_now();
  recipe_.input.annotations.masks = "../masks/{path}.png";
  recipe_.input.annotations.boxes.reset();
  const Bytes mask = test::encoded(cv::Mat(32, 48, CV_8UC1, cv::Scalar(7)), Format::kPng);
  for (const auto& [path, number] : numbers_)
    write_text(folder_ / "masks" / fs::path(path).replace_extension(".png"), {mask.begin(), mask.end()});
  run_now();
  EXPECT_FALSE(fs::exists(output() / "annotations.json"));
  EXPECT_EQ(tree_of(output()), clean_tree());
  clean(output());
  EXPECT_TRUE(!fs::exists(output()) || fs::is_empty(output()));
}

TEST_F(CocoTest, CleanRemovesTheList) {
  run_now();
  clean(output());
  EXPECT_TRUE(!fs::exists(output()) || fs::is_empty(output()));
}

TEST_F(CocoTest, ImagesAreFoundByTheirPathsAndByTheirNames) {
  fs::rename(input() / "owl/0.jpg", input() / "owl/owl.jpg");
  fs::rename(input() / "dog/1.jpg", input() / "dog/dog.jpg");
  image_of("owl/0.jpg")["file_name"] = "photos/owl.jpg";
  image_of("dog/1.jpg")["file_name"] = "dog.jpg";
  image_of("cat/1.jpg")["file_name"] = "1.jpg";            // for dog/1.jpg has gone
  image_of("cat/2.jpg")["file_name"] = "elsewhere/2.jpg";  // or is it dog/2.jpg?
  write();
  EXPECT_THAT(notes(),
              ElementsAre("'../annotations.json' names 1 image that the dataset does not have",
                          "1 image that '../annotations.json' does not name: taken for images in which "
                          "there is no object"));
  EXPECT_EQ(boxes_of("owl/owl.jpg").size(), 1u);
  EXPECT_EQ(boxes_of("dog/dog.jpg").size(), 1u);
  EXPECT_EQ(boxes_of("cat/1.jpg").size(), 1u);
  EXPECT_EQ(boxes_of("cat/2.jpg").size(), 0u);
  EXPECT_EQ(list()["images"].size(), 72u) << "an image without objects is one, too";
}

TEST_F(CocoTest, WhatDoesNotFollowIsSaid) {
  object_of("cat/0.jpg")["keypoints"] = {1, 2, 2};
  object_of("cat/1.jpg")["segmentation"] = {{"size", {32, 48}}, {"counts", "PPY1"}};
  write();
  EXPECT_THAT(notes(),
              ElementsAre("masks as run lengths do not follow: copies of 1 object have their boxes alone",
                          "keypoints do not follow: copies of 1 object are without them"));
}

TEST_F(CocoTest, SamplesWithDamagedObjectsAreBad) {
  object_of("cat/0.jpg")["bbox"] = {1, 2, "x", 4};
  image_of("cat/1.jpg")["width"] = 47;
  write();
  std::vector<std::string> reasons;
  for (const BadFile& bad : run_now().bad) reasons.push_back(bad.path + ": " + bad.failure.reason);
  EXPECT_THAT(
      reasons,
      ElementsAre(
          "cat/0.jpg: its entry in '../annotations.json': the bbox of annotation 700 is no list of four "
          "numbers",
          "cat/1.jpg: its entry in '../annotations.json': is for 47×32 pixels, and the image has 48×32"));
  object_of("cat/0.jpg")["bbox"] = {1, 2, 3, 4};
  image_of("cat/1.jpg")["width"] = 48;
  write();
  EXPECT_THAT(run_now().bad, IsEmpty()) << "a mended entry brings its image back";
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(CocoTest, AFileThatCannotBeMeantEndsTheRun) {
  object_of("cat/0.jpg")["image_id"] = 5;
  write();
  EXPECT_EQ(refusal(),
            "the file of boxes '../annotations.json' annotations[0] is of the image 5, which the file does "
            "not have");
  write_text(folder_ / "annotations.json", "{");
  EXPECT_EQ(refusal(), "the file of boxes '../annotations.json' is no sound JSON at byte 2");
  fs::remove(folder_ / "annotations.json");
  EXPECT_EQ(
      refusal(),
      "the file of boxes '../annotations.json' cannot be opened: No such file or directory; it is looked for "
      "at " +
          in_quotes((input() / "../annotations.json").string()));
  object_of("cat/0.jpg")["image_id"] = 100;
  image_of("cat/0.jpg")["file_name"] = "cat/1.jpg";
  write();
  EXPECT_EQ(refusal(), "the file of boxes '../annotations.json' names the image 'cat/1.jpg' more than once");
  for (json& image : file_["images"]) image["file_name"] = "x/" + image["id"].dump();
  write();
  EXPECT_EQ(
      refusal(),
      "the file of boxes '../annotations.json' names no image of the dataset; its first one is 'x/100', and "
      "the dataset's first one is 'cat/0.jpg'");
}

TEST_F(CocoTest, VerifySeesAChangedListAndAChangedFile) {
  run_now();
  std::string text = read_text(output() / "annotations.json");
  text[text.size() / 2] ^= 1;
  write_text(output() / "annotations.json", text);
  EXPECT_THAT(findings({.jobs = 1}), ElementsAre("'annotations.json' has other bytes than were written"));
  fs::remove(output() / "annotations.json");
  EXPECT_THAT(findings({.jobs = 1}), ElementsAre("'annotations.json' is missing"));
  run_now();
  object_of("cat/0.jpg")["bbox"] = {9, 8, 20, 12};  // in place of {8, 8, 20, 12}
  write();
  const VerifyOptions quick{.jobs = 1, .quick = true, .inputs = {input()}};
  EXPECT_THAT(findings({.jobs = 1, .inputs = {input()}}),
              ElementsAre("the file of boxes '../annotations.json' has other bytes than it had"));
  EXPECT_THAT(findings(quick), IsEmpty());
  write_text(folder_ / "annotations.json", "{}");
  EXPECT_THAT(findings(quick),
              ElementsAre(HasSubstr("the file of boxes '../annotations.json' has 2 bytes now and had ")));
}

TEST_F(CocoTest, ReplayComparesTheBoxesToo) {
  run_now();
  Observer observer;
  const auto replayed = [&] {
    return replay(output(), "images/cat/0__x0001.jpg", {input()}, observer).sentence;
  };
  EXPECT_THAT(replayed(), HasSubstr("'images/cat/0__x0001.jpg' is equal, byte for byte"));
  object_of("cat/0.jpg")["bbox"] = {0, 0, 48, 32};
  write();
  EXPECT_EQ(
      replayed(),
      "'annotations.json' has of 'images/cat/0__x0001.jpg' what was made of other boxes than the source has "
      "now");
  write_text(output() / "annotations.json", read_text(output() / "annotations.json") + " ");
  EXPECT_EQ(replayed(), "'annotations.json' has other bytes than were written");
}

TEST_F(CocoTest, SplitsOfARunGetAListEach) {
  recipe_.input.split = SplitRecipe{.val = 0.5};
  run_now();
  EXPECT_FALSE(fs::exists(output() / "annotations.json"));
  EXPECT_EQ(list("annotations/val.json")["images"].size(), 4u);
  const json train = list("annotations/train.json");
  for (const json& image : train["images"])
    EXPECT_TRUE(fs::exists(output() / "images" / image["file_name"].get<std::string>()));
  EXPECT_THAT(findings({.jobs = 1, .inputs = {input()}}), Not(Contains(HasSubstr("annotations"))));
  recipe_.input.split.reset();
  Observer observer;
  run(recipe_, {.jobs = 2, .force = true}, observer);
  EXPECT_EQ(tree_of(output()), clean_tree());
  EXPECT_FALSE(fs::exists(output() / "annotations"));
}

TEST_F(CocoTest, SplitsOfADatasetHaveAFileEach) {
  for (const char* split : {"train", "valid"})
    for (const auto& [path, number] : numbers_)
      test::write_bytes(
          folder_ / "split" / split / path,
          test::encoded(test::picture({48, 32}, static_cast<int>(number) + 100 * split[0]), Format::kJpeg));
  write_text(folder_ / "split/annotations_train.json",
             file_.dump());  // names relative to the folder of the split
  object_of("cat/0.jpg")["bbox"] = {1, 2, 3, 4};
  for (json& image : file_["images"]) image["file_name"] = "valid/" + image["file_name"].get<std::string>();
  write_text(folder_ / "split/annotations_valid.json", file_.dump());
  recipe_.input.roots = {folder_ / "split"};
  recipe_.input.splits = {Split::kTrain, Split::kVal};
  recipe_.input.annotations.boxes->files = "annotations_{split}.json";
  run_now();
  EXPECT_THAT(boxes_of("train/cat/0.jpg", "annotations/train.json"), ElementsAre(json({8, 8, 20, 12})));
  EXPECT_THAT(boxes_of("valid/cat/0.jpg", "annotations/valid.json"), ElementsAre(json({1, 2, 3, 4})));
  EXPECT_EQ(tree_of(output()), clean_tree());
  EXPECT_EQ(run_now().made, 0u);
}

// The columns that the border made are black, so the box is around those that are not.
TEST_F(CocoTest, BoxesFollowTheAttemptThatTheQualityGateTakes) {
  for (const auto& [path, number] : numbers_) object_of(path)["bbox"] = {0, 0, 48, 32};
  write();
  recipe_.augment = chain_of("translate", {{"x", Range{-1, 1}}, {"y", Range{0, 0}}});
  recipe_.sampling.border = Border::kConstant;
  recipe_.output.format = Format::kPng;
  recipe_.accept = AcceptRecipe{.min_deviation = 40};
  run_now();
  std::size_t refused = 0;
  read_manifest(output() / "manifest.jsonl", [&](ManifestLine&& line) {
    refused += line.record.refused.size();
    const double x =
        json::parse(line.transforms).empty() ? 0 : json::parse(line.transforms)[0]["x"].get<double>();
    const double left = std::max(0.0, 48 * x), right = std::min(48.0, 48 + 48 * x);
    const auto boxes = boxes_of(line.file_name.substr(7));
    ASSERT_EQ(boxes.size(), right - left < 0.1 * 48 ? 0u : 1u) << line.file_name;
    if (boxes.empty()) return;
    EXPECT_NEAR(boxes[0][0].get<double>(), left, 0.006);
    EXPECT_NEAR(boxes[0][2].get<double>(), right - left, 0.011);
  });
  EXPECT_GT(refused, 0u);
}

TEST_F(CocoTest, PlanSaysWhatIsToBeMade) {
  run_now();
  Observer observer;
  const Forecast plan = forecast(recipe_, {.jobs = 1}, observer);
  EXPECT_EQ(plan.kept, 72u);
  EXPECT_EQ(plan.made + plan.remade + plan.removed, 0u);
  EXPECT_TRUE(plan.laid_out);
  object_of("cat/0.jpg")["bbox"] = {0, 0, 48, 32};
  write();
  EXPECT_FALSE(forecast(recipe_, {.jobs = 1}, observer).laid_out) << "but the list";
}

}  // namespace
}  // namespace tenfold
