// What the scan makes of files and folders that go away while it looks at them.

#include <dirent.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdarg>
#include <functional>
#include <mutex>

#include "dataset/tiny_images.h"
#include "support/temporary_folder.h"
#include "tenfold/base/error.h"
#include "tenfold/dataset/catalog.h"

namespace {

// Runs once, at the first call for `path`.
struct Interruption {
  std::filesystem::path path;
  std::function<void()> action;
};

std::mutex guard;
Interruption before_open, before_opendir, after_opendir;

void interrupt(Interruption& interruption, const char* path) {
  const std::lock_guard lock(guard);
  if (!interruption.action || interruption.path != path) return;
  std::exchange(interruption.action, nullptr)();
}

}  // namespace

// The linker leads the scan's calls here.
extern "C" {
int __real_open(const char* path, int flags, ...);
int __wrap_open(const char* path, int flags, ...);
DIR* __real_opendir(const char* path);
DIR* __wrap_opendir(const char* path);

int __wrap_open(const char* path, int flags, ...) {
  interrupt(before_open, path);
  std::va_list arguments;
  va_start(arguments, flags);
  const int mode = va_arg(arguments, int);
  va_end(arguments);
  return __real_open(path, flags, mode);
}

DIR* __wrap_opendir(const char* path) {
  interrupt(before_opendir, path);
  DIR* folder = __real_opendir(path);
  interrupt(after_opendir, path);
  return folder;
}
}

namespace tenfold {
namespace {

using test::TemporaryFolder;

class ScanVanishing : public testing::Test {
 protected:
  ScanVanishing() {
    folder_.write("data/c/a.ppm", tiny_image());
    folder_.write("data/c/b.ppm", tiny_image());
    folder_.write("data/k/notes.txt", "text");
    std::filesystem::create_directory(folder_ / "data/k/empty");
  }
  ~ScanVanishing() override { before_open = before_opendir = after_opendir = {}; }

  std::filesystem::path at(std::string_view name) const { return folder_ / name; }

  // What scan() ends with: its complaints, or the message of its Error.
  std::vector<std::string> outcome() const {
    try {
      const Catalog catalog = scan(at("data"), {});
      std::vector<std::string> lines;
      for (const BadFile& bad : catalog.bad) lines.push_back(bad.path + ": " + bad.failure.reason);
      return lines;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kFailed);
      return {error.what()};
    }
  }

  std::string vanished(std::string_view name) const {
    return "the folder '" + at(name).string() +
           "' vanished or was replaced while it was scanned; repeat this when it is there to stay";
  }

  TemporaryFolder folder_;
};

TEST_F(ScanVanishing, OfAFileMakesItBad) {
  before_open = {at("data/c/b.ppm"), [&] { std::filesystem::remove(at("data/c/b.ppm")); }};
  EXPECT_THAT(outcome(), testing::ElementsAre("c/b.ppm: vanished during the scan"));
}

TEST_F(ScanVanishing, OfWhatMayHaveBeenNoImageIsOfNoConcern) {
  before_open = {at("data/k/notes.txt"), [&] { std::filesystem::remove(at("data/k/notes.txt")); }};
  EXPECT_THAT(outcome(), testing::IsEmpty());
}

TEST_F(ScanVanishing, OfAFilesFolderStopsTheScan) {
  before_open = {at("data/c/b.ppm"), [&] { std::filesystem::rename(at("data/c"), at("away")); }};
  EXPECT_THAT(outcome(), testing::ElementsAre(vanished("data/c")));
}

TEST_F(ScanVanishing, OfWhatWasMountedOnAFolderStopsTheScan) {
  before_open = {at("data/k/notes.txt"), [&] {
                   std::filesystem::rename(at("data/k"), at("away"));
                   std::filesystem::create_directory(at("data/k"));
                 }};
  EXPECT_THAT(outcome(), testing::ElementsAre(vanished("data/k")));
}

TEST_F(ScanVanishing, OfTheRootStopsTheScan) {
  before_open = {at("data/c/b.ppm"), [&] { std::filesystem::rename(at("data"), at("away")); }};
  EXPECT_THAT(outcome(), testing::ElementsAre(vanished("data")));
}

TEST_F(ScanVanishing, OfTheRootIsNoticedThoughAnotherTookItsPlace) {
  before_open = {at("data/c/b.ppm"), [&] {
                   std::filesystem::rename(at("data"), at("away"));
                   std::filesystem::copy(at("away"), at("data"), std::filesystem::copy_options::recursive);
                 }};
  EXPECT_THAT(outcome(), testing::ElementsAre(vanished("data")));
}

TEST_F(ScanVanishing, OfAFolderThatWasListedStopsTheScan) {
  before_opendir = {at("data/k/empty"), [&] { std::filesystem::remove(at("data/k/empty")); }};
  EXPECT_THAT(outcome(), testing::ElementsAre(vanished("data/k/empty")));
}

TEST_F(ScanVanishing, OfAFolderWhileItIsListedStopsTheScan) {
  after_opendir = {at("data/k/empty"), [&] { std::filesystem::remove(at("data/k/empty")); }};
  EXPECT_THAT(outcome(), testing::ElementsAre(vanished("data/k/empty")));
}

TEST_F(ScanVanishing, OfAClassStopsTheScan) {
  before_opendir = {at("data/c"), [&] { std::filesystem::remove_all(at("data/c")); }};
  EXPECT_THAT(outcome(), testing::ElementsAre(vanished("data/c")));
}

}  // namespace
}  // namespace tenfold
