#include "dataset/walk.h"

#include <oneapi/tbb/parallel_for.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <set>
#include <tuple>
#include <utility>

#include "dataset/archive.h"
#include "dataset/split_folders.h"
#include "tenfold/base/error.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

struct ClassedFolder {
  FolderEntry entry;
  std::uint32_t class_index = 0;
  Split split = Split::kTrain;
};

std::string name_of(const FolderEntry& folder) { return folder.path.substr(folder.path.rfind('/') + 1); }

class Walker {
 public:
  Walker(const DatasetRoot& root, const ScanOptions& options) : root_(root), options_(options) {}

  void enter_root() {
    result_.flat = options_.labels.kind != LabelRule::Kind::kFolder;
    if (follows_links()) entered_.insert(root_id());
    const bool has_split_folders = !options_.splits.empty() && options_.labels.split.empty();
    std::vector<FolderEntry> folders = enter_outer("", has_split_folders || !result_.flat, Split::kTrain);
    if (has_split_folders) {
      result_.split_folders = find_split_folders(root_.path, folders, options_.splits);
      for (const auto& [split, folder] : result_.split_folders)
        for (FolderEntry& entry : enter_split(folder, split)) wave_.push_back({std::move(entry), 0, split});
    } else {
      if (options_.splits.empty() &&
          look_like_splits(folders, options_, [this](const std::string& path) { return list(path); }))
        refuse_unnamed_splits(root_.path, folders);
      for (FolderEntry& entry : folders) wave_.push_back({std::move(entry)});
    }
    std::sort(result_.loose_files.begin(), result_.loose_files.end());
    enter_first_wave();
    if (!result_.flat) name_classes();
  }

  void enter_folders() {
    while (!wave_.empty()) {
      merge(list_wave());
      if (next_.empty()) next_ = std::exchange(links_, {});
      start_wave();
    }
  }

  Walk take_result() { return std::move(result_); }

 private:
  // The folders in the root or in a split's folder; the files there are loose, or of that split.
  std::vector<FolderEntry> enter_outer(const std::string& path, bool files_are_loose, Split split) {
    FolderListing listing = list(path);
    result_.folders.emplace(path, listing.id);
    for (std::string& file : listing.files)
      if (files_are_loose)
        result_.loose_files.push_back(std::move(file));
      else
        result_.files.push_back({std::move(file), 0, split});
    absorb_remarks(listing);
    std::sort(listing.folders.begin(), listing.folders.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return std::move(listing.folders);
  }

  // A split that cannot be read is no bad folder among others: without it the others mean something else.
  std::vector<FolderEntry> enter_split(const std::string& path, Split split) {
    std::vector<FolderEntry> folders = enter_outer(path, !result_.flat, split);
    for (const BadFile& bad : result_.bad)
      if (bad.folder && bad.path == path)
        throw Error(ErrorKind::kFailed,
                    "the split folder " + in_quotes((root_.path / path).string()) + " " + bad.failure.reason);
    return folders;
  }

  // Of folders that are reached on two paths the first one counts.
  void enter_first_wave() {
    std::sort(wave_.begin(), wave_.end(), [](const auto& a, const auto& b) {
      return std::tie(a.entry.link, a.entry.path) < std::tie(b.entry.link, b.entry.path);
    });
    std::erase_if(wave_, [&](const ClassedFolder& folder) { return !enters(folder.entry); });
    std::sort(wave_.begin(), wave_.end(),
              [](const auto& a, const auto& b) { return a.entry.path < b.entry.path; });
  }

  void name_classes() {
    std::set<std::string> names;
    for (const ClassedFolder& folder : wave_) names.insert(name_of(folder.entry));
    result_.classes.assign(names.begin(), names.end());
    for (ClassedFolder& folder : wave_)
      folder.class_index = static_cast<std::uint32_t>(
          std::ranges::lower_bound(result_.classes, name_of(folder.entry)) - result_.classes.begin());
  }

  FolderListing list(const std::string& path) const {
    return root_.archive ? root_.archive->list(path, options_) : list_folder(root_.path, path, options_);
  }

  void absorb_remarks(FolderListing& listing) {
    std::move(listing.bad.begin(), listing.bad.end(), std::back_inserter(result_.bad));
    result_.ignored += listing.ignored;
  }

  // An archive's are not followed.
  bool follows_links() const { return options_.follow_folder_links && !root_.archive; }

  FolderId root_id() const {
    struct stat status {};
    if (::stat(root_.path.c_str(), &status) != 0)
      throw system_error("cannot examine", root_.path.string(), errno);
    return {status.st_dev, status.st_ino};
  }

  // Whether the folder was not entered before; without followed links no folder can be.
  bool enters(const FolderEntry& folder) {
    if (!follows_links() || entered_.insert(folder.id).second) return true;
    ++result_.ignored.links;
    return false;
  }

  std::vector<FolderListing> list_wave() const {
    std::vector<FolderListing> listings(wave_.size());
    tbb::parallel_for(std::size_t{0}, wave_.size(),
                      [&](std::size_t i) { listings[i] = list(wave_[i].entry.path); });
    return listings;
  }

  void merge(std::vector<FolderListing> listings) {
    for (std::size_t i = 0; i < listings.size(); ++i) {
      const std::uint32_t class_index = wave_[i].class_index;
      const Split split = wave_[i].split;
      absorb_remarks(listings[i]);
      result_.folders.emplace(wave_[i].entry.path, listings[i].id);
      for (std::string& file : listings[i].files)
        result_.files.push_back({std::move(file), class_index, split});
      for (FolderEntry& folder : listings[i].folders)
        (folder.link ? links_ : next_).push_back({std::move(folder), class_index, split});
    }
  }

  void start_wave() {
    std::sort(next_.begin(), next_.end(),
              [](const auto& a, const auto& b) { return a.entry.path < b.entry.path; });
    wave_.clear();
    for (ClassedFolder& folder : next_)
      if (enters(folder.entry)) wave_.push_back(std::move(folder));
    next_.clear();
  }

  const DatasetRoot& root_;
  const ScanOptions& options_;
  std::set<FolderId> entered_;
  std::vector<ClassedFolder> wave_, next_, links_;
  Walk result_;
};

}  // namespace

Walk walk_root(const DatasetRoot& root, const ScanOptions& options) {
  Walker walker(root, options);
  walker.enter_root();
  return walker.take_result();
}

Walk walk(const DatasetRoot& root, const ScanOptions& options) {
  Walker walker(root, options);
  walker.enter_root();
  walker.enter_folders();
  return walker.take_result();
}

}  // namespace tenfold
