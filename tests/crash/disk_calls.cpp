// The wrapped calls. Each asks for interference, makes the real call and tells the recorder.

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>

#include "crash/recorder.h"

namespace tenfold::test {
namespace {

// The error number with which a call shall fail; 0 lets it pass.
int interference(std::string_view call, const std::string& path) {
  Disk* disk = current_disk();
  return disk != nullptr && disk->interfere ? disk->interfere(call, path) : 0;
}

std::string path_of(int descriptor) {
  Disk* disk = current_disk();
  if (disk == nullptr) return {};
  const std::lock_guard lock(disk->recorder().mutex_);
  const auto found = disk->recorder().paths_.find(descriptor);
  return found != disk->recorder().paths_.end() ? found->second : std::string();
}

// Makes the call and tells the recorder what came of it, in one piece, so that the order of events is the
// real one.
template <typename Call, typename Tell>
auto made(Call&& call, Tell&& tell) {
  Disk* disk = current_disk();
  if (disk == nullptr) return call();
  const std::lock_guard lock(disk->recorder().mutex_);
  const auto result = call();
  const int error_number = errno;
  if (result >= 0) tell(disk->recorder(), result);
  errno = error_number;
  return result;
}

}  // namespace
}  // namespace tenfold::test

using tenfold::test::Event;
using tenfold::test::interference;
using tenfold::test::made;
using tenfold::test::path_of;
using Recorder = tenfold::test::Disk::Recorder;

namespace {

bool fails(std::string_view call, const std::string& path) {
  const int error_number = interference(call, path);
  if (error_number != 0) errno = error_number;
  return error_number != 0;
}

}  // namespace

extern "C" {

int __real_open(const char*, int, ...);
ssize_t __real_write(int, const void*, size_t);
ssize_t __real_pread(int, void*, size_t, off_t);
int __real_ftruncate(int, off_t);
int __real_close(int);
int __real_rename(const char*, const char*);
int __real_unlink(const char*);
int __real_mkdir(const char*, mode_t);
int __real_rmdir(const char*);
int __real_link(const char*, const char*);
int __real_symlink(const char*, const char*);
DIR* __real_opendir(const char*);
dirent* __real_readdir(DIR*);

int __wrap_open(const char*, int, ...);
ssize_t __wrap_write(int, const void*, size_t);
ssize_t __wrap_pread(int, void*, size_t, off_t);
int __wrap_ftruncate(int, off_t);
int __wrap_close(int);
int __wrap_rename(const char*, const char*);
int __wrap_unlink(const char*);
int __wrap_mkdir(const char*, mode_t);
int __wrap_rmdir(const char*);
int __wrap_link(const char*, const char*);
int __wrap_symlink(const char*, const char*);
int __wrap_fdatasync(int);
int __wrap_syncfs(int);
int __wrap_ioctl(int, unsigned long, ...);
DIR* __wrap_opendir(const char*);
dirent* __wrap_readdir(DIR*);

int __wrap_open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  if (fails("open", path)) return -1;
  return made([&] { return __real_open(path, flags, mode); },
              [&](Recorder& recorder, int descriptor) { recorder.opened(path, flags, descriptor); });
}

ssize_t __wrap_write(int descriptor, const void* bytes, size_t count) {
  if (fails("write", path_of(descriptor))) return -1;
  return made([&] { return __real_write(descriptor, bytes, count); },
              [&](Recorder& recorder, ssize_t written) {
                recorder.changed(descriptor, {.kind = Event::Kind::kWrite,
                                              .bytes = std::string(static_cast<const char*>(bytes),
                                                                   static_cast<std::size_t>(written))});
              });
}

ssize_t __wrap_pread(int descriptor, void* buffer, size_t count, off_t offset) {
  if (fails("pread", path_of(descriptor))) return -1;
  return __real_pread(descriptor, buffer, count, offset);
}

int __wrap_ftruncate(int descriptor, off_t length) {
  return made([&] { return __real_ftruncate(descriptor, length); },
              [&](Recorder& recorder, int) {
                recorder.changed(
                    descriptor, {.kind = Event::Kind::kTruncate, .length = static_cast<std::size_t>(length)});
              });
}

int __wrap_close(int descriptor) {
  if (fails("close", path_of(descriptor))) return -1;
  return made([&] { return __real_close(descriptor); },
              [&](Recorder& recorder, int) { recorder.closed(descriptor); });
}

int __wrap_rename(const char* from, const char* to) {
  if (fails("rename", to)) return -1;
  return made([&] { return __real_rename(from, to); },
              [&](Recorder& recorder, int) { recorder.moved(from, to); });
}

int __wrap_unlink(const char* path) {
  if (fails("unlink", path)) return -1;
  return made([&] { return __real_unlink(path); }, [&](Recorder& recorder, int) { recorder.gone(path); });
}

int __wrap_mkdir(const char* path, mode_t mode) {
  if (fails("mkdir", path)) return -1;
  return made([&] { return __real_mkdir(path, mode); },
              [&](Recorder& recorder, int) {
                if (const auto name = recorder.name_of(path))
                  recorder.rename_names({{*name, tenfold::test::Entry{}}});
              });
}

int __wrap_rmdir(const char* path) {
  return made([&] { return __real_rmdir(path); }, [&](Recorder& recorder, int) { recorder.gone(path); });
}

int __wrap_link(const char* from, const char* to) {
  return made([&] { return __real_link(from, to); },
              [&](Recorder& recorder, int) { recorder.linked(from, to); });
}

int __wrap_symlink(const char* target, const char* path) {
  return made([&] { return __real_symlink(target, path); },
              [&](Recorder& recorder, int) {
                using tenfold::test::Entry;
                if (const auto name = recorder.name_of(path))
                  recorder.rename_names({{*name, Entry{Entry::Kind::kLink, 0, target}}});
              });
}

// The double keeps account itself; the real disk need not be waited for.
int __wrap_fdatasync(int descriptor) {
  if (fails("fdatasync", path_of(descriptor))) return -1;
  return made([] { return 0; }, [&](Recorder& recorder,
                                    int) { recorder.changed(descriptor, {.kind = Event::Kind::kSyncFile}); });
}

int __wrap_syncfs(int descriptor) {
  if (fails("syncfs", path_of(descriptor))) return -1;
  return made([] { return 0; },
              [&](Recorder& recorder, int) { recorder.events_.push_back({.kind = Event::Kind::kSyncAll}); });
}

// No shared blocks: bytes that nobody writes are none that anybody could lose.
int __wrap_ioctl(int, unsigned long, ...) {
  errno = EOPNOTSUPP;
  return -1;
}

DIR* __wrap_opendir(const char* path) {
  if (fails("opendir", path)) return nullptr;
  return __real_opendir(path);
}

dirent* __wrap_readdir(DIR* folder) {
  if (fails("readdir", {})) return nullptr;
  return __real_readdir(folder);
}

}  // extern "C"
