#include "original.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <system_error>

#include "tenfold/base/atomic_file.h"
#include "tenfold/base/error.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

// Renames what lies at the temporary path into place.
void commit(const fs::path& temporary, const fs::path& target) {
  if (::rename(temporary.c_str(), target.c_str()) == 0) return;
  const int error_number = errno;
  ::unlink(temporary.c_str());
  throw system_error("cannot write", target.string(), error_number);
}

// Shares the source's blocks with a new file; false where the file system cannot.
bool cloned(const fs::path& source, const fs::path& target) {
  static std::atomic<bool> hopeless =
      false;                   // one refusal speaks for the whole file system, and a wrong guess
  if (hopeless) return false;  // costs a plain copy
  const fs::path temporary = temporary_path(target);
  ::unlink(temporary.c_str());
  const int from = ::open(source.c_str(), O_RDONLY | O_CLOEXEC);
  const int to = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  const bool done = from >= 0 && to >= 0 && ::ioctl(to, FICLONE, from) == 0;
  if (from >= 0) ::close(from);
  if (to >= 0) ::close(to);
  if (done) {
    commit(temporary, target);
  } else {
    hopeless = true;
    ::unlink(temporary.c_str());
  }
  return done;
}

// Returns 0 or errno.
int linked(const fs::path& source, const fs::path& target, Originals how) {
  const fs::path temporary = temporary_path(target);
  ::unlink(temporary.c_str());
  std::error_code error;
  const fs::path real = fs::canonical(source, error);
  if (error) return error.value();
  int result = 0;
  if (how == Originals::kHardlink) {
    result = ::link(real.c_str(), temporary.c_str());
  } else {
    const fs::path relative = real.lexically_relative(fs::canonical(target.parent_path(), error));
    result = ::symlink(relative.c_str(), temporary.c_str());
  }
  if (result != 0) return errno;
  commit(temporary, target);
  // Two links to one file: rename(2) does nothing then, and leaves the temporary one.
  ::unlink(temporary.c_str());
  return 0;
}

}  // namespace

std::optional<std::string> place_original(const std::optional<fs::path>& source,
                                          std::span<const std::uint8_t> bytes, const fs::path& target,
                                          Originals how) {
  std::optional<std::string> note;
  if (how != Originals::kCopy && !source) {
    note = "originals lie in an archive, so they are copied and not linked";
  } else if (how == Originals::kHardlink || how == Originals::kSymlink) {
    const int error_number = linked(*source, target, how);
    if (error_number == 0) return std::nullopt;
    note = std::string(how == Originals::kHardlink ? "hard" : "symbolic") + " links cannot be made here (" +
           std::generic_category().message(error_number) + "), so originals are copied";
  }
  if (!source || !cloned(*source, target)) write_atomically(target, bytes);
  return note;
}

bool lies_as_wanted(const std::optional<fs::path>& source, const fs::path& target, Originals how) {
  struct stat there {
  }, wanted{};
  if (::lstat(target.c_str(), &there) != 0) return false;
  if (!source) return S_ISREG(there.st_mode);
  if (::stat(source->c_str(), &wanted) != 0) return false;
  if (S_ISLNK(there.st_mode)) return how == Originals::kSymlink;
  if (there.st_dev == wanted.st_dev && there.st_ino == wanted.st_ino) return how == Originals::kHardlink;
  return how == Originals::kCopy || (how == Originals::kHardlink && there.st_dev != wanted.st_dev);
}

}  // namespace tenfold
