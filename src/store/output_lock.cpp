#include "tenfold/store/output_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <ctime>
#include <string>

#include "tenfold/base/error.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

std::string holder_text() {
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  std::array<char, 32> since{};
  std::strftime(since.data(), since.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return "process " + std::to_string(::getpid()) + " on " + host.data() + " since " + since.data();
}

std::string read_holder(int descriptor) {
  std::array<char, 512> text{};
  const ssize_t count = ::pread(descriptor, text.data(), text.size(), 0);
  return count > 0 ? escaped(std::string_view(text.data(), static_cast<std::size_t>(count))) : std::string();
}

bool names_this_file(const std::filesystem::path& path, int descriptor) {
  struct stat by_path {
  }, by_descriptor{};
  return ::stat(path.c_str(), &by_path) == 0 && ::fstat(descriptor, &by_descriptor) == 0 &&
         by_path.st_ino == by_descriptor.st_ino && by_path.st_dev == by_descriptor.st_dev;
}

std::filesystem::path lock_path(const std::filesystem::path& folder) { return folder / ".tenfold.lock"; }

// Closes `descriptor`, on which flock(2) failed with `error_number`.
[[noreturn]] void refuse_lock(const std::filesystem::path& folder, int descriptor, int error_number) {
  std::string holder = read_holder(descriptor);
  // Who has only just got it may not have written its name yet.
  for (int i = 0; i < 100 && holder.empty(); ++i, holder = read_holder(descriptor)) ::usleep(1000);
  if (holder.empty()) holder = "another process";
  ::close(descriptor);
  if (error_number != EWOULDBLOCK)
    throw system_error("cannot lock", lock_path(folder).string(), error_number);
  throw Error(ErrorKind::kLocked, "the output " + in_quotes(folder.string()) + " is in use by " + holder +
                                      "; wait until it is done, or choose another output");
}

}  // namespace

OutputLock::OutputLock(const std::filesystem::path& folder) : path_(lock_path(folder)) {
  constexpr int kTries = 20;  // for who only looks whether it is taken has it for a moment, too
  for (int tries = 0;; ++tries) {
    descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (descriptor_ < 0) throw system_error("cannot create", path_.string(), errno);
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK || tries >= kTries) refuse_lock(folder, descriptor_, errno);
      ::close(descriptor_);
      ::usleep(1000);
      continue;
    }
    if (names_this_file(path_, descriptor_)) break;
    ::close(descriptor_);  // its holder removed it between our open and our lock
  }
  const std::string holder = holder_text();
  if (::ftruncate(descriptor_, 0) == 0) {
    // The text is for people only: a lock without it locks as well.
    [[maybe_unused]] const ssize_t written = ::pwrite(descriptor_, holder.data(), holder.size(), 0);
  }
}

OutputLock::~OutputLock() {
  ::unlink(path_.c_str());
  ::close(descriptor_);
}

void refuse_if_in_use(const std::filesystem::path& folder) {
  const std::filesystem::path path = lock_path(folder);
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0 && (errno == ENOENT || errno == ENOTDIR)) return;
  if (descriptor < 0) throw system_error("cannot open", path.string(), errno);
  if (::flock(descriptor, LOCK_SH | LOCK_NB) != 0) refuse_lock(folder, descriptor, errno);
  ::close(descriptor);
}

}  // namespace tenfold
