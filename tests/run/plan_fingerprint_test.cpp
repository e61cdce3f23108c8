#include "tenfold/run/plan_fingerprint.h"

#include "run/dataset_fixture.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::write_text;

class PlanFingerprintTest : public test::DatasetTest {
 protected:
  static Hash128 fingerprint_of(const Recipe& recipe, const RunOptions& options = {.jobs = 2}) {
    Observer observer;
    return plan_fingerprint(recipe, options, observer);
  }

  Hash128 fingerprint() const { return fingerprint_of(recipe_); }

  Hash128 fingerprint_of_text(const std::string& text) const {
    const ParsedRecipe parsed =
        parse_recipe(text, folder_ / "recipe.yaml", {.inputs = {input()}, .output = output()});
    EXPECT_TRUE(parsed.diagnostics.empty());
    return fingerprint_of(parsed.recipe);
  }

  // Another pixel, and neither another size nor another time.
  void repaint(const fs::path& path) const {
    cv::Mat picture = test::picture({48, 32}, 1);
    const auto write = [&] { test::write_bytes(path, test::encoded(picture, Format::kBmp)); };
    write();
    const auto time = fs::last_write_time(path);
    before_ = fingerprint();
    picture.at<cv::Vec3b>(5, 5)[0] ^= 1;
    write();
    fs::last_write_time(path, time);
  }

  mutable Hash128 before_;
};

TEST_F(PlanFingerprintTest, IsThatOfACopyElsewhere) {
  const Hash128 here = fingerprint();
  const fs::path there = folder_ / "elsewhere/data";
  fs::create_directories(there.parent_path());
  fs::copy(input(), there, fs::copy_options::recursive);
  fs::last_write_time(there / "cat/0.jpg", fs::file_time_type::clock::now() - std::chrono::hours(9));
  recipe_.input.roots = {there};
  recipe_.output.root = folder_ / "elsewhere/out";
  EXPECT_EQ(fingerprint(), here);
}

TEST_F(PlanFingerprintTest, DoesNotDependOnThreadsOrOnTheOutput) {
  const Hash128 before = fingerprint();
  EXPECT_EQ(fingerprint_of(recipe_, {.jobs = 1}), before);
  run_now();
  EXPECT_EQ(fingerprint(), before);
  write_text(output() / "notes.txt", "not tenfold's");
  EXPECT_EQ(fingerprint(), before);
}

TEST_F(PlanFingerprintTest, ChangesWithEachImage) {
  repaint(input() / "cat/painted.bmp");
  const Hash128 painted = fingerprint();
  EXPECT_NE(painted, before_);
  fs::rename(input() / "cat/painted.bmp", input() / "cat/renamed.bmp");
  const Hash128 renamed = fingerprint();
  EXPECT_NE(renamed, painted);
  fs::rename(input() / "cat/renamed.bmp", input() / "dog/renamed.bmp");
  EXPECT_NE(fingerprint(), renamed);
  fs::rename(input() / "dog/renamed.bmp", input() / "cat/painted.bmp");
  EXPECT_EQ(fingerprint(), painted);
  fs::remove(input() / "owl/0.jpg");
  EXPECT_NE(fingerprint(), painted);
}

TEST_F(PlanFingerprintTest, ChangesWithTheRecipeAndNotWithItsComments) {
  const std::string text = "version: 1\nexpand: {factor: 2}\naugment: [horizontal_flip]\n";
  const Hash128 plain = fingerprint_of_text(text);
  EXPECT_EQ(fingerprint_of_text("# of fruit\n" + text + "seed: 0   # the default\n"), plain);
  EXPECT_EQ(fingerprint_of_text(text + "input: {max_bad: 7%}\n"), plain);
  EXPECT_NE(fingerprint_of_text(text + "seed: 1\n"), plain);
  EXPECT_NE(fingerprint_of_text(text + "output: {quality: 94}\n"), plain);
  EXPECT_NE(fingerprint_of_text("version: 1\nexpand: {factor: 3}\naugment: [horizontal_flip]\n"), plain);
  EXPECT_NE(fingerprint_of_text("version: 1\nexpand: {factor: 2}\naugment: [vertical_flip]\n"), plain);
}

TEST_F(PlanFingerprintTest, ChangesWithMasks) {
  recipe_.input.annotations.masks = "../masks/{path}.png";
  const auto write_masks = [&](int value) {
    for (const auto& entry : fs::recursive_directory_iterator(input()))
      if (entry.is_regular_file())
        test::write_bytes(
            folder_ / "masks" / entry.path().lexically_relative(input()).replace_extension("png"),
            test::encoded(cv::Mat(32, 48, CV_8UC1, cv::Scalar(value)), Format::kPng));
  };
  write_masks(1);
  const Hash128 before = fingerprint();
  EXPECT_EQ(fingerprint(), before);
  write_masks(2);
  EXPECT_NE(fingerprint(), before);
}

TEST_F(PlanFingerprintTest, ChangesWithACocoFile) {
  recipe_.input.annotations.boxes = BoxesRecipe{BoxFormat::kCoco, "../coco.json", 0.1};
  const auto write_category = [&](const std::string& name) {
    write_text(folder_ / "coco.json",
               R"({"images": [{"id": 1, "file_name": "cat/0.jpg", "width": 48, )"
               R"("height": 32}], "annotations": [], "categories": [{"id": 1, "name": ")" +
                   name + R"("}]})");
  };
  write_category("ear");
  const Hash128 before = fingerprint();
  write_category("tail");
  EXPECT_NE(fingerprint(), before);
}

TEST_F(PlanFingerprintTest, ChangesWithTheTablesOfSplits) {
  recipe_.input.split = SplitRecipe{.val = 0.2, .file = folder_ / "split.csv"};
  write_text(folder_ / "split.csv", "file,split\ncat/0.jpg,val\n");
  const Hash128 before = fingerprint();
  write_text(folder_ / "split.csv", "file,split\ncat/1.jpg,val\n");
  EXPECT_NE(fingerprint(), before);
  recipe_.input.split->file = folder_ / "none.csv";
  EXPECT_EQ(
      message_of([&] { fingerprint(); }, ErrorKind::kUsage),
      "cannot read '" + (folder_ / "none.csv").string() + "': cannot be read: No such file or directory");
}

TEST_F(PlanFingerprintTest, ChangesWithWhatAReferenceFolderHolds) {
  recipe_.folder = folder_.path();
  const auto write_reference = [&](int seed) {
    test::write_bytes(folder_ / "target/0.png", test::encoded(test::picture({20, 30}, seed), Format::kPng));
  };
  write_reference(1);
  recipe_.augment = test::chain_of("histogram_match", {{"reference", std::string("target")}});
  const Hash128 before = fingerprint();
  EXPECT_EQ(fingerprint(), before);
  write_reference(2);
  EXPECT_NE(fingerprint(), before);
}

TEST_F(PlanFingerprintTest, IsAnotherOneForEachShard) {
  const Hash128 first = fingerprint_of(recipe_, {.jobs = 2, .shard = RunShard{1, 2}});
  EXPECT_NE(first, fingerprint());
  EXPECT_NE(first, fingerprint_of(recipe_, {.jobs = 2, .shard = RunShard{2, 2}}));
}

}  // namespace
}  // namespace tenfold
