// How a dataset is read of which nobody has said anything.

#include "tenfold/dataset/guessed_shape.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dataset/complaint.h"
#include "dataset/tiny_images.h"
#include "support/temporary_folder.h"
#include "tenfold/dataset/catalog.h"

namespace tenfold {
namespace {

using test::TemporaryFolder;
using testing::ElementsAre;
using testing::IsEmpty;

using Kind = LabelRule::Kind;

// The classes that a scan finds by the guess.
std::vector<std::string> classes_by_guess(const TemporaryFolder& folder) {
  const GuessedShape shape = guessed_shape(folder.path());
  return scan(folder.path(), {.splits = shape.splits, .labels = shape.labels}).classes;
}

void write_images(const TemporaryFolder& folder, const std::string& start, int count,
                  const std::string& end = ".ppm") {
  for (int i = 0; i < count; ++i) folder.write(start + std::to_string(i) + end, tiny_image());
}

TEST(GuessedShape, TakesClassFoldersAsTheyAre) {
  const TemporaryFolder folder;
  write_images(folder, "cat/", 2);
  write_images(folder, "dog/", 2);
  folder.write("labels.csv", "file,label\ncat/0.ppm,a\ncat/1.ppm,a\ndog/0.ppm,b\ndog/1.ppm,b\n");
  const GuessedShape shape = guessed_shape(folder.path());
  EXPECT_EQ(shape.labels, LabelRule{});
  EXPECT_THAT(shape.splits, IsEmpty());
}

TEST(GuessedShape, FindsTheSplitsThatADatasetComesWith) {
  const TemporaryFolder folder;
  write_images(folder, "train/cat/", 2);
  write_images(folder, "valid/cat/", 2);
  EXPECT_THAT(guessed_shape(folder.path()).splits, ElementsAre(Split::kTrain, Split::kVal));
  EXPECT_THAT(classes_by_guess(folder), ElementsAre("cat"));
}

TEST(GuessedShape, KnowsATableByItsColumns) {
  const TemporaryFolder folder;
  write_images(folder, "", 4);
  folder.write("about.csv", "name,value\nx,1\n");
  folder.write("train.csv",
               "id,Image,Category,subset\n"
               "1,0.ppm,cat,train\n2,1.ppm,cat,valid\n3,2.ppm,dog,train\n4,3.ppm,dog,train\n");
  const GuessedShape shape = guessed_shape(folder.path());
  EXPECT_EQ(shape.labels, (LabelRule{Kind::kCsv, "train.csv", "Image", "Category", "subset"}));
  EXPECT_THAT(shape.splits, ElementsAre(Split::kTrain, Split::kVal));
  EXPECT_THAT(classes_by_guess(folder), ElementsAre("cat", "dog"));
}

TEST(GuessedShape, KnowsJsonLinesBesideAFolderOfImages) {
  const TemporaryFolder folder;
  write_images(folder, "images/", 4);
  std::string lines;
  for (int i = 0; i < 4; ++i)
    lines += R"({"file_name": "images/)" + std::to_string(i) + R"(.ppm", "label": )" +
             std::to_string(7 + i / 2) + "}\n";
  folder.write("metadata.jsonl", lines);
  EXPECT_EQ(guessed_shape(folder.path()).labels,
            (LabelRule{Kind::kJsonLines, "metadata.jsonl", "file_name", "label"}));
  EXPECT_THAT(classes_by_guess(folder), ElementsAre("7", "8"));
}

TEST(GuessedShape, LeavesTablesAloneThatNameOtherFilesOrMeasurements) {
  const TemporaryFolder folder;
  write_images(folder, "", 4);
  folder.write("others.csv", "file,label\na.ppm,cat\nb.ppm,cat\nc.ppm,dog\nd.ppm,dog\n");
  folder.write("sizes.csv", "file,label\n0.ppm,0.1\n1.ppm,0.2\n2.ppm,0.3\n3.ppm,0.4\n");
  EXPECT_EQ(guessed_shape(folder.path()).labels, LabelRule{});
}

TEST(GuessedShape, ReadsLabelsOffNames) {
  const TemporaryFolder folder;
  write_images(folder, "turn_left_", 4);
  write_images(folder, "stop sign (", 4, ").ppm");
  EXPECT_THAT(classes_by_guess(folder), ElementsAre("stop sign", "turn_left"));
}

TEST(GuessedShape, ReadsDigitsOffTheStartOfNames) {
  const TemporaryFolder folder;
  write_images(folder, "3_0000", 4);
  write_images(folder, "7_0000", 4);
  EXPECT_THAT(classes_by_guess(folder), ElementsAre("3", "7"));
}

TEST(GuessedShape, DoesNotTakeCamerasForClasses) {
  const TemporaryFolder folder;
  write_images(folder, "IMG_", 6);
  write_images(folder, "DSC_", 6);
  const GuessedShape shape = guessed_shape(folder.path());
  EXPECT_EQ(shape.labels, LabelRule{});
  EXPECT_EQ(complaint([&] { scan(folder.path(), {.labels = shape.labels}); }).substr(0, 14),
            "12 images lie ");
}

TEST(GuessedShape, DoesNotTakeEveryNameForAClass) {
  const TemporaryFolder folder;
  for (const char* name : {"ada_1", "bob_1", "cem_1", "dan_1", "eva_1", "fay_1", "gil_1", "gil_2"})
    folder.write(std::string(name) + ".ppm", tiny_image());
  EXPECT_EQ(guessed_shape(folder.path()).labels, LabelRule{});
}

TEST(GuessedShape, KnowsLabelsInFilesBesideTheImages) {
  const TemporaryFolder folder;
  write_images(folder, "", 2);
  folder.write("0.cls", "cat");
  folder.write("1.cls", "dog");
  EXPECT_EQ(guessed_shape(folder.path()).labels.kind, Kind::kBeside);
  EXPECT_THAT(classes_by_guess(folder), ElementsAre("cat", "dog"));
}

}  // namespace
}  // namespace tenfold
