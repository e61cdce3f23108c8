// From a folder of images to a dataset: init, preview, plan and run, as people start them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <nlohmann/json.hpp>
#include <opencv2/imgproc.hpp>

#include "support/temporary_folder.h"
#include "tenfold/image/codec.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using test::TemporaryFolder;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

struct Result {
  int code = -1;
  std::string out, err;
};

class FirstSteps : public ::testing::Test {
 protected:
  Result tenfold(const std::string& arguments, const std::string& folder = ".") const {
    const std::string stream = (folder_ / ".std").string();
    const std::string command = "cd '" + (folder_ / folder).string() + "' && '" TENFOLD_PROGRAM "' " +
                                arguments + " >'" + stream + "out' 2>'" + stream + "err' </dev/null";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_text(stream + "out"),
            read_text(stream + "err")};
  }

  // A picture that differs from all others, so that none is a duplicate.
  void write(const std::string& path, const cv::Mat& pixels, Format format = Format::kPng) const {
    Bytes bytes;
    ASSERT_TRUE(encode(pixels, {.format = format}, {.format = format}, bytes));
    folder_.write(path, std::string(bytes.begin(), bytes.end()));
  }

  cv::Mat noise(cv::Size size, int type = CV_8UC3) const {
    cv::Mat coarse((size + cv::Size(7, 7)) / 8, type), pixels;
    random_.fill(coarse, cv::RNG::UNIFORM, 0, CV_MAT_DEPTH(type) == CV_16U ? 65'535 : 255);
    cv::resize(coarse, pixels, size, 0, 0, cv::INTER_NEAREST);
    return pixels;
  }

  void write_class(const std::string& start, int count, cv::Size size, int type = CV_8UC3,
                   const std::string& end = ".png") const {
    for (int i = 0; i < count; ++i) write(start + std::to_string(i) + end, noise(size, type));
  }

  // The recipe that init writes is one that plan takes without a word but `said`.
  std::string started(const std::string& dataset, const std::string& said = "") const {
    const Result init = tenfold("init " + dataset);
    EXPECT_EQ(init.code, 0) << init.err;
    EXPECT_THAT(init.err, IsEmpty());
    const std::string recipe = read_text(folder_ / "tenfold.yaml");
    const Result plan = tenfold("plan tenfold.yaml");
    EXPECT_EQ(plan.code, 0) << plan.err << recipe;
    EXPECT_EQ(plan.err, said) << recipe;
    return recipe;
  }

  TemporaryFolder folder_;
  mutable cv::RNG random_{7};
};

TEST_F(FirstSteps, LeadFromTheDemoToADataset) {
  ASSERT_EQ(tenfold("demo signs").code, 0);
  const std::string recipe = started("signs");
  EXPECT_THAT(recipe, StartsWith("# For 101 images in 4 classes of 4 to 60, "));
  EXPECT_THAT(recipe, HasSubstr("  # No flip: a mirrored 'turn_left' is no 'turn_left' any more.\n"));
  const Result preview = tenfold("preview tenfold.yaml");
  EXPECT_EQ(preview.code, 0) << preview.err;
  EXPECT_THAT(preview.out, HasSubstr(" pictures of 4 classes in 'preview.png'\n"));
  EXPECT_THAT(read_text(folder_ / "preview.png"), StartsWith("\x89PNG"));
  EXPECT_FALSE(fs::exists(folder_ / "signs-augmented"));
  const Result run = tenfold("run tenfold.yaml");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_TRUE(fs::exists(folder_ / "signs-augmented/manifest.jsonl"));
}

TEST_F(FirstSteps, FitDigits) {
  for (int digit = 0; digit < 3; ++digit)
    write_class("digits/" + std::to_string(digit) + "/", 6 - digit, {28, 28}, CV_8UC1);
  const std::string recipe = started("digits");
  EXPECT_THAT(recipe, HasSubstr("in 3 classes of 4 to 6, all 28×28 pixels, grey.\n"));
  EXPECT_THAT(recipe, Not(HasSubstr("- horizontal_flip")));
  EXPECT_EQ(tenfold("run tenfold.yaml").code, 0);
}

TEST_F(FirstSteps, FitLargePhotographsAndDeepScans) {
  write_class("photos/cat/", 2, {1'400, 1'200});
  write_class("photos/dog/", 1, {1'400, 1'200});
  EXPECT_THAT(started("photos"), HasSubstr("  - resize: {shorter: 512}"));
  fs::remove(folder_ / "tenfold.yaml");
  write_class("scans/ill/", 2, {160, 150}, CV_16UC1);
  write_class("scans/well/", 3, {300, 400}, CV_16UC1);
  EXPECT_THAT(started("scans"), HasSubstr(", grey, 16 bit.\n"));
  EXPECT_EQ(tenfold("run tenfold.yaml").code, 0);
}

TEST_F(FirstSteps, FitARareClass) {
  write_class("signs/stop/", 150, {8, 8});
  write_class("signs/yield/", 1, {8, 8});
  EXPECT_THAT(started("signs"), HasSubstr("  balance: {power: 0.6}"));
}

TEST_F(FirstSteps, FitADatasetThatComesWithSplits) {
  write_class("data/train/cat/", 5, {80, 80});
  write_class("data/train/dog/", 3, {80, 80});
  write_class("data/val/cat/", 2, {80, 80});
  EXPECT_THAT(started("data"), HasSubstr("\n  splits: {train: expand, val: copy}\n"));
}

TEST_F(FirstSteps, FitFlatFoldersWithATable) {
  write_class("data/images/", 6, {80, 80});
  folder_.write("data/labels.csv",
                "image,species\nimages/0.png,ant\nimages/1.png,ant\nimages/2.png,bee\nimages/3.png,bee\n"
                "images/4.png,bee\nimages/5.png,bee\n");
  EXPECT_THAT(started("data", "ignored: 1 file that is no image\n"),
              HasSubstr("\n  labels: {csv: labels.csv, file: image, label: species}\n"));
}

TEST_F(FirstSteps, FitFlatFoldersWithTellingNames) {
  write_class("data/ant_", 4, {80, 80});
  write_class("data/bee_", 5, {80, 80});
  EXPECT_THAT(started("data"), HasSubstr("  labels: {regex: "));
}

TEST_F(FirstSteps, SayWhatIsMissingWhereThereAreNoLabels) {
  write_class("data/", 3, {8, 8});
  const Result result = tenfold("init data");
  EXPECT_EQ(result.code, 2);
  EXPECT_EQ(
      result.err,
      "tenfold: error: 3 images lie in the root of 'data' without a class folder; put each class into a "
      "folder of its own: data/<class>/<image>\n");
  EXPECT_FALSE(fs::exists(folder_ / "tenfold.yaml"));
}

TEST_F(FirstSteps, NeverOverwriteARecipe) {
  write_class("data/cat/", 3, {8, 8});
  folder_.write("tenfold.yaml", "mine");
  const Result result = tenfold("init data");
  EXPECT_EQ(result.code, 2);
  EXPECT_EQ(
      result.err,
      "tenfold: error: 'tenfold.yaml' is there already; remove it, or write to another file with -o FILE, "
      "or to stdout with -o -\n");
  EXPECT_EQ(read_text(folder_ / "tenfold.yaml"), "mine");
  EXPECT_EQ(tenfold("init data -o other.yaml").code, 0);
}

TEST_F(FirstSteps, NamePathsFromTheRecipeOn) {
  write_class("data/cat/", 3, {8, 8});
  fs::create_directories(folder_ / "recipes");
  EXPECT_EQ(tenfold("init data -o recipes/data.yaml").code, 0);
  EXPECT_THAT(read_text(folder_ / "recipes/data.yaml"), HasSubstr("  root: ../data "));
  EXPECT_EQ(tenfold("plan recipes/data.yaml").code, 0);

  const Result printed = tenfold("init . -o -", "data");
  EXPECT_EQ(printed.code, 0) << printed.err;
  EXPECT_THAT(printed.out, HasSubstr("  root: \".\" "));
  EXPECT_THAT(printed.out, HasSubstr("  root: ../data-augmented "));
  fs::create_directories(folder_ / "data-augmented");
  EXPECT_THAT(tenfold("init data -o -").out, HasSubstr("  root: data-augmented-2 "));
}

TEST_F(FirstSteps, HaveJson) {
  write_class("data/cat/", 3, {8, 8});
  const auto init = nlohmann::json::parse(tenfold("init data --json").out);
  EXPECT_EQ(init.at("file"), "tenfold.yaml");
  EXPECT_EQ(init.at("recipe"), read_text(folder_ / "tenfold.yaml"));
  const auto preview = nlohmann::json::parse(tenfold("preview tenfold.yaml --json --copies 2").out);
  EXPECT_EQ(preview.at("sheet"), "preview.png");
  EXPECT_EQ(preview.at("rows").at(0).at("images").size(), 3u);
}

TEST_F(FirstSteps, PreviewRefusesWhatIsNoPngAndNamesBadImages) {
  write_class("data/cat/", 3, {80, 80});
  ASSERT_EQ(tenfold("init data").code, 0);
  EXPECT_EQ(tenfold("preview tenfold.yaml --sheet x.jpg").err,
            "tenfold: error: the sheet is a PNG; name the file so: 'x.jpg.png'\n");
  EXPECT_THAT(tenfold("preview tenfold.yaml --sheet data/x.png").err,
              AllOf(StartsWith("tenfold: error: 'data/x.png' would lie in the dataset '"),
                    HasSubstr("', to which nothing is written; choose another place with --sheet\n")));
  EXPECT_THAT(tenfold("preview tenfold.yaml --sheet data-augmented/x.png").err,
              StartsWith("tenfold: error: 'data-augmented/x.png' would lie in the output '"));
  EXPECT_EQ(tenfold("preview tenfold.yaml --class dog").code, 2);
  EXPECT_FALSE(fs::exists(folder_ / "preview.png"));
  fs::resize_file(folder_ / "data/cat/0.png", fs::file_size(folder_ / "data/cat/0.png") - 30);
  const Result result = tenfold("preview tenfold.yaml --each --sheet each.png");
  EXPECT_EQ(result.code, 3);
  EXPECT_THAT(result.err, StartsWith("skipped 'cat/0.png': "));
  EXPECT_THAT(result.out, HasSubstr(" transforms in 'each.png'\n"));
}

}  // namespace
}  // namespace tenfold
