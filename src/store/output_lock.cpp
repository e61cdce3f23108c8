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
#include "tenfold/store/run_shard_files.h"

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

std::filesystem::path lock_path(const std::filesystem::path& folder, const RunShard& shard) {
  return folder / lock_name(shard);
}

// The words of whoever has the lock of this open file; none where they are too new to have written them.
std::string wait_for_holder(int descriptor) {
  std::string holder = read_holder(descriptor);
  for (int i = 0; i < 100 && holder.empty(); ++i, holder = read_holder(descriptor)) ::usleep(1000);
  return holder;
}

// Whether an exclusive lock is on the file, and by whom; holds nothing.
std::optional<std::string> holder_of(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0 && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  if (descriptor < 0) throw system_error("cannot open", path.string(), errno);
  std::optional<std::string> holder;
  const int error_number = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 ? errno : 0;
  if (error_number == EWOULDBLOCK) holder = wait_for_holder(descriptor);
  ::close(descriptor);
  if (error_number != 0 && error_number != EWOULDBLOCK)
    throw system_error("cannot lock", path.string(), error_number);
  return holder;
}

// The first shard that is at work, in words.
std::optional<std::string> working_shard(const std::filesystem::path& folder) {
  for (const RunShard& shard : run_shards_with_lock(folder))
    if (auto holder = holder_of(lock_path(folder, shard))) return holder;
  return std::nullopt;
}

[[noreturn]] void refuse(const std::filesystem::path& folder, const std::string& holder) {
  throw Error(ErrorKind::kLocked, "the output " + in_quotes(folder.string()) + " is in use by " +
                                      (holder.empty() ? "another process" : holder) +
                                      "; wait until it is done, or choose another output");
}

// Closes `descriptor`, on which flock(2) failed with `error_number`.
[[noreturn]] void refuse_lock(const std::filesystem::path& folder, const std::filesystem::path& path,
                              int descriptor, int error_number) {
  std::string holder = read_holder(descriptor);
  // Shards write no words into the file that they share.
  if (holder.empty()) holder = working_shard(folder).value_or("");
  if (holder.empty()) holder = wait_for_holder(descriptor);
  ::close(descriptor);
  if (error_number != EWOULDBLOCK) throw system_error("cannot lock", path.string(), error_number);
  refuse(folder, holder);
}

}  // namespace

OutputLock::File::File(const std::filesystem::path& folder, std::filesystem::path path,
                       const std::optional<std::string>& holder)
    : path_(std::move(path)), shared_(!holder) {
  constexpr int kTries = 20;  // for who only looks whether it is taken has it for a moment, too
  for (int tries = 0;; ++tries) {
    descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (descriptor_ < 0) throw system_error("cannot create", path_.string(), errno);
    if (::flock(descriptor_, (shared_ ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK || tries >= kTries) refuse_lock(folder, path_, descriptor_, errno);
      ::close(descriptor_);
      ::usleep(1000);
      continue;
    }
    if (names_this_file(path_, descriptor_)) break;
    ::close(descriptor_);  // its holder removed it between our open and our lock
  }
  const std::string words = holder.value_or("");
  if (::ftruncate(descriptor_, 0) == 0) {
    // The text is for people only: a lock without it locks as well.
    [[maybe_unused]] const ssize_t written = ::pwrite(descriptor_, words.data(), words.size(), 0);
  }
}

OutputLock::File::~File() {
  // Who shares it removes it only if nobody else does, and if it is still this one.
  const bool alone = !shared_ || ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
  if (alone && names_this_file(path_, descriptor_)) ::unlink(path_.c_str());
  ::close(descriptor_);
}

OutputLock::OutputLock(const std::filesystem::path& folder, const std::optional<RunShard>& shard)
    : of_folder_(folder, lock_path(folder), shard ? std::nullopt : std::optional(holder_text())) {
  if (shard)
    of_shard_.emplace(folder, lock_path(folder, *shard), "shard " + in_words(*shard) + ", " + holder_text());
}

OutputLock::~OutputLock() = default;

void refuse_if_in_use(const std::filesystem::path& folder, const std::optional<RunShard>& shard) {
  if (const auto holder = holder_of(lock_path(folder))) refuse(folder, *holder);
  if (!shard) {
    if (const auto working = working_shard(folder)) refuse(folder, *working);
  } else if (const auto working = holder_of(lock_path(folder, *shard))) {
    refuse(folder, *working);
  }
}

}  // namespace tenfold
