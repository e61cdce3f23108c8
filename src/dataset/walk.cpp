#include "dataset/walk.h"

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_sort.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <set>
#include <tuple>
#include <utility>

#include "tenfold/base/error.h"

namespace tenfold {
namespace {

struct ClassedFolder {
  FolderEntry entry;
  std::uint32_t class_index = 0;
};

class Walker {
 public:
  Walker(const std::filesystem::path& root, const ScanOptions& options) : root_(root), options_(options) {}

  void enter_root() {
    if (options_.follow_folder_links) entered_.insert(root_id());
    FolderListing listing = list_folder(root_, "", options_);
    result_.folders.emplace("", listing.id);
    result_.root_files = std::move(listing.files);
    std::sort(result_.root_files.begin(), result_.root_files.end());

    std::sort(listing.folders.begin(), listing.folders.end(), [](const auto& a, const auto& b) {
      return std::tie(a.link, a.path) < std::tie(b.link, b.path);
    });
    for (FolderEntry& folder : listing.folders)
      if (enters(folder)) wave_.push_back({std::move(folder), 0});
    std::sort(wave_.begin(), wave_.end(),
              [](const auto& a, const auto& b) { return a.entry.path < b.entry.path; });
    for (ClassedFolder& folder : wave_) {
      folder.class_index = static_cast<std::uint32_t>(result_.classes.size());
      result_.classes.push_back(folder.entry.path);
    }
    absorb_remarks(listing);
  }

  void enter_folders() {
    while (!wave_.empty()) {
      merge(list_wave());
      if (next_.empty()) next_ = std::exchange(links_, {});
      start_wave();
    }
    tbb::parallel_sort(result_.files.begin(), result_.files.end(), [](const auto& a, const auto& b) {
      return std::tie(a.class_index, a.path) < std::tie(b.class_index, b.path);
    });
  }

  Walk take_result() { return std::move(result_); }

 private:
  void absorb_remarks(FolderListing& listing) {
    std::move(listing.bad.begin(), listing.bad.end(), std::back_inserter(result_.bad));
    result_.ignored.hidden += listing.ignored.hidden;
    result_.ignored.other += listing.ignored.other;
    result_.ignored.matched += listing.ignored.matched;
    result_.ignored.links += listing.ignored.links;
  }

  FolderId root_id() const {
    struct stat status {};
    if (::stat(root_.c_str(), &status) != 0) throw system_error("cannot examine", root_.string(), errno);
    return {status.st_dev, status.st_ino};
  }

  // Whether the folder was not entered before; without followed links no folder can be.
  bool enters(const FolderEntry& folder) {
    if (!options_.follow_folder_links || entered_.insert(folder.id).second) return true;
    ++result_.ignored.links;
    return false;
  }

  std::vector<FolderListing> list_wave() const {
    std::vector<FolderListing> listings(wave_.size());
    tbb::parallel_for(std::size_t{0}, wave_.size(), [&](std::size_t i) {
      listings[i] = list_folder(root_, wave_[i].entry.path, options_);
    });
    return listings;
  }

  void merge(std::vector<FolderListing> listings) {
    for (std::size_t i = 0; i < listings.size(); ++i) {
      const std::uint32_t class_index = wave_[i].class_index;
      absorb_remarks(listings[i]);
      result_.folders.emplace(wave_[i].entry.path, listings[i].id);
      for (std::string& file : listings[i].files) result_.files.push_back({std::move(file), class_index});
      for (FolderEntry& folder : listings[i].folders)
        (folder.link ? links_ : next_).push_back({std::move(folder), class_index});
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

  const std::filesystem::path& root_;
  const ScanOptions& options_;
  std::set<FolderId> entered_;
  std::vector<ClassedFolder> wave_, next_, links_;
  Walk result_;
};

}  // namespace

Walk walk_root(const std::filesystem::path& root, const ScanOptions& options) {
  Walker walker(root, options);
  walker.enter_root();
  return walker.take_result();
}

Walk walk(const std::filesystem::path& root, const ScanOptions& options) {
  Walker walker(root, options);
  walker.enter_root();
  walker.enter_folders();
  return walker.take_result();
}

}  // namespace tenfold
