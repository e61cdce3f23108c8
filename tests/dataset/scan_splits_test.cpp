#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dataset/complaint.h"
#include "dataset/tiny_images.h"
#include "support/limits.h"
#include "support/temporary_folder.h"
#include "tenfold/dataset/catalog.h"

namespace tenfold {
namespace {

using test::TemporaryFolder;
using test::Unprivileged;

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

const ScanOptions kTrainAndVal{.splits = {Split::kTrain, Split::kVal}};

// scan() and list_class_names() must say the same.
std::string refusal(const TemporaryFolder& folder, const ScanOptions& options) {
  const std::string by_scan = complaint([&] { scan(folder.path(), options); });
  EXPECT_EQ(complaint([&] { list_class_names(folder.path(), options); }), by_scan);
  return by_scan;
}

// "path class split" of each sample.
std::vector<std::string> samples(const Catalog& catalog) {
  std::vector<std::string> result;
  for (const Sample& sample : catalog.samples)
    result.push_back(sample.place() + " " + catalog.classes[sample.class_index] + " " +
                     std::string(split_name(sample.split)));
  return result;
}

TEST(ScanSplits, FindsTheClassesBelowTheSplits) {
  const TemporaryFolder folder;
  for (const char* path : {"Training/dog/b.ppm", "Training/cat/deep/a.ppm", "validation/dog/b.ppm",
                           "validation/ant/x.ppm", "test/dog/c.ppm"})
    folder.write(path, tiny_image());
  std::filesystem::create_directories(folder / "test/empty");
  const ScanOptions options{.splits = {Split::kTest, Split::kVal, Split::kTrain}};
  const Catalog catalog = scan(folder.path(), options);
  EXPECT_THAT(catalog.classes, ElementsAre("ant", "cat", "dog", "empty"));
  EXPECT_THAT(
      samples(catalog),
      ElementsAre("validation/ant/x.ppm ant val", "Training/cat/deep/a.ppm cat train",
                  "Training/dog/b.ppm dog train", "test/dog/c.ppm dog test", "validation/dog/b.ppm dog val"));
  EXPECT_TRUE(catalog.has_splits);
  EXPECT_THAT(catalog.split_folders,
              ElementsAre(Pair(Split::kTrain, "Training"), Pair(Split::kVal, "validation"),
                          Pair(Split::kTest, "test")));
  EXPECT_THAT(list_class_names(folder.path(), options), ElementsAre("ant", "cat", "dog", "empty"));
}

TEST(ScanSplits, AreNoneUnlessTheRecipeNamesThem) {
  const TemporaryFolder folder;
  folder.write("cat/a.ppm", tiny_image());
  const Catalog catalog = scan(folder.path(), {});
  EXPECT_FALSE(catalog.has_splits);
  EXPECT_THAT(catalog.split_folders, IsEmpty());
}

TEST(ScanSplits, MustEachHaveAFolder) {
  const TemporaryFolder folder;
  folder.write("train/cat/a.ppm", tiny_image());
  EXPECT_EQ(
      refusal(folder, kTrainAndVal),
      "the input '" + folder.path().string() +
          "' has no folder for the split val; name one val, validation, valid or dev, or take 'val' out "
          "of input.splits");
}

TEST(ScanSplits, MustNotHaveTwoFolders) {
  const TemporaryFolder folder;
  for (const char* path : {"train/cat/a.ppm", "valid/cat/a.ppm", "Dev/cat/a.ppm"})
    folder.write(path, tiny_image());
  EXPECT_EQ(refusal(folder, kTrainAndVal),
            "the input '" + folder.path().string() +
                "' has two folders for the split val, 'Dev' and 'valid'; merge them or ignore one: "
                "input.ignore: [\"valid/\"]");
  ScanOptions options = kTrainAndVal;
  options.ignore = {"valid/"};
  EXPECT_THAT(samples(scan(folder.path(), options)),
              ElementsAre("Dev/cat/a.ppm cat val", "train/cat/a.ppm cat train"));
}

TEST(ScanSplits, MustHaveNoFolderBesideThem) {
  const TemporaryFolder folder;
  for (const char* path : {"train/cat/a.ppm", "val/cat/a.ppm", "test/cat/a.ppm"})
    folder.write(path, tiny_image());
  EXPECT_EQ(refusal(folder, kTrainAndVal),
            "the input '" + folder.path().string() +
                "' has the folder 'test' beside the splits train and val that the recipe names; add 'test: "
                "copy' to input.splits or ignore it: input.ignore: [\"test/\"]");
  std::filesystem::rename(folder / "test", folder / "extra");
  EXPECT_EQ(refusal(folder, kTrainAndVal),
            "the input '" + folder.path().string() +
                "' has the folder 'extra' beside the splits train and val that the recipe names; move it or "
                "ignore it: input.ignore: [\"extra/\"]");
}

TEST(ScanSplits, MustHoldClassFolders) {
  const TemporaryFolder folder;
  const std::string root = folder.path().string();
  const std::string remedy =
      "; put each class into a folder of its own: " + root + "/<split>/<class>/<image>";
  std::filesystem::create_directories(folder / "train");
  std::filesystem::create_directories(folder / "val");
  EXPECT_EQ(refusal(folder, kTrainAndVal),
            "the split folders of the input '" + root + "' have no class folders" + remedy);
  folder.write("val/a.ppm", tiny_image());
  EXPECT_EQ(refusal(folder, kTrainAndVal),
            "1 image lies outside of the class folders of '" + root + "' ('val/a.ppm')" + remedy);
  folder.write("train/cat/a.ppm", tiny_image());
  folder.write("b.ppm", tiny_image());
  EXPECT_EQ(refusal(folder, kTrainAndVal),
            "2 images lie outside of the class folders of '" + root + "' (the first is 'b.ppm')" + remedy);
}

TEST(ScanSplits, AreSearchedForImagesThatNoExtensionGivesAway) {
  const TemporaryFolder folder;
  folder.write("train/cat/a.ppm", tiny_image());
  folder.write("val/photo", tiny_image(Format::kJpeg));
  const std::string root = folder.path().string();
  EXPECT_EQ(complaint([&] { scan(folder.path(), kTrainAndVal); }),
            "1 image lies outside of the class folders of '" + root +
                "' ('val/photo'); put each class into a folder of its own: " + root +
                "/<split>/<class>/<image>");
}

TEST(ScanSplits, MustBeReadable) {
  const TemporaryFolder folder;
  folder.write("train/cat/a.ppm", tiny_image());
  folder.write("val/cat/a.ppm", tiny_image());
  std::filesystem::permissions(folder / "val", std::filesystem::perms::none);
  std::string message;
  {
    const Unprivileged nobody;
    try {
      scan(folder.path(), kTrainAndVal);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kFailed);
      message = error.what();
    }
  }
  std::filesystem::permissions(folder / "val", std::filesystem::perms::owner_all);
  EXPECT_EQ(message,
            "the split folder '" + (folder / "val").string() + "' cannot be read: Permission denied");
}

TEST(ScanSplits, AreSuspectedWhereFoldersHaveTheirNames) {
  const TemporaryFolder folder;
  for (const char* path : {"train/cat/a.ppm", "Valid/cat/a.ppm"}) folder.write(path, tiny_image());
  EXPECT_EQ(refusal(folder, {}), "the folders 'Valid' and 'train' of the input '" + folder.path().string() +
                                     "' look like splits, not like classes; say so in the recipe: "
                                     "input.splits: {train: expand, val: copy}");
  folder.write("annotations/all.json", "{}");
  EXPECT_EQ(refusal(folder, {}), "the folders 'Valid' and 'train' of the input '" + folder.path().string() +
                                     "' look like splits, not like classes; say so in the recipe: "
                                     "input.splits: {train: expand, val: copy}");
}

TEST(ScanSplits, AreNotSuspectedWhereTheyMayWellBeClasses) {
  const TemporaryFolder vehicles;
  for (const char* path : {"train/old/a.ppm", "bus/old/a.ppm"}) vehicles.write(path, tiny_image());
  EXPECT_THAT(list_class_names(vehicles.path(), {}), ElementsAre("bus", "train"));
  const TemporaryFolder flat;
  for (const char* path : {"train/1.ppm", "test/1.ppm", "test/deep/1.ppm"}) flat.write(path, tiny_image());
  EXPECT_THAT(list_class_names(flat.path(), {}), ElementsAre("test", "train"));
  const TemporaryFolder one;
  one.write("train/cat/a.ppm", tiny_image());
  EXPECT_THAT(list_class_names(one.path(), {}), ElementsAre("train"));
  const TemporaryFolder without_train;
  for (const char* path : {"dev/cat/a.ppm", "test/cat/a.ppm"}) without_train.write(path, tiny_image());
  EXPECT_THAT(list_class_names(without_train.path(), {}), ElementsAre("dev", "test"));
}

TEST(ScanSplits, MayBeReachedByLinks) {
  const TemporaryFolder folder;
  folder.write("elsewhere/cat/a.ppm", tiny_image());
  folder.write("root/train/cat/a.ppm", tiny_image());
  std::filesystem::create_directory_symlink("../elsewhere", folder / "root/val");
  ScanOptions options = kTrainAndVal;
  options.follow_folder_links = true;
  EXPECT_THAT(samples(scan(folder / "root", options)),
              ElementsAre("train/cat/a.ppm cat train", "val/cat/a.ppm cat val"));
}

}  // namespace
}  // namespace tenfold
