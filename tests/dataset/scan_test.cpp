#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <oneapi/tbb/global_control.h>
#include <sys/stat.h>

#include <algorithm>

#include "dataset/tiny_images.h"
#include "support/limits.h"
#include "support/temporary_folder.h"
#include "tenfold/base/error.h"
#include "tenfold/dataset/catalog.h"

namespace tenfold {
namespace {

using test::TemporaryFolder;
using test::Unprivileged;

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> paths(const Catalog& catalog) {
  std::vector<std::string> result;
  for (const Sample& sample : catalog.samples) result.push_back(sample.path);
  return result;
}

// "path: reason" of each bad file.
std::vector<std::string> complaints(const Catalog& catalog) {
  std::vector<std::string> result;
  for (const BadFile& bad : catalog.bad) result.push_back(bad.path + ": " + bad.failure.reason);
  return result;
}

TEST(Scan, FindsTheImagesOfEachClass) {
  const TemporaryFolder folder;
  folder.write("dog/b.png", tiny_image(Format::kPng, {3, 2}));
  folder.write("dog/a.jpg", tiny_image(Format::kJpeg, {16, 8}));
  folder.write("cat/deep/er/c.ppm", tiny_image(Format::kPnm, {5, 4}));
  std::filesystem::create_directory(folder / "empty");
  const Catalog catalog = scan(folder.path(), {});
  EXPECT_EQ(catalog.sources.roots().at(0).path, folder.path());
  EXPECT_THAT(catalog.classes, ElementsAre("cat", "dog", "empty"));
  ASSERT_THAT(paths(catalog), ElementsAre("cat/deep/er/c.ppm", "dog/a.jpg", "dog/b.png"));
  EXPECT_THAT(complaints(catalog), IsEmpty());
  const Sample& jpeg = catalog.samples[1];
  EXPECT_EQ(jpeg.class_index, 1u);
  EXPECT_EQ(jpeg.header.format, Format::kJpeg);
  EXPECT_EQ(jpeg.header.stored, cv::Size(16, 8));
  EXPECT_EQ(jpeg.size_bytes, tiny_image(Format::kJpeg, {16, 8}).size());
  struct stat status {};
  ASSERT_EQ(::stat((folder / "dog/a.jpg").c_str(), &status), 0);
  EXPECT_EQ(jpeg.modified_ns, status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec);
  EXPECT_FALSE(jpeg.misnamed);
}

TEST(Scan, SortsByClassBeforePath) {
  const TemporaryFolder folder;
  for (const char* path : {"a-b/x.ppm", "a/x.ppm", "a/x/y.ppm", "a/x-.ppm", "B/x.ppm", "\u00E9/x.ppm"})
    folder.write(path, tiny_image());
  const Catalog catalog = scan(folder.path(), {});
  EXPECT_THAT(catalog.classes, ElementsAre("B", "a", "a-b", "\u00E9"));
  EXPECT_THAT(paths(catalog),
              ElementsAre("B/x.ppm", "a/x-.ppm", "a/x.ppm", "a/x/y.ppm", "a-b/x.ppm", "\u00E9/x.ppm"));
}

TEST(Scan, KnowsFormatsByTheirBytes) {
  const TemporaryFolder folder;
  folder.write("c/is_png.jpg", tiny_image(Format::kPng));
  folder.write("c/is_jpeg.gif", tiny_image(Format::kJpeg));
  folder.write("c/no_extension", tiny_image(Format::kPng));
  folder.write("c/other.txt", tiny_image(Format::kJpeg));
  folder.write("c/right.JPG", tiny_image(Format::kJpeg));
  const Catalog catalog = scan(folder.path(), {});
  ASSERT_THAT(paths(catalog),
              ElementsAre("c/is_jpeg.gif", "c/is_png.jpg", "c/no_extension", "c/other.txt", "c/right.JPG"));
  std::vector<bool> misnamed;
  for (const Sample& sample : catalog.samples) misnamed.push_back(sample.misnamed);
  EXPECT_THAT(misnamed, ElementsAre(true, true, false, false, false));
}

TEST(Scan, ReportsImagesThatAreNone) {
  const TemporaryFolder folder;
  const std::string jpeg = tiny_image(Format::kJpeg);
  folder.write("c/cut.jpg", jpeg.substr(0, 20));
  folder.write("c/empty.png", "");
  folder.write("c/gif", "GIF89a\x01\x01");
  folder.write("c/moving.gif", "GIF89a\x01\x01");
  folder.write("c/raw.dng", tiny_image(Format::kTiff));
  folder.write("c/text.jpeg", "no image at all, but long enough for a header");
  const Catalog catalog = scan(folder.path(), {});
  EXPECT_THAT(
      complaints(catalog),
      ElementsAre("c/cut.jpg: the JPEG header is cut off", "c/empty.png: holds no image (the file is empty)",
                  "c/gif: format not supported: GIF", "c/moving.gif: format not supported: GIF",
                  "c/raw.dng: format not supported: camera raw",
                  "c/text.jpeg: holds no image (the first bytes are those of no format)"));
  for (const BadFile& bad : catalog.bad) EXPECT_EQ(bad.failure.stage, Stage::kScan);
  EXPECT_THAT(paths(catalog), IsEmpty());
  EXPECT_EQ(catalog.ignored.other, 0u);
}

TEST(Scan, CountsWhatNeitherIsNorClaimsToBeAnImage) {
  const TemporaryFolder folder;
  folder.write("c/notes.txt", "P5 is a format, but this is a note");
  folder.write("c/empty", "");
  folder.write("c/archive.jpg.zip", "PK");
  folder.write("labels.csv", "a,b");
  const Catalog catalog = scan(folder.path(), {});
  EXPECT_THAT(complaints(catalog), IsEmpty());
  EXPECT_EQ(catalog.ignored.other, 4u);
}

TEST(Scan, RefusesImagesOfTooManyPixelsByTheirHeader) {
  const TemporaryFolder folder;
  folder.write("c/huge.ppm", "P6 12000 10000 255\n");
  folder.write("c/just.ppm", "P6 10000 10000 255\n");
  const Catalog catalog = scan(folder.path(), {});
  EXPECT_THAT(complaints(catalog),
              ElementsAre("c/huge.ppm: has 120,000,000 pixels, more than max_pixels 100,000,000"));
  EXPECT_THAT(paths(catalog), ElementsAre("c/just.ppm"));
}

// They take no room on the disk, and reading one would fill the memory.
TEST(Scan, RefusesFilesThatAreLargerThanAnyImageNeedsToBe) {
  const TemporaryFolder folder;
  constexpr std::uintmax_t kLimit = 1000 * 8 + (64 << 20);
  folder.write("c/jpeg.jpg", tiny_image(Format::kJpeg));
  folder.write("c/junk.tif", "no image");
  folder.write("c/png", tiny_image(Format::kPng));
  folder.write("c/pnm", tiny_image(Format::kPnm));
  folder.write("c/video", "no image");
  for (const char* path : {"c/jpeg.jpg", "c/junk.tif", "c/png", "c/pnm", "c/video"})
    std::filesystem::resize_file(folder / path, kLimit + 1);
  std::filesystem::resize_file(folder.write("c/just.ppm", tiny_image()), kLimit);
  ScanOptions options;
  options.max_pixels = 1000;
  const Catalog catalog = scan(folder.path(), options);
  const std::string reason = ": is 64.0 MiB large, and an image of max_pixels 1,000 needs at most 64.0 MiB";
  EXPECT_THAT(complaints(catalog),
              ElementsAre("c/jpeg.jpg" + reason, "c/junk.tif" + reason, "c/png" + reason, "c/pnm" + reason));
  EXPECT_THAT(paths(catalog), ElementsAre("c/just.ppm"));
  EXPECT_EQ(catalog.ignored.other, 1u);
}

TEST(Scan, CountsHiddenFilesAndDoesNotEnterHiddenFolders) {
  const TemporaryFolder folder;
  folder.write("c/a.ppm", tiny_image());
  folder.write("c/.b.ppm", tiny_image());
  folder.write("c/.cache/x.ppm", tiny_image());
  folder.write(".git/y.ppm", tiny_image());
  folder.write(".z.ppm", tiny_image());
  const Catalog catalog = scan(folder.path(), {});
  EXPECT_THAT(catalog.classes, ElementsAre("c"));
  EXPECT_THAT(paths(catalog), ElementsAre("c/a.ppm"));
  EXPECT_EQ(catalog.ignored.hidden, 4u);
}

TEST(Scan, LeavesOutWhatTheGlobsMatch) {
  const TemporaryFolder folder;
  for (const char* path : {"c/a.ppm", "c/a_mask.ppm", "c/old/b.ppm", "c/old/d.ppm", "c/raw/e.ppm",
                           "c/raw.ppm", "skipped/f.ppm", "stray.ppm", "c/masks.ppm/g.ppm"})
    folder.write(path, tiny_image());
  ScanOptions options;
  options.ignore = {"*_mask.ppm", "c/old", "raw/", "skipped", "/nowhere", "stray.*", "masks.*"};
  const Catalog catalog = scan(folder.path(), options);
  EXPECT_THAT(catalog.classes, ElementsAre("c"));
  EXPECT_THAT(paths(catalog), ElementsAre("c/a.ppm", "c/raw.ppm"));
  EXPECT_EQ(catalog.ignored.matched, 6u);
  EXPECT_THAT(list_class_names(folder.path(), options), ElementsAre("c"));
}

TEST(Scan, TakesAFolderForAFolderWhateverItsName) {
  const TemporaryFolder folder;
  folder.write("c.png/x.jpg/a.ppm", tiny_image());
  const Catalog catalog = scan(folder.path(), {});
  EXPECT_THAT(catalog.classes, ElementsAre("c.png"));
  EXPECT_THAT(paths(catalog), ElementsAre("c.png/x.jpg/a.ppm"));
}

TEST(Scan, NeverOpensFifosAndDevices) {
  const TemporaryFolder folder;
  folder.write("c/a.ppm", tiny_image());
  ASSERT_EQ(::mkfifo((folder / "c/pipe.jpg").c_str(), 0666), 0);
  ASSERT_EQ(::mkfifo((folder / "c/pipe").c_str(), 0666), 0);
  const Catalog catalog = scan(folder.path(), {});
  EXPECT_THAT(complaints(catalog), ElementsAre("c/pipe.jpg: is not a regular file"));
  EXPECT_EQ(catalog.ignored.other, 1u);
}

TEST(Scan, ReportsNamesThatAreNotUtf8) {
  const TemporaryFolder folder;
  folder.write("c/a\xFF.ppm", tiny_image());
  folder.write("c/b\xFF.txt", "text");
  folder.write("c/deep\xFE/x.ppm", tiny_image());
  folder.write("k\xFF/x.ppm", tiny_image());
  const Catalog catalog = scan(folder.path(), {});
  EXPECT_THAT(catalog.classes, ElementsAre("c"));
  EXPECT_THAT(complaints(catalog),
              ElementsAre("c/a\xFF.ppm: the name is not valid UTF-8",
                          "c/deep\xFE: the name is not valid UTF-8", "k\xFF: the name is not valid UTF-8"));
  EXPECT_EQ(catalog.ignored.other, 1u);
}

TEST(Scan, ReportsFilesAndFoldersThatMayNotBeRead) {
  const TemporaryFolder folder;
  folder.write("c/a.ppm", tiny_image());
  for (const char* path : {"c/secret.ppm", "c/secret.txt"})
    std::filesystem::permissions(folder.write(path, tiny_image()), std::filesystem::perms::none);
  for (const char* path : {"c/closed", "private"}) {
    folder.write(std::string(path) + "/x.ppm", tiny_image());
    std::filesystem::permissions(folder / path, std::filesystem::perms::none);
  }
  Catalog catalog;
  {
    const Unprivileged nobody;
    catalog = scan(folder.path(), {});
  }
  for (const char* path : {"c/closed", "private"})
    std::filesystem::permissions(folder / path, std::filesystem::perms::owner_all);
  EXPECT_THAT(catalog.classes, ElementsAre("c", "private"));
  EXPECT_THAT(paths(catalog), ElementsAre("c/a.ppm"));
  EXPECT_THAT(complaints(catalog), ElementsAre("c/closed: cannot be read: Permission denied",
                                               "c/secret.ppm: cannot be opened: Permission denied",
                                               "private: cannot be read: Permission denied"));
  EXPECT_EQ(catalog.ignored.other, 1u);
}

TEST(Scan, ReportsPathsThatAreTooLong) {
  const TemporaryFolder folder;
  folder.write("c/a.ppm", tiny_image());
  // The kernel takes no path of 4,096 bytes, so the depths are made step by step.
  const std::filesystem::path before = std::filesystem::current_path();
  const std::string name(250, 'd');
  std::filesystem::current_path(folder / "c");
  for (int depth = 0; depth < 20; ++depth) {
    std::filesystem::create_directory(name);
    std::filesystem::current_path(name);
  }
  std::filesystem::current_path(before);
  const Catalog catalog = scan(folder.path(), {});
  EXPECT_THAT(paths(catalog), ElementsAre("c/a.ppm"));
  ASSERT_EQ(catalog.bad.size(), 1u);
  EXPECT_EQ(catalog.bad[0].failure.reason, "cannot be read: File name too long");
}

// An output of a longer root could not hold them.
TEST(Scan, ReportsPathsThatLeaveNoRoomForTheOutputs) {
  const TemporaryFolder folder;
  std::string path = "c";
  for (int depth = 0; depth < 14; ++depth) path += "/" + std::string(199, 'd');
  const std::string just = path + "/" + std::string(3000 - 5 - path.size(), 'x') + ".ppm";
  folder.write(just, tiny_image());
  folder.write(path + "/" + std::string(3001 - 5 - path.size(), 'y') + ".ppm", tiny_image());
  const Catalog catalog = scan(folder.path(), {});
  EXPECT_THAT(paths(catalog), ElementsAre(just));
  ASSERT_EQ(catalog.bad.size(), 1u);
  EXPECT_EQ(catalog.bad[0].failure.reason, "its path has 3,001 bytes, more than 3,000");
}

// Nothing is mapped at address 0, so a read there is an I/O error, as of a share that is away.
TEST(Scan, StopsWhenTheMachineIsAtFault) {
  const TemporaryFolder folder;
  folder.write("c/a.ppm", tiny_image());
  std::filesystem::create_symlink("/proc/self/mem", folder / "c/b");
  try {
    scan(folder.path(), {.follow_file_links = true});
    FAIL() << "scanned it";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kFailed);
    EXPECT_EQ(error.what(), "cannot read '" + (folder / "c/b").string() +
                                "': Input/output error; look at the disk, or at the connection to it");
  }
}

std::string description(const Catalog& catalog) {
  std::string text;
  for (const std::string& name : catalog.classes) text += name + "\n";
  for (const Sample& sample : catalog.samples)
    text += sample.path + " " + std::to_string(sample.class_index) + " " +
            std::to_string(sample.header.stored.width) + " " + std::to_string(sample.misnamed) + "\n";
  for (const std::string& complaint : complaints(catalog)) text += complaint + "\n";
  const IgnoredCounts& ignored = catalog.ignored;
  for (const std::uint64_t count : {ignored.hidden, ignored.other, ignored.matched, ignored.links})
    text += std::to_string(count) + " ";
  return text;
}

// Enough files, folders and links for several tasks, made in this order.
void make_tree(const TemporaryFolder& folder, bool reversed) {
  std::vector<std::string> names;
  for (int i = 0; i < 300; ++i)
    names.push_back(std::to_string(i % 7) + "/" + std::to_string(i % 11) + "/" + std::to_string(i));
  if (reversed) std::reverse(names.begin(), names.end());
  for (const std::string& name : names) {
    folder.write(name + ".ppm", tiny_image(Format::kPnm, {static_cast<int>(name.size()), 1}));
    folder.write(name + ".png", "broken " + name);
    std::filesystem::create_directory_symlink("..", folder / (name + ".up"));
  }
}

TEST(Scan, DependsOnNeitherTheOrderOfCreationNorTheThreads) {
  const TemporaryFolder forwards, backwards;
  make_tree(forwards, false);
  make_tree(backwards, true);
  for (const bool follow : {false, true}) {
    ScanOptions options;
    options.follow_folder_links = follow;
    std::vector<std::string> results;
    for (const std::size_t threads : {1, 2, 4}) {
      const tbb::global_control control(tbb::global_control::max_allowed_parallelism, threads);
      for (const TemporaryFolder* folder : {&forwards, &backwards})
        results.push_back(description(scan(folder->path(), options)));
    }
    EXPECT_THAT(results, testing::Each(results.front()));
  }
}

}  // namespace
}  // namespace tenfold
