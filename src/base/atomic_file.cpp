#include "tenfold/base/atomic_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "tenfold/base/error.h"
#include "tenfold/base/hash.h"

namespace tenfold {

std::filesystem::path temporary_path(const std::filesystem::path& path) {
  char name[48];
  std::snprintf(name, sizeof name, ".tenfold-%016llx.part",
                static_cast<unsigned long long>(hash64(path.filename().string())));
  return path.parent_path() / name;
}

bool is_temporary_name(std::string_view name) {
  return name.starts_with(".tenfold-") && name.ends_with(".part");
}

AtomicFile::AtomicFile(std::filesystem::path path)
    : path_(std::move(path)), temporary_(temporary_path(path_)) {
  // Never opened if it is there: what a crash left may be a link to a file that is not ours.
  const auto create = [&] {
    return ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  };
  descriptor_ = create();
  if (descriptor_ < 0 && errno == EEXIST && ::unlink(temporary_.c_str()) == 0) descriptor_ = create();
  if (descriptor_ < 0) throw system_error("cannot create", temporary_.string(), errno);
}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void AtomicFile::write(std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw system_error("cannot write", path_.string(), errno);
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
}

void AtomicFile::write(std::string_view text) {
  write(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

void AtomicFile::commit() {
  if (::close(std::exchange(descriptor_, -1)) != 0 || ::rename(temporary_.c_str(), path_.c_str()) != 0)
    throw system_error("cannot write", path_.string(), errno);
  temporary_.clear();
}

void sync_file_system(int descriptor, const std::filesystem::path& path) {
  if (::syncfs(descriptor) != 0) throw system_error("cannot write to the disk of", path.string(), errno);
}

void write_atomically(const std::filesystem::path& path, std::span<const std::uint8_t> bytes) {
  AtomicFile file(path);
  file.write(bytes);
  file.commit();
}

void write_atomically(const std::filesystem::path& path, std::string_view text) {
  AtomicFile file(path);
  file.write(text);
  file.commit();
}

}  // namespace tenfold
