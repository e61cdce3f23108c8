#include "tenfold/base/atomic_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "tenfold/base/error.h"
#include "tenfold/base/hash.h"

namespace tenfold {

std::filesystem::path temporary_path(const std::filesystem::path& path) {
  char name[48];
  std::snprintf(name, sizeof name, ".tenfold-%016llx.part",
                static_cast<unsigned long long>(hash64(path.filename().string())));
  return path.parent_path() / name;
}

namespace {

// Returns 0 or errno.
int write_all(int descriptor, std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return 0;
}

}  // namespace

void write_atomically(const std::filesystem::path& path, std::span<const std::uint8_t> bytes) {
  const std::filesystem::path temporary = temporary_path(path);
  const int descriptor =
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (descriptor < 0) throw system_error("cannot create", temporary.string(), errno);
  int error_number = write_all(descriptor, bytes);
  if (::close(descriptor) != 0 && error_number == 0) error_number = errno;
  if (error_number == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) error_number = errno;
  if (error_number == 0) return;
  ::unlink(temporary.c_str());
  throw system_error("cannot write", path.string(), error_number);
}

void write_atomically(const std::filesystem::path& path, std::string_view text) {
  write_atomically(path, std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

}  // namespace tenfold
