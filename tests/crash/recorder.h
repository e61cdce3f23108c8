// What the file system double writes down: which names stand for which files, and what is written to them.

#pragma once

#include <fcntl.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "crash/disk.h"
#include "support/temporary_folder.h"

namespace tenfold::test {

namespace fs = std::filesystem;

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

// The disk whose calls are watched, or nullptr.
Disk* current_disk();

}  // namespace tenfold::test
