#include "tenfold/base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "tenfold/base/error.h"

namespace tenfold {
namespace {

std::int64_t modified_ns_of(const struct stat& status) {
  return std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec;
}

}  // namespace

bool is_files_fault(int error_number) {
  switch (error_number) {
    case EACCES:
    case EPERM:
    case ENOENT:
    case ENOTDIR:
    case ELOOP:
    case ENAMETOOLONG:
    case EISDIR:
    case ENXIO:
    case ENODEV:
    case EOVERFLOW:
      return true;
    default:
      return false;
  }
}

InputFile::InputFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}

InputFile::InputFile(InputFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      whole_size_(other.whole_size_),
      start_(other.start_),
      size_(other.size_),
      modified_ns_(other.modified_ns_),
      path_(std::move(other.path_)) {}

InputFile& InputFile::operator=(InputFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(whole_size_, other.whole_size_);
  std::swap(start_, other.start_);
  std::swap(size_, other.size_);
  std::swap(modified_ns_, other.modified_ns_);
  std::swap(path_, other.path_);
  return *this;
}

InputFile::~InputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Outcome<InputFile> InputFile::open(const std::filesystem::path& path) {
  // O_NONBLOCK: opening a FIFO must not wait for a writer. It means nothing to regular files.
  int descriptor = -1;
  do descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  while (descriptor < 0 && errno == EINTR);  // network file systems may be interrupted here
  if (descriptor < 0) {
    const int error_number = errno;
    if (!is_files_fault(error_number)) throw system_error("cannot open", path.string(), error_number);
    return failure(Stage::kRead, "cannot be opened: " + std::generic_category().message(error_number));
  }
  InputFile file(descriptor, path.string());
  const struct stat status = file.status();
  if (!S_ISREG(status.st_mode)) return failure(Stage::kRead, "is not a regular file");
  file.whole_size_ = file.size_ = static_cast<std::uint64_t>(status.st_size);
  file.modified_ns_ = modified_ns_of(status);
  return file;
}

struct stat InputFile::status() const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) throw system_error("cannot examine", path_, errno);
  return status;
}

bool InputFile::has_changed() const {
  const struct stat now = status();
  return static_cast<std::uint64_t>(now.st_size) != whole_size_ || modified_ns_of(now) != modified_ns_;
}

void InputFile::narrow_to(std::uint64_t offset, std::uint64_t size) {
  start_ += offset;
  size_ = size;
}

std::size_t InputFile::read_at(std::uint64_t offset, std::span<std::uint8_t> buffer) const {
  // A whole file may have grown.
  if (size_ != whole_size_)
    buffer = buffer.first(std::min<std::uint64_t>(buffer.size(), size_ - std::min(size_, offset)));
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    const ssize_t count = ::pread(descriptor_, buffer.data() + filled, buffer.size() - filled,
                                  static_cast<off_t>(start_ + offset + filled));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw system_error("cannot read", path_, errno);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  return filled;
}

Bytes InputFile::read_all() const {
  Bytes bytes(size_);
  bytes.resize(read_at(0, bytes));
  return bytes;
}

Outcome<Bytes> read_file(const std::filesystem::path& path) {
  return InputFile::open(path).map([](const InputFile& file) { return file.read_all(); });
}

}  // namespace tenfold
