#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dataset/complaint.h"
#include "dataset/tiny_images.h"
#include "support/temporary_folder.h"
#include "tenfold/dataset/catalog.h"

namespace tenfold {
namespace {

using test::TemporaryFolder;

// scan() and list_class_names() must say the same.
std::string refusal(const std::filesystem::path& root) {
  const std::string by_scan = complaint([&] { scan(root, {}); });
  EXPECT_EQ(complaint([&] { list_class_names(root, {}); }), by_scan);
  return by_scan;
}

TEST(ScanRoot, MustExist) {
  const TemporaryFolder folder;
  EXPECT_EQ(refusal(folder / "none"), "the input '" + (folder / "none").string() + "' does not exist");
  EXPECT_EQ(refusal(folder / "none/deep"),
            "the input '" + (folder / "none/deep").string() + "' does not exist");
}

TEST(ScanRoot, MustBeAFolder) {
  const TemporaryFolder folder;
  const std::string file = folder.write("a.ppm", tiny_image()).string();
  EXPECT_EQ(refusal(file), "the input '" + file + "' is neither a folder nor a tar or zip archive");
  EXPECT_EQ(refusal(file + "/b"), "the input '" + file + "/b' does not exist");
}

TEST(ScanRoot, MustHoldClassFolders) {
  const TemporaryFolder folder;
  const std::string root = folder.path().string();
  const std::string expected = "the input '" + root +
                               "' has no class folders; put each class into a folder of its own: " + root +
                               "/<class>/<image>";
  EXPECT_EQ(refusal(root), expected);
  folder.write("notes.txt", "no image");
  std::filesystem::create_directory(folder / ".hidden");
  EXPECT_EQ(refusal(root), expected);
}

TEST(ScanRoot, MustNotHoldImagesWithoutClass) {
  const TemporaryFolder folder;
  const std::string root = folder.path().string();
  folder.write("1.ppm", tiny_image());
  EXPECT_EQ(refusal(root), "1 image lies in the root of '" + root +
                               "' without a class folder; put each class into a folder of its own: " + root +
                               "/<class>/<image>");
  for (int i = 2; i <= 18; ++i) folder.write(std::to_string(i) + ".jpg", "");
  EXPECT_EQ(refusal(root), "18 images lie in the root of '" + root +
                               "' without a class folder; put each class into a folder of its own: " + root +
                               "/<class>/<image>");
}

TEST(ScanRoot, MustNotHoldImagesBesideItsClasses) {
  const TemporaryFolder folder;
  const std::string root = folder.path().string();
  folder.write("c/a.ppm", tiny_image());
  folder.write("s\ntray.png", tiny_image());
  EXPECT_EQ(refusal(root),
            "1 image lies in the root of '" + root +
                "' beside its class folders ('s\\ntray.png'); move each into the folder of its "
                "class or ignore it");
  folder.write("b.jpg", tiny_image());
  EXPECT_EQ(refusal(root), "2 images lie in the root of '" + root +
                               "' beside its class folders (the first is 'b.jpg'); move each into the folder "
                               "of its class or ignore it");
}

TEST(ScanRoot, MayHoldAnIgnoredImage) {
  const TemporaryFolder folder;
  folder.write("c/a.ppm", tiny_image());
  folder.write("overview.png", tiny_image());
  ScanOptions options;
  options.ignore = {"overview.png"};
  EXPECT_EQ(scan(folder.path(), options).ignored.matched, 1u);
}

TEST(ScanRoot, IsSearchedForImagesThatNoExtensionGivesAway) {
  const TemporaryFolder folder;
  const std::string root = folder.path().string();
  folder.write("c/a.ppm", tiny_image());
  folder.write("photo", tiny_image(Format::kJpeg));
  EXPECT_EQ(complaint([&] { scan(root, {}); }),
            "1 image lies in the root of '" + root +
                "' beside its class folders ('photo'); move each into the folder of its class or ignore it");
}

TEST(ScanRoot, MayBeALink) {
  const TemporaryFolder folder;
  folder.write("real/c/a.ppm", tiny_image());
  std::filesystem::create_directory_symlink("real", folder / "link");
  EXPECT_EQ(scan(folder / "link", {}).samples.size(), 1u);
}

TEST(ListClassNames, OpensNoFileAndSortsBytewise) {
  const TemporaryFolder folder;
  folder.write("b/broken.jpg", "");
  folder.write("a/x", "");
  folder.write("A/x", "");
  folder.write("k\xFF/x", "");
  EXPECT_THAT(list_class_names(folder.path(), {}), testing::ElementsAre("A", "a", "b"));
}

}  // namespace
}  // namespace tenfold
