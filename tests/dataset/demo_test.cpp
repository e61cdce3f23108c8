#include "tenfold/dataset/demo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "support/limits.h"
#include "support/temporary_folder.h"
#include "tenfold/base/error.h"
#include "tenfold/base/hash.h"
#include "tenfold/dataset/catalog.h"
#include "tenfold/image/codec.h"

namespace tenfold {
namespace {

using test::TemporaryFolder;
using test::Unprivileged;

// The demo dataset, drawn once for all tests.
const std::filesystem::path& demo_folder() {
  static const TemporaryFolder folder;
  static const std::filesystem::path path = [] {
    write_demo(folder / "new/demo");
    return folder / "new/demo";
  }();
  return path;
}

std::string complaint(const std::filesystem::path& folder) {
  try {
    write_demo(folder);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    return error.what();
  }
  return "written";
}

std::map<std::string, Hash128> hashes_in(const std::filesystem::path& folder) {
  std::map<std::string, Hash128> hashes;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file())
      hashes[entry.path().lexically_relative(folder).string()] = hash128(read_file(entry.path()).value());
  return hashes;
}

TEST(Demo, HoldsTheClassesItPromises) {
  const Catalog catalog = scan(demo_folder(), {});
  EXPECT_THAT(catalog.bad, testing::IsEmpty());
  std::map<std::string, int> expected, found;
  for (const DemoClass& demo_class : demo_classes()) expected[demo_class.name] = demo_class.images;
  for (const Sample& sample : catalog.samples) {
    ++found[catalog.classes[sample.class_index]];
    EXPECT_FALSE(sample.misnamed) << sample.path;
  }
  EXPECT_EQ(found, expected);
  EXPECT_EQ(expected,
            (std::map<std::string, int>{{"priority", 12}, {"stop", 60}, {"turn_left", 4}, {"yield", 25}}));
}

TEST(Demo, VariesSizesAndFormats) {
  std::set<std::pair<int, int>> sizes;
  std::map<Format, int> formats;
  const Catalog catalog = scan(demo_folder(), {});
  for (const Sample& sample : catalog.samples) {
    const cv::Size size = sample.header.stored;
    EXPECT_TRUE(std::min(size.width, size.height) >= 96 && std::max(size.width, size.height) <= 192) << size;
    sizes.emplace(size.width, size.height);
    ++formats[sample.header.format];
  }
  EXPECT_GT(sizes.size(), 30u);
  EXPECT_EQ(formats, (std::map<Format, int>{{Format::kJpeg, 84}, {Format::kPng, 17}}));
}

TEST(Demo, HoldsPicturesThatDecodeAndDiffer) {
  for (const Sample& sample : scan(demo_folder(), {}).samples) {
    const Outcome<DecodedImage> image = decode(read_file(demo_folder() / sample.path).value(), sample.header);
    ASSERT_TRUE(image) << sample.path << ": " << image.error().reason;
    EXPECT_EQ(image->pixels.type(), CV_8UC3);
    cv::Scalar mean, deviation;
    cv::meanStdDev(image->pixels, mean, deviation);
    EXPECT_GT(deviation[0] + deviation[1] + deviation[2], 30) << sample.path;
  }
  std::set<Hash128> contents;
  for (const auto& [path, hash] : hashes_in(demo_folder())) contents.insert(hash);
  EXPECT_EQ(contents.size(), 101u);
}

TEST(Demo, IsTheSameOnEveryCall) {
  const TemporaryFolder folder;  // exists and is empty: allowed
  write_demo(folder.path());
  EXPECT_EQ(hashes_in(folder.path()), hashes_in(demo_folder()));
}

TEST(Demo, RefusesAFolderThatHoldsSomething) {
  const TemporaryFolder folder;
  folder.write("full/.hidden", "");
  EXPECT_EQ(complaint(folder / "full"), "the folder '" + (folder / "full").string() +
                                            "' is not empty; the demo dataset needs a folder of its own");
  EXPECT_THAT(hashes_in(folder / "full"), testing::SizeIs(1));
}

TEST(Demo, RefusesAFile) {
  const TemporaryFolder folder;
  const std::string file = folder.write("file", "").string();
  EXPECT_EQ(complaint(file), "'" + file + "' is not a folder");
}

TEST(Demo, FailsWhereItCannotWrite) {
  const TemporaryFolder folder;
  std::filesystem::permissions(folder.path(), std::filesystem::perms{0555});
  const Unprivileged nobody;
  try {
    write_demo(folder / "demo");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kFailed);
    EXPECT_EQ(error.what(), "cannot create the folder '" + (folder / "demo").string() +
                                "': Permission denied; look at its permissions and those of its folder");
  }
}

}  // namespace
}  // namespace tenfold
