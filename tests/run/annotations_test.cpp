#include <gmock/gmock.h>

#include <opencv2/imgcodecs.hpp>

#include "run/dataset_fixture.h"
#include "tenfold/run/clean.h"
#include "tenfold/run/replay.h"
#include "tenfold/run/verify.h"
#include "tenfold/store/manifest.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::chain_of;
using test::read_text;
using test::tree_of;
using test::write_text;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Masks and YOLO labels beside the images of the fixture.
class AnnotationsTest : public test::DatasetTest {
 protected:
  AnnotationsTest() {
    for (const auto& entry : fs::recursive_directory_iterator(input()))
      if (entry.is_regular_file()) annotate(entry.path().lexically_relative(input()));
    recipe_.input.annotations.masks = "../masks/{path}.png";
    recipe_.input.annotations.boxes = BoxesRecipe{BoxFormat::kYolo, "../labels/{path}.txt", 0.1};
  }

  fs::path mask_of(const std::string& name) const { return folder_ / "masks" / (name + ".png"); }
  fs::path labels_of(const std::string& name) const { return folder_ / "labels" / (name + ".txt"); }

  void write_mask(const std::string& name, cv::Size size, int value) const {
    cv::Mat mask(size, CV_8UC1, cv::Scalar(0));
    mask(cv::Rect(4, 4, size.width / 2, size.height / 2)).setTo(value);
    fs::create_directories(mask_of(name).parent_path());
    cv::imwrite(mask_of(name), mask);
  }

  void annotate(fs::path path) const {
    const std::string name = path.replace_extension().string();
    write_mask(name, {48, 32}, 9);
    write_text(labels_of(name), "3 0.5 0.5 0.4 0.4\n");
  }

  std::vector<std::string> findings(const VerifyOptions& options = {.jobs = 1}) const {
    Observer observer;
    std::vector<std::string> sentences;
    for (const Finding& finding : verify(output(), options, observer).findings)
      sentences.push_back(finding.sentence);
    return sentences;
  }

  std::vector<ManifestLine> lines() const {
    std::vector<ManifestLine> lines;
    read_manifest(output() / "manifest.jsonl",
                  [&](ManifestLine&& line) { lines.push_back(std::move(line)); });
    return lines;
  }

  std::uint64_t made_by_a_repeat() { return run_now().made; }
};

TEST_F(AnnotationsTest, EveryImageHasItsFilesBesideIt) {
  const RunSummary summary = run_now();
  EXPECT_EQ(summary.made, 72u);
  EXPECT_EQ(summary.kept, 0u);
  const auto tree = tree_of(output());
  EXPECT_EQ(tree.size(), 3 * 72u + 3) << "and manifest, description, index";
  for (const ManifestLine& line : lines()) {
    const std::string place = line.file_name.substr(7, line.file_name.rfind('.') - 7);
    ASSERT_EQ(line.annotations.size(), 2u);
    EXPECT_EQ(line.file_name, "images/" + place + ".jpg");
    EXPECT_EQ(line.annotations[0].file_name, "masks/" + place + ".png");
    EXPECT_EQ(line.annotations[1].file_name, "labels/" + place + ".txt");
    const cv::Mat mask = cv::imread(output() / line.annotations[0].file_name, cv::IMREAD_UNCHANGED);
    EXPECT_EQ(mask.size(), cv::Size(line.record.width, line.record.height));
    EXPECT_EQ(cv::countNonZero(mask == 0) + cv::countNonZero(mask == 9), static_cast<int>(mask.total()));
  }
  EXPECT_EQ(tree.at("masks/cat/0.png"), read_text(mask_of("cat/0"))) << "nothing changes an original";
  EXPECT_EQ(tree.at("labels/cat/0.txt"), "3 0.5 0.5 0.4 0.4\n");
  EXPECT_NE(tree.at("masks/cat/0__x0001.png"), tree.at("masks/cat/0.png"));
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(AnnotationsTest, ARepeatKeepsAllAndReadsNothing) {
  run_now();
  const auto tree = tree_of(output());
  const RunSummary repeat = run_now();
  EXPECT_EQ(repeat.made, 0u);
  EXPECT_EQ(repeat.kept, 72u);
  EXPECT_EQ(tree_of(output()), tree);
  Observer observer;
  const Forecast plan = forecast(recipe_, {.jobs = 1}, observer);
  EXPECT_EQ(plan.kept, 72u);
  EXPECT_EQ(plan.made + plan.remade + plan.removed, 0u);
}

TEST_F(AnnotationsTest, WhatHasChangedIsMadeAgain) {
  recipe_.expand.balance = {};
  run_now();
  write_mask("cat/0", {48, 32}, 8);
  EXPECT_EQ(made_by_a_repeat(), 4u);
  write_text(labels_of("cat/1"), "");
  EXPECT_EQ(made_by_a_repeat(), 4u);
  EXPECT_EQ(tree_of(output()).at("labels/cat/1__x0002.txt"), "");
  recipe_.input.annotations.boxes->min_visibility = 0.5;
  EXPECT_EQ(made_by_a_repeat(), 40u);
  fs::remove(output() / "masks/dog/0__x0001.png");
  EXPECT_EQ(made_by_a_repeat(), 1u);
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(AnnotationsTest, WhatIsGoneFromTheInputIsGoneFromTheOutput) {
  recipe_.expand.balance = {};
  run_now();
  fs::remove(input() / "cat/0.jpg");
  run_now();
  EXPECT_FALSE(fs::exists(output() / "masks/cat/0__x0001.png"));
  EXPECT_FALSE(fs::exists(output() / "labels/cat/0.txt"));
  recipe_.input.annotations.boxes.reset();
  run_now();
  EXPECT_FALSE(fs::exists(output() / "labels"));
  EXPECT_TRUE(fs::exists(output() / "masks/dog/0.png"));
  EXPECT_EQ(tree_of(output()), clean_tree());
  clean(output());
  EXPECT_TRUE(!fs::exists(output()) || fs::is_empty(output()));
}

TEST_F(AnnotationsTest, SamplesWithoutAFittingMaskAreBad) {
  fs::remove(mask_of("cat/0"));
  write_mask("cat/1", {32, 48}, 9);
  write_text(mask_of("cat/2"), "no mask");
  fs::resize_file(mask_of("cat/3"), fs::file_size(mask_of("cat/3")) - 30);
  write_text(labels_of("cat/4"), "3 nan 0.5 0.1 0.1\n");
  std::vector<std::string> reasons;
  for (const BadFile& bad : run_now().bad) reasons.push_back(bad.path + ": " + bad.failure.reason);
  EXPECT_THAT(
      reasons,
      ElementsAre("cat/0.jpg: its mask '../masks/cat/0.png': is missing",
                  "cat/1.jpg: its mask '../masks/cat/1.png': is for 32×48 pixels, and the image has 48×32",
                  "cat/2.jpg: its mask '../masks/cat/2.png': is no PNG",
                  HasSubstr("cat/3.jpg: its mask '../masks/cat/3.png': "),
                  "cat/4.jpg: its label file '../labels/cat/4.txt': line 1: 'nan' is no number"));
  write_mask("cat/1", {48, 32}, 9);
  EXPECT_EQ(run_now().bad.size(), 4u) << "a mended mask brings its image back";
}

TEST_F(AnnotationsTest, ImagesWithoutLabelFileHaveNoObjects) {
  fs::remove(labels_of("cat/0"));
  EXPECT_THAT(run_now().bad, IsEmpty());
  EXPECT_EQ(tree_of(output()).at("labels/cat/0__x0001.txt"), "");
  EXPECT_EQ(run_now().made, 0u);
  recipe_.input.annotations.boxes->files = "../lables/{path}.txt";
  EXPECT_THAT(message_of([&] { run_now(); }, ErrorKind::kUsage),
              HasSubstr("no image has a file by the pattern '../lables/{path}.txt'; the first would be '"));
}

TEST_F(AnnotationsTest, TwoImagesMustNotShareOne) {
  test::write_bytes(input() / "cat/0.png", test::encoded(test::picture({48, 32}, 1), Format::kPng));
  EXPECT_EQ(message_of([&] { run_now(); }, ErrorKind::kUsage),
            "'cat/0.png' and another image differ in nothing but their extension, so they would share one "
            "annotation; rename one of them");
}

TEST_F(AnnotationsTest, VerifySeesWhatIsMissingChangedAndForeign) {
  run_now();
  fs::remove(output() / "masks/cat/0.png");
  write_text(output() / "labels/cat/0__x0001.txt",
             "3 0.5 0.5 0.4 0.4\n3 0.5 0.5 0.4 0.4\n3 0.5 0.5 0.4 0.4\n");
  std::string mask = read_text(output() / "masks/cat/1.png");
  mask[mask.size() / 2] ^= 1;
  write_text(output() / "masks/cat/1.png", mask);
  write_text(output() / "masks/cat/mine.png", "");
  const auto sentences = findings();
  EXPECT_THAT(sentences,
              testing::UnorderedElementsAre("'masks/cat/0.png' is missing",
                                            HasSubstr("'labels/cat/0__x0001.txt' has 54 bytes in place of"),
                                            "'masks/cat/1.png' has other bytes than were written",
                                            "'masks/cat/mine.png' is not in the manifest"));
}

TEST_F(AnnotationsTest, VerifyComparesThoseOfTheSources) {
  run_now();
  VerifyOptions options{.jobs = 1, .inputs = {input()}};
  EXPECT_THAT(findings(options), IsEmpty());
  fs::remove(mask_of("cat/0"));
  write_text(labels_of("cat/1"), "3 0.5 0.5 0.4 0.3\n");
  fs::remove(labels_of("cat/2"));
  EXPECT_THAT(findings(options),
              ElementsAre("the source 'cat/0.jpg': its mask '../masks/cat/0.png' is missing",
                          "the source 'cat/1.jpg': its mask or its boxes are not what they were",
                          "the source 'cat/2.jpg': its mask or its boxes are not what they were"));
  options.quick = true;
  EXPECT_THAT(findings(options),
              ElementsAre("the source 'cat/0.jpg': its mask '../masks/cat/0.png' is missing"));
}

TEST_F(AnnotationsTest, ReplayComparesThemToo) {
  run_now();
  Observer observer;
  const auto replayed = [&] {
    return replay(output(), "images/cat/0__x0001.jpg", {input()}, observer).sentence;
  };
  EXPECT_THAT(replayed(), HasSubstr("is equal, byte for byte"));
  write_text(output() / "labels/cat/0__x0001.txt", "");
  EXPECT_EQ(replayed(), "'labels/cat/0__x0001.txt' has other bytes than were written");
  write_mask("cat/0", {48, 32}, 8);
  EXPECT_EQ(replayed(), "'masks/cat/0__x0001.png' was made of other annotations than the source has now");
}

TEST_F(AnnotationsTest, TheyFollowTheAttemptThatTheQualityGateTakes) {
  recipe_.augment = chain_of("translate", {{"x", Range{-1, 1}}, {"y", Range{0, 0}}});
  recipe_.sampling.border = Border::kConstant;
  recipe_.accept = AcceptRecipe{.min_deviation = 40};
  run_now();
  std::size_t refused = 0;
  for (const ManifestLine& line : lines()) {
    refused += line.record.refused.size();
    if (line.copy == 0 || line.transforms == "[]") continue;
    // The columns of the image that the border made are black, and so is the mask there.
    const cv::Mat image = cv::imread(output() / line.file_name, cv::IMREAD_GRAYSCALE);
    const cv::Mat mask = cv::imread(output() / line.annotations[0].file_name, cv::IMREAD_UNCHANGED);
    for (int x = 0; x < image.cols; ++x) {
      const bool is_black = cv::countNonZero(image.col(x) > 12) == 0;
      EXPECT_TRUE(!is_black || cv::countNonZero(mask.col(x)) == 0) << line.file_name;
    }
  }
  EXPECT_GT(refused, 0u);
}

}  // namespace
}  // namespace tenfold
