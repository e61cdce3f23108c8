#include "tenfold/base/file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "support/limits.h"
#include "support/temporary_folder.h"
#include "tenfold/base/error.h"

namespace tenfold {
namespace {

using test::TemporaryFolder;
using test::Unprivileged;

std::string text_of(const Bytes& bytes) { return std::string(bytes.begin(), bytes.end()); }

std::string reason_to_refuse(const std::filesystem::path& path) {
  const Outcome<InputFile> file = InputFile::open(path);
  if (file) return "opened";
  EXPECT_EQ(file.error().stage, Stage::kRead);
  return file.error().reason;
}

TEST(InputFile, ReadsAtAnyOffset) {
  const TemporaryFolder folder;
  const Outcome<InputFile> file = InputFile::open(folder.write("a", "0123456789"));
  ASSERT_TRUE(file);
  EXPECT_EQ(file->size(), 10u);
  Bytes buffer(4);
  EXPECT_EQ(file->read_at(3, buffer), 4u);
  EXPECT_EQ(text_of(buffer), "3456");
  EXPECT_EQ(text_of(file->read_all()), "0123456789");
}

TEST(InputFile, ReadsFewerBytesOnlyAtTheEnd) {
  const TemporaryFolder folder;
  const Outcome<InputFile> file = InputFile::open(folder.write("a", "0123456789"));
  ASSERT_TRUE(file);
  Bytes buffer(4);
  EXPECT_EQ(file->read_at(8, buffer), 2u);
  EXPECT_EQ(file->read_at(10, buffer), 0u);
  EXPECT_EQ(file->read_at(1'000'000, buffer), 0u);
  EXPECT_EQ(file->read_at(0, {}), 0u);
}

TEST(InputFile, KnowsWhenTheFileWasModified) {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder.write("a", "x");
  const timespec times[2] = {{1, 0}, {1'700'000'000, 123'456'789}};
  ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
  EXPECT_EQ(InputFile::open(path)->modified_ns(), 1'700'000'000'123'456'789);
}

TEST(InputFile, MovesWithItsDescriptor) {
  const TemporaryFolder folder;
  Outcome<InputFile> first = InputFile::open(folder.write("a", "first"));
  Outcome<InputFile> second = InputFile::open(folder.write("b", "second"));
  ASSERT_TRUE(first && second);
  *first = std::move(*second);
  EXPECT_EQ(text_of(first->read_all()), "second");
  const InputFile moved = std::move(*first);
  EXPECT_EQ(text_of(moved.read_all()), "second");
}

TEST(InputFile, RefusesAMissingFile) {
  const TemporaryFolder folder;
  EXPECT_EQ(reason_to_refuse(folder / "none"), "cannot be opened: No such file or directory");
}

TEST(InputFile, RefusesAFolder) {
  const TemporaryFolder folder;
  EXPECT_EQ(reason_to_refuse(folder.path()), "is not a regular file");
}

// Without O_NONBLOCK this test would wait for a writer for ever.
TEST(InputFile, RefusesAFifoAtOnce) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "fifo").c_str(), 0666), 0);
  EXPECT_EQ(reason_to_refuse(folder / "fifo"), "is not a regular file");
}

TEST(InputFile, RefusesASocketAndADevice) {
  const TemporaryFolder folder;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, (folder / "socket").c_str(), sizeof address.sun_path - 1);
  const int listener = ::socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(reason_to_refuse(folder / "socket"), "cannot be opened: No such device or address");
  EXPECT_EQ(reason_to_refuse("/dev/null"), "is not a regular file");
  ::close(listener);
}

TEST(InputFile, RefusesALoopOfLinks) {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("loop", folder / "loop");
  EXPECT_EQ(reason_to_refuse(folder / "loop"), "cannot be opened: Too many levels of symbolic links");
}

TEST(InputFile, RefusesAFileThatMayNotBeRead) {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder.write("secret", "x");
  std::filesystem::permissions(path, std::filesystem::perms::none);
  const Unprivileged nobody;
  EXPECT_EQ(reason_to_refuse(path), "cannot be opened: Permission denied");
}

// Nothing is mapped at address 0, so a read there is an I/O error.
TEST(InputFile, ThrowsWhenTheMachineIsAtFault) {
  const Outcome<InputFile> file = InputFile::open("/proc/self/mem");
  ASSERT_TRUE(file);
  std::array<std::uint8_t, 4> buffer;
  try {
    file->read_at(0, buffer);
    FAIL() << "read it";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kFailed);
    EXPECT_STREQ(
        error.what(),
        "cannot read '/proc/self/mem': Input/output error; look at the disk, or at the connection to it");
  }
}

TEST(ReadFile, ReadsAnEmptyFileAndReportsAMissingOne) {
  const TemporaryFolder folder;
  EXPECT_EQ(read_file(folder.write("empty", "")), Bytes());
  EXPECT_EQ(read_file(folder / "none"), failure(Stage::kRead, "cannot be opened: No such file or directory"));
}

TEST(File, TellsTheFilesFaultFromTheMachines) {
  for (const int error_number : {EACCES, EPERM, ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG})
    EXPECT_TRUE(is_files_fault(error_number)) << std::strerror(error_number);
  for (const int error_number : {EIO, ESTALE, EMFILE, ENFILE, ENOMEM, EINTR, ETIMEDOUT, EHOSTDOWN, 0})
    EXPECT_FALSE(is_files_fault(error_number)) << std::strerror(error_number);
}

}  // namespace
}  // namespace tenfold
