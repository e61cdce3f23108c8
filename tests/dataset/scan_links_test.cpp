#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dataset/tiny_images.h"
#include "support/temporary_folder.h"
#include "tenfold/dataset/catalog.h"

namespace tenfold {
namespace {

using test::TemporaryFolder;

using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto link_folder = [](const auto& to, const auto& at) {
  std::filesystem::create_directory_symlink(to, at);
};

// What a scan of root/data found: the paths of the samples and "path: reason" of the bad files.
struct Findings {
  std::vector<std::string> classes, paths, complaints;
  std::uint64_t links = 0;
};

Findings scan_data(const TemporaryFolder& folder, bool follow_files, bool follow_folders) {
  ScanOptions options;
  options.follow_file_links = follow_files;
  options.follow_folder_links = follow_folders;
  const Catalog catalog = scan(folder / "data", options);
  Findings findings{catalog.classes, {}, {}, catalog.ignored.links};
  for (const Sample& sample : catalog.samples) findings.paths.push_back(sample.path);
  for (const BadFile& bad : catalog.bad) findings.complaints.push_back(bad.path + ": " + bad.failure.reason);
  EXPECT_EQ(list_class_names(folder / "data", options), catalog.classes);
  return findings;
}

TEST(ScanLinks, AreCountedAndNotFollowed) {
  const TemporaryFolder folder;
  folder.write("data/c/a.ppm", tiny_image());
  folder.write("outside/b.ppm", tiny_image());
  std::filesystem::create_symlink("a.ppm", folder / "data/c/link.ppm");
  std::filesystem::create_symlink("nothing", folder / "data/c/dangling.ppm");
  link_folder("../../outside", folder / "data/c/more");
  link_folder("../outside", folder / "data/k");
  const Findings found = scan_data(folder, false, false);
  EXPECT_THAT(found.classes, ElementsAre("c"));
  EXPECT_THAT(found.paths, ElementsAre("c/a.ppm"));
  EXPECT_THAT(found.complaints, IsEmpty());
  EXPECT_EQ(found.links, 4u);
}

TEST(ScanLinks, LeadToFilesWhereThatIsAllowed) {
  const TemporaryFolder folder;
  folder.write("data/c/a.ppm", tiny_image());
  folder.write("outside/b.ppm", tiny_image());
  std::filesystem::create_symlink("../../outside/b.ppm", folder / "data/c/b.ppm");
  std::filesystem::create_symlink("nothing", folder / "data/c/dangling.ppm");
  std::filesystem::create_symlink("nothing", folder / "data/c/dangling.txt");
  std::filesystem::create_symlink("loop.ppm", folder / "data/c/loop.ppm");
  link_folder("../../outside", folder / "data/c/more");
  const Findings found = scan_data(folder, true, false);
  EXPECT_THAT(found.paths, ElementsAre("c/a.ppm", "c/b.ppm"));
  EXPECT_THAT(
      found.complaints,
      ElementsAre("c/dangling.ppm: is a symbolic link that leads to no file: No such file or directory",
                  "c/loop.ppm: is a symbolic link that leads to no file: Too many levels of symbolic links"));
  EXPECT_EQ(found.links, 2u);
}

TEST(ScanLinks, LeadToFoldersAndOutOfTheDataset) {
  const TemporaryFolder folder;
  folder.write("data/c/a.ppm", tiny_image());
  folder.write("outside/b.ppm", tiny_image());
  folder.write("elsewhere/deep/d.ppm", tiny_image());
  link_folder("../outside", folder / "data/k");
  link_folder("../../elsewhere", folder / "data/c/more");
  const Findings found = scan_data(folder, false, true);
  EXPECT_THAT(found.classes, ElementsAre("c", "k"));
  EXPECT_THAT(found.paths, ElementsAre("c/a.ppm", "c/more/deep/d.ppm", "k/b.ppm"));
  EXPECT_EQ(found.links, 0u);
}

TEST(ScanLinks, EndWhereTheyLoop) {
  const TemporaryFolder folder;
  folder.write("data/c/sub/a.ppm", tiny_image());
  link_folder("..", folder / "data/c/sub/up");
  link_folder(".", folder / "data/self");
  link_folder("../..", folder / "data/c/above");  // the parent of the root, which holds the root
  const Findings found = scan_data(folder, true, true);
  EXPECT_THAT(found.classes, ElementsAre("c"));
  EXPECT_THAT(found.paths, ElementsAre("c/sub/a.ppm"));
  EXPECT_EQ(found.links, 3u);  // up, self, and the root met again above
}

TEST(ScanLinks, LeaveARealFolderItsOwnPath) {
  const TemporaryFolder folder;
  folder.write("data/c/z/deep/a.ppm", tiny_image());
  link_folder("z/deep", folder / "data/c/a_link");
  link_folder("c", folder / "data/b");
  const Findings found = scan_data(folder, true, true);
  EXPECT_THAT(found.classes, ElementsAre("c"));
  EXPECT_THAT(found.paths, ElementsAre("c/z/deep/a.ppm"));
  EXPECT_EQ(found.links, 2u);
}

TEST(ScanLinks, GiveAFolderToTheSmallestOfTheirPaths) {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "data/c");
  folder.write("outside/a.ppm", tiny_image());
  for (const char* name : {"n", "m", "o"}) link_folder(folder / "outside", folder / "data/c" / name);
  const Findings found = scan_data(folder, true, true);
  EXPECT_THAT(found.paths, ElementsAre("c/m/a.ppm"));
  EXPECT_EQ(found.links, 2u);
}

}  // namespace
}  // namespace tenfold
