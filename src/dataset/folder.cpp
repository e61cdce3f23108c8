#include "dataset/folder.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include "tenfold/base/error.h"
#include "tenfold/base/file.h"
#include "tenfold/base/folder.h"
#include "tenfold/base/text.h"
#include "tenfold/image/format.h"

namespace tenfold {
namespace {

std::string full_path(const std::filesystem::path& root, const std::string& path) {
  return path.empty() ? root.string() : (root / path).string();
}

Error vanished(const std::string& folder) {
  return Error(ErrorKind::kFailed,
               "the folder " + in_quotes(folder) +
                   " vanished or was replaced while it was scanned; repeat this when it is "
                   "there to stay");
}

class Lister {
 public:
  Lister(const std::filesystem::path& root, const std::string& path, const ScanOptions& options)
      : root_(root), path_(path), options_(options) {}

  FolderListing list() {
    const std::string folder = full_path(root_, path_);
    folder_.reset(::opendir(folder.c_str()));
    if (!folder_) {
      if (errno == ENOENT || errno == ENOTDIR) throw vanished(folder);
      blame(path_, "cannot be read", errno);
      return std::move(listing_);
    }
    while (const dirent* entry = next()) sort_out(*entry);
    // The end of a folder that was removed meanwhile looks like any other end.
    struct stat status {};
    if (::fstat(::dirfd(folder_.get()), &status) != 0) throw system_error("cannot examine", folder, errno);
    if (status.st_nlink == 0) throw vanished(folder);
    listing_.id = {status.st_dev, status.st_ino};
    return std::move(listing_);
  }

 private:
  void add_bad(const std::string& path, std::string reason) {
    listing_.bad.push_back({path, {Stage::kScan, std::move(reason)}, path == path_});
  }

  // The root has nobody above it to report it, so it always throws.
  void blame(const std::string& path, const std::string& what, int error_number) {
    if (path.empty() || !is_files_fault(error_number))
      throw system_error("cannot read", full_path(root_, path), error_number);
    add_bad(path, what + ": " + std::generic_category().message(error_number));
  }

  const dirent* next() {
    errno = 0;
    const dirent* entry = ::readdir(folder_.get());
    if (entry == nullptr && errno != 0) blame(path_, "cannot be read to its end", errno);
    return entry;
  }

  // Returns 0 or errno.
  int read_status(const char* name, bool follow, struct stat& status) const {
    const int flags = follow ? 0 : AT_SYMLINK_NOFOLLOW;
    return ::fstatat(::dirfd(folder_.get()), name, &status, flags) == 0 ? 0 : errno;
  }

  void sort_out(const dirent& entry) {
    const std::string_view name = entry.d_name;
    if (name == "." || name == "..") return;
    if (name.front() == '.') {
      ++listing_.ignored.hidden;
      return;
    }
    const std::string path = path_.empty() ? std::string(name) : path_ + "/" + std::string(name);
    EntryType type = type_of(DTTOIF(entry.d_type));
    if (entry.d_type == DT_UNKNOWN) {
      struct stat status {};
      if (const int error_number = read_status(entry.d_name, false, status); error_number != 0)
        return blame(path, "cannot be examined", error_number);
      type = type_of(status.st_mode);
    }
    const bool may_be_folder = type == EntryType::kFolder || type == EntryType::kLink;
    if (is_ignored(options_.ignore, path, may_be_folder)) {
      ++listing_.ignored.matched;
    } else if (type == EntryType::kLink) {
      follow(entry.d_name, path);
    } else {
      keep(type, entry.d_name, path, false);
    }
  }

  void follow(const char* name, const std::string& path) {
    if (!options_.follow_file_links && !options_.follow_folder_links) {
      ++listing_.ignored.links;
      return;
    }
    struct stat status {};
    const int error_number = read_status(name, true, status);
    if (error_number != 0 && !is_files_fault(error_number))
      throw system_error("cannot follow", full_path(root_, path), error_number);
    const EntryType type = type_of(status.st_mode);
    const bool followed =
        type == EntryType::kFolder ? options_.follow_folder_links : options_.follow_file_links;
    if (followed && error_number == 0) {
      keep(type, name, path, true);
    } else if (followed && claims_to_be_image(name)) {
      blame(path, "is a symbolic link that leads to no file", error_number);
    } else {
      ++listing_.ignored.links;
    }
  }

  void keep(EntryType type, const char* name, const std::string& path, bool link) {
    if (type == EntryType::kFile) {
      listing_.files.push_back(path);
    } else if (type == EntryType::kFolder) {
      keep_folder(name, path, link);
    } else if (claims_to_be_image(name)) {
      add_bad(path, "is not a regular file");
    } else {
      ++listing_.ignored.other;
    }
  }

  void keep_folder(const char* name, const std::string& path, bool link) {
    if (!is_utf8(name)) return add_bad(path, "the name is not valid UTF-8");
    FolderEntry folder{path, link, {}};
    if (options_.follow_folder_links) {
      struct stat status {};
      if (const int error_number = read_status(name, true, status); error_number != 0)
        return blame(path, "cannot be examined", error_number);
      folder.id = {status.st_dev, status.st_ino};
    }
    listing_.folders.push_back(std::move(folder));
  }

  const std::filesystem::path& root_;
  const std::string& path_;
  const ScanOptions& options_;
  OpenFolder folder_;
  FolderListing listing_;
};

}  // namespace

bool is_ignored(const std::vector<std::string>& patterns, const std::string& path, bool may_be_folder) {
  for (const std::string& pattern : patterns) {
    if (!pattern.ends_with('/')) {
      if (matches_glob(pattern, path)) return true;
    } else if (may_be_folder && matches_glob(pattern.substr(0, pattern.size() - 1), path)) {
      return true;
    }
  }
  return false;
}

FolderListing list_folder(const std::filesystem::path& root, const std::string& path,
                          const ScanOptions& options) {
  return Lister(root, path, options).list();
}

void check_is_still_there(const std::filesystem::path& root, const std::string& path, const FolderId& id) {
  const std::string folder = full_path(root, path);
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0) {
    if (!is_files_fault(errno)) throw system_error("cannot examine", folder, errno);
    throw vanished(folder);
  }
  if (FolderId{status.st_dev, status.st_ino} != id) throw vanished(folder);
}

}  // namespace tenfold
