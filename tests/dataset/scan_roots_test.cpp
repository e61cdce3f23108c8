// Datasets of several roots.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dataset/complaint.h"
#include "dataset/tiny_images.h"
#include "support/temporary_folder.h"
#include "tenfold/dataset/catalog.h"
#include "tenfold/dataset/source_file.h"

namespace tenfold {
namespace {

using test::read_text;
using test::TemporaryFolder;

using testing::ElementsAre;
using testing::Pair;

using Roots = std::vector<std::filesystem::path>;

// "path -> place" of each sample.
std::vector<std::string> places(const Catalog& catalog) {
  std::vector<std::string> result;
  for (const Sample& sample : catalog.samples) result.push_back(sample.path + " -> " + sample.place());
  return result;
}

std::string refusal(const Roots& roots) {
  const std::string by_scan = complaint([&] { scan(roots, {}); });
  EXPECT_EQ(complaint([&] { list_class_names(roots, {}); }), by_scan);
  return by_scan;
}

TEST(ScanRoots, FileTheImagesOfOneClassUnderTheNamesOfTheRoots) {
  const TemporaryFolder folder;
  for (const char* path : {"2024/cat/1.ppm", "2024/dog/1.ppm", "2025/cat/1.ppm", "2025/cat/deep/1.ppm"})
    folder.write(path, tiny_image(Format::kPnm, {3, path[3] - '0'}));
  folder.write("2025/ant/broken.jpg", "no image");
  folder.write("2025/ant/notes", "no image");
  folder.write("2024/cat/.hidden", "");
  folder.write("2025/cat/.hidden", "");
  const Roots roots = {folder / "2025", folder / "2024/"};
  const Catalog catalog = scan(roots, {});
  EXPECT_THAT(catalog.classes, ElementsAre("ant", "cat", "dog"));
  EXPECT_THAT(places(catalog),
              ElementsAre("2024/cat/1.ppm -> cat/2024/1.ppm", "2025/cat/1.ppm -> cat/2025/1.ppm",
                          "2025/cat/deep/1.ppm -> cat/2025/deep/1.ppm", "2024/dog/1.ppm -> dog/2024/1.ppm"));
  ASSERT_EQ(catalog.bad.size(), 1u);
  EXPECT_EQ(catalog.bad[0].path, "2025/ant/broken.jpg");
  EXPECT_EQ(catalog.ignored.hidden, 2u);
  EXPECT_EQ(catalog.ignored.other, 1u);
  EXPECT_THAT(list_class_names(roots, {}), ElementsAre("ant", "cat", "dog"));
  for (const Sample& sample : catalog.samples) {
    EXPECT_EQ(catalog.sources.file_of(sample.path), folder / sample.path);
    const Outcome<Bytes> bytes = read_source(catalog, sample);
    ASSERT_TRUE(bytes);
    EXPECT_EQ(std::string(bytes->begin(), bytes->end()), read_text(folder / sample.path));
  }
}

TEST(ScanRoots, DoNotNameASampleWhereThereIsOne) {
  const TemporaryFolder folder;
  folder.write("2024/cat/1.ppm", tiny_image());
  EXPECT_THAT(places(scan(Roots{folder / "2024"}, {})), ElementsAre("cat/1.ppm -> cat/1.ppm"));
}

TEST(ScanRoots, PutTheSplitOutermostUnderOneNameInAnyOrder) {
  const TemporaryFolder folder;
  for (const char* path : {"a/train/cat/1.ppm", "a/valid/cat/1.ppm", "b/train/cat/1.ppm", "b/dev/cat/1.ppm"})
    folder.write(path, tiny_image());
  for (const Roots& roots : {Roots{folder / "a", folder / "b"}, Roots{folder / "b", folder / "a"}}) {
    const Catalog catalog = scan(roots, {.splits = {Split::kTrain, Split::kVal}});
    EXPECT_THAT(catalog.split_folders, ElementsAre(Pair(Split::kTrain, "train"), Pair(Split::kVal, "val")));
    EXPECT_THAT(places(catalog),
                ElementsAre("a/train/cat/1.ppm -> train/cat/a/1.ppm", "a/valid/cat/1.ppm -> val/cat/a/1.ppm",
                            "b/dev/cat/1.ppm -> val/cat/b/1.ppm", "b/train/cat/1.ppm -> train/cat/b/1.ppm"));
  }
}

TEST(ScanRoots, MustHaveNamesOfTheirOwn) {
  const TemporaryFolder folder;
  for (const char* path : {"a/data/cat/1.ppm", "b/data/cat/1.ppm", ".c/cat/1.ppm"})
    folder.write(path, tiny_image());
  const std::string a = (folder / "a/data").string(), b = (folder / "b/data/").string();
  EXPECT_EQ(refusal({a, b}), "the inputs '" + a + "' and '" + b +
                                 "' have the same name, by which their images are told apart; rename one of "
                                 "the folders");
  EXPECT_EQ(refusal({a, folder / ".c"}),
            "the input '" + (folder / ".c").string() +
                "' needs a name that does not begin with a dot: its images are known by it, as there are "
                "several inputs");
}

TEST(ScanRoots, MustNotShareImages) {
  const TemporaryFolder folder;
  folder.write("a/cat/1.ppm", tiny_image());
  std::filesystem::create_directory_symlink("a", folder / "link");
  const std::string a = (folder / "a").string(), inner = (folder / "a/cat").string();
  EXPECT_EQ(refusal({a, inner}), "the input '" + inner + "' lies inside the input '" + a + "'; name it once");
  EXPECT_EQ(refusal({inner, a}), "the input '" + inner + "' lies inside the input '" + a + "'; name it once");
  EXPECT_EQ(refusal({a, folder / "link"}),
            "the input '" + (folder / "link").string() + "' is the same folder as '" + a + "'; name it once");
}

TEST(ScanRoots, MustAllExist) {
  const TemporaryFolder folder;
  folder.write("a/cat/1.ppm", tiny_image());
  EXPECT_EQ(refusal({folder / "a", folder / "b"}),
            "the input '" + (folder / "b").string() + "' does not exist");
}

}  // namespace
}  // namespace tenfold
