#include "tenfold/base/atomic_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/limits.h"
#include "support/temporary_folder.h"
#include "tenfold/base/error.h"
#include "tenfold/base/file.h"

namespace tenfold {
namespace {

using test::FileSizeLimit;
using test::TemporaryFolder;
using test::Unprivileged;

using testing::UnorderedElementsAre;

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    names.push_back(entry.path().filename().string());
  return names;
}

std::string text_of(const std::filesystem::path& path) {
  const Bytes bytes = read_file(path).value();
  return std::string(bytes.begin(), bytes.end());
}

// The message of the Error that writing to `path` ends with.
std::string complaint(const std::filesystem::path& path, std::string_view text) {
  try {
    write_atomically(path, text);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kFailed);
    return error.what();
  }
  return "written";
}

TEST(AtomicFile, WritesAndReplaces) {
  const TemporaryFolder folder;
  write_atomically(folder / "a.txt", "one");
  EXPECT_EQ(text_of(folder / "a.txt"), "one");
  write_atomically(folder / "a.txt", "");
  EXPECT_EQ(text_of(folder / "a.txt"), "");
  write_atomically(folder / "a.txt", Bytes{'t', 'w', 'o'});
  EXPECT_EQ(text_of(folder / "a.txt"), "two");
  EXPECT_THAT(names_in(folder.path()), UnorderedElementsAre("a.txt"));
}

TEST(AtomicFile, ReplacesALinkAndNotWhatItLeadsTo) {
  const TemporaryFolder folder;
  folder.write("theirs", "precious");
  std::filesystem::create_symlink("theirs", folder / "ours");
  write_atomically(folder / "ours", "new");
  EXPECT_EQ(text_of(folder / "theirs"), "precious");
  EXPECT_FALSE(std::filesystem::is_symlink(folder / "ours"));
}

TEST(AtomicFile, WritesOverWhatACrashLeft) {
  const TemporaryFolder folder;
  folder.write(temporary_path("a.txt").string(), "a long remainder of an earlier run");
  write_atomically(folder / "a.txt", "new");
  EXPECT_EQ(text_of(folder / "a.txt"), "new");
  EXPECT_THAT(names_in(folder.path()), UnorderedElementsAre("a.txt"));
}

TEST(AtomicFile, LeavesNothingWhereTheTargetIsAFolder) {
  const TemporaryFolder folder;
  folder.write("target/kept", "x");
  EXPECT_EQ(complaint(folder / "target", "new"),
            "cannot write '" + (folder / "target").string() + "': Is a directory");
  EXPECT_THAT(names_in(folder.path()), UnorderedElementsAre("target"));
  EXPECT_EQ(text_of(folder / "target/kept"), "x");
}

// What a full disk does, without one: the kernel refuses the write.
TEST(AtomicFile, KeepsTheOldFileWhenTheDiskIsFull) {
  const TemporaryFolder folder;
  write_atomically(folder / "a.txt", "old");
  std::string message;
  {
    const FileSizeLimit limit(1000);
    message = complaint(folder / "a.txt", std::string(5000, 'x'));
  }
  EXPECT_EQ(message, "cannot write '" + (folder / "a.txt").string() +
                         "': File too large; allow larger files (ulimit -f)");
  EXPECT_EQ(text_of(folder / "a.txt"), "old");
  EXPECT_THAT(names_in(folder.path()), UnorderedElementsAre("a.txt"));
}

TEST(AtomicFile, SaysWhatItCannotCreate) {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder / "none/a.txt";
  EXPECT_EQ(complaint(path, "x"),
            "cannot create '" + temporary_path(path).string() + "': No such file or directory");
}

TEST(AtomicFile, FailsInAFolderThatMayNotBeWritten) {
  const TemporaryFolder folder;
  std::filesystem::permissions(folder.path(), std::filesystem::perms{0555});
  const Unprivileged nobody;
  EXPECT_EQ(complaint(folder / "a", "x"),
            "cannot create '" + temporary_path(folder / "a").string() +
                "': Permission denied; look at its permissions and those of its folder");
}

// Hidden and without an image's extension: no loader takes it for an image.
TEST(AtomicFile, NamesItsTemporaryAfterTheTarget) {
  EXPECT_EQ(temporary_path("x/a.jpg"), temporary_path("x/a.jpg"));
  EXPECT_NE(temporary_path("x/a.jpg"), temporary_path("x/b.jpg"));
  EXPECT_EQ(temporary_path("x/a.jpg").parent_path(), "x");
  EXPECT_THAT(temporary_path(std::string(255, 'a')).string(),
              testing::MatchesRegex("\\.tenfold-[0-9a-f]{16}\\.part"));
}

}  // namespace
}  // namespace tenfold
