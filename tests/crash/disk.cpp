#include "disk.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <fstream>
#include <mutex>
#include <optional>

#include "support/temporary_folder.h"

namespace fs = std::filesystem;

namespace tenfold::test {
namespace {

using FileNumber = std::size_t;

// What a name stands for.
struct Entry {
  enum class Kind { kFile, kFolder, kLink } kind = Kind::kFolder;
  FileNumber file = 0;
  std::string target{};  // of a link
};

struct Event {
  enum class Kind { kNames, kWrite, kTruncate, kSyncAll, kSyncFile } kind = Kind::kNames;
  // Names that change at once; nothing: the name goes.
  std::map<std::string, std::optional<Entry>> names{};
  FileNumber file = 0;
  std::string bytes{};     // written at the end
  std::size_t length = 0;  // truncated to
};

struct State {
  std::map<std::string, Entry> names;  // relative to the root
  std::vector<std::string> files;      // contents

  std::string& content(FileNumber file) {
    if (file >= files.size()) files.resize(file + 1);
    return files[file];
  }
};

std::string parent_of(const std::string& name) { return fs::path(name).parent_path().string(); }

bool is_possible(const State& state, const Event& event) {
  for (const auto& [name, entry] : event.names) {
    if (!entry) continue;
    const std::string parent = parent_of(name);
    if (!parent.empty() && !state.names.contains(parent)) return false;
  }
  return true;
}

void apply(State& state, const Event& event) {
  switch (event.kind) {
    case Event::Kind::kNames:
      if (!is_possible(state, event)) return;
      for (const auto& [name, entry] : event.names)
        if (entry)
          state.names[name] = *entry;
        else
          state.names.erase(name);
      return;
    case Event::Kind::kWrite:
      state.content(event.file) += event.bytes;
      return;
    case Event::Kind::kTruncate:
      state.content(event.file).resize(event.length);
      return;
    case Event::Kind::kSyncAll:
    case Event::Kind::kSyncFile:
      return;
  }
}

// Of the writes to one file that nobody synced: all, a part, or the length without the bytes.
void apply_some(State& state, const Event& event, std::mt19937_64& random) {
  if (event.kind != Event::Kind::kWrite) {
    if (random() % 2 == 0) apply(state, event);
    return;
  }
  Event some = event;
  switch (random() % 4) {
    case 0:
      return;
    case 1:
      some.bytes.resize(random() % (event.bytes.size() + 1));
      break;
    case 2:
      some.bytes.assign(event.bytes.size(), '\0');
      break;
    default:
      break;
  }
  apply(state, some);
}

void write_state(State& state, const fs::path& folder) {
  fs::remove_all(folder);
  fs::create_directories(folder);
  for (const auto& [name, entry] : state.names) {  // parents come first
    const fs::path path = folder / name;
    if (!fs::is_directory(path.parent_path())) continue;
    if (entry.kind == Entry::Kind::kFolder) fs::create_directory(path);
    if (entry.kind == Entry::Kind::kLink) fs::create_symlink(entry.target, path);
    if (entry.kind == Entry::Kind::kFile) std::ofstream(path, std::ios::binary) << state.content(entry.file);
  }
}

}  // namespace

struct Disk::Recorder {
  explicit Recorder(fs::path root) : root_(std::move(root)) {
    for (const auto& entry : fs::recursive_directory_iterator(root_)) {
      const std::string name = entry.path().lexically_relative(root_).string();
      if (entry.is_symlink()) {
        start_.names[name] = {Entry::Kind::kLink, 0, fs::read_symlink(entry.path()).string()};
      } else if (entry.is_directory()) {
        start_.names[name] = {};
      } else {
        start_.names[name] = {Entry::Kind::kFile, files_};
        start_.content(files_++) = read_text(entry.path());
      }
    }
    now_ = start_.names;
  }

  std::optional<std::string> name_of(const std::string& path) const {
    const std::string prefix = root_.string() + "/";
    return path.starts_with(prefix) ? std::optional(path.substr(prefix.size())) : std::nullopt;
  }

  void rename_names(std::map<std::string, std::optional<Entry>> names) {
    for (const auto& [name, entry] : names)
      if (entry)
        now_[name] = *entry;
      else
        now_.erase(name);
    events_.push_back({.kind = Event::Kind::kNames, .names = std::move(names)});
  }

  void opened(const std::string& path, int flags, int descriptor) {
    paths_[descriptor] = path;
    const auto name = name_of(path);
    if (!name || (flags & O_DIRECTORY) != 0) return;
    if (!now_.contains(*name) && (flags & O_CREAT) != 0)
      rename_names({{*name, Entry{Entry::Kind::kFile, files_++}}});
    if (const auto entry = now_.find(*name); entry != now_.end() && entry->second.kind == Entry::Kind::kFile)
      open_[descriptor] = entry->second.file;
  }

  void closed(int descriptor) {
    open_.erase(descriptor);
    paths_.erase(descriptor);
  }

  void changed(int descriptor, Event event) {
    const auto file = open_.find(descriptor);
    if (file == open_.end()) return;
    event.file = file->second;
    events_.push_back(std::move(event));
  }

  void moved(const std::string& from, const std::string& to) {
    const auto old_name = name_of(from), new_name = name_of(to);
    if (!old_name || !new_name) return;
    const Entry entry = now_.at(*old_name);
    rename_names({{*old_name, std::nullopt}, {*new_name, entry}});
  }

  void gone(const std::string& path) {
    if (const auto name = name_of(path)) rename_names({{*name, std::nullopt}});
  }

  void linked(const std::string& from, const std::string& to) {
    const auto name = name_of(to);
    if (!name) return;
    const FileNumber file = files_++;
    start_.content(file) = read_text(from);  // the source's own content has long been on the disk
    rename_names({{*name, Entry{Entry::Kind::kFile, file}}});
  }

  const fs::path root_;
  State start_;
  std::map<std::string, Entry> now_;
  std::vector<Event> events_;
  FileNumber files_ = 0;
  std::map<int, FileNumber> open_;
  std::map<int, std::string> paths_;
  mutable std::recursive_mutex mutex_;
};

namespace {

std::atomic<Disk*> current = nullptr;

// The error number with which a call shall fail; 0 lets it pass.
int interference(std::string_view call, const std::string& path) {
  Disk* disk = current;
  return disk != nullptr && disk->interfere ? disk->interfere(call, path) : 0;
}

std::string path_of(int descriptor) {
  Disk* disk = current;
  if (disk == nullptr) return {};
  const std::lock_guard lock(disk->recorder().mutex_);
  const auto found = disk->recorder().paths_.find(descriptor);
  return found != disk->recorder().paths_.end() ? found->second : std::string();
}

// Makes the call and tells the recorder what came of it, in one piece, so that the order of events is the
// real one.
template <typename Call, typename Tell>
auto made(Call&& call, Tell&& tell) {
  Disk* disk = current;
  if (disk == nullptr) return call();
  const std::lock_guard lock(disk->recorder().mutex_);
  const auto result = call();
  const int error_number = errno;
  if (result >= 0) tell(disk->recorder(), result);
  errno = error_number;
  return result;
}

}  // namespace

Disk::Disk(fs::path root) : recorder_(std::make_unique<Recorder>(std::move(root))) { current = this; }

Disk::~Disk() { stop(); }

void Disk::stop() { current = nullptr; }

std::size_t Disk::events() const {
  const std::lock_guard lock(recorder_->mutex_);
  return recorder_->events_.size();
}

void Disk::cut(std::size_t events, Loss loss, std::uint64_t seed, const fs::path& folder) const {
  State state = recorder_->start_;
  std::vector<Event> unsynced;
  const auto settle = [&](const auto& is_synced) {
    std::vector<Event> rest;
    for (Event& event : unsynced)
      if (is_synced(event))
        apply(state, event);
      else
        rest.push_back(std::move(event));
    unsynced = std::move(rest);
  };
  for (std::size_t i = 0; i < events; ++i) {
    const Event& event = recorder_->events_[i];
    if (event.kind == Event::Kind::kSyncAll) {
      settle([](const Event&) { return true; });
    } else if (event.kind == Event::Kind::kSyncFile) {
      settle([&](const Event& one) { return one.kind != Event::Kind::kNames && one.file == event.file; });
    } else {
      unsynced.push_back(event);
    }
  }
  std::mt19937_64 random(seed);
  const std::size_t later = unsynced.empty() ? 0 : random() % (unsynced.size() + 1);
  for (std::size_t i = 0; i < unsynced.size(); ++i) {
    if (loss == Loss::kNothing || (loss == Loss::kLater && i < later)) apply(state, unsynced[i]);
    if (loss == Loss::kAny) apply_some(state, unsynced[i], random);
  }
  write_state(state, folder);
}

}  // namespace tenfold::test

// The wrapped calls. Each asks for interference, makes the real call and tells the recorder.

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
int __real_fdatasync(int);
int __real_syncfs(int);
int __real_ioctl(int, unsigned long, ...);
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

int __wrap_fdatasync(int descriptor) {
  if (fails("fdatasync", path_of(descriptor))) return -1;
  return made(
      [&] { return __real_fdatasync(descriptor); },
      [&](Recorder& recorder, int) { recorder.changed(descriptor, {.kind = Event::Kind::kSyncFile}); });
}

int __wrap_syncfs(int descriptor) {
  if (fails("syncfs", path_of(descriptor))) return -1;
  return made([&] { return __real_syncfs(descriptor); },
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
