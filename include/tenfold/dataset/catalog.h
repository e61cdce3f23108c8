// The catalog: a dataset's samples, scanned once, sorted, immutable.
//
// A dataset is a folder of class folders, or of split folders with class folders in them, or of files whose
// labels come from elsewhere; or several such folders. Deeper folders stay part of the sample's path. The
// scan reads headers only and never decodes. It looks at every file below the roots and puts each into
// exactly one of these:
//
//   sample   an image with a sound header
//   bad      an image's magic or an image's extension, but not usable: with the stage and the reason
//   ignored  hidden files and folders (leading dot), what matches an `ignore` glob, files that neither are
//            nor claim to be images, images that a table of labels does not name, symbolic links that are
//            not followed: counted
//
// A folder that cannot be read or whose name is not UTF-8 is one bad entry for all that is in it. A bad path
// may hold any bytes: escape it before it is shown. A folder is one whatever its name: `x.jpg` too.
//
// The order is bytewise by class name, then by path, so it depends on neither the file system nor the
// threads.

#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenfold/base/hash.h"
#include "tenfold/base/label_rule.h"
#include "tenfold/base/outcome.h"
#include "tenfold/base/split.h"
#include "tenfold/dataset/sources.h"
#include "tenfold/image/header.h"

namespace tenfold {

struct Sample {
  std::string path;  // its identity: relative to the root, behind the root's name where there are several;
                     // '/' between folders, valid UTF-8
  std::uint32_t class_index = 0;
  // Where its original lies in an output of class folders, if that is not its path: "cat/1.jpg" of a sample
  // that has its label from elsewhere. Without the folder of a split that the run makes.
  std::string own_place{};
  Split split = Split::kTrain;  // that the dataset puts it into
  ImageHeader header;
  std::uint64_t size_bytes = 0;
  std::int64_t modified_ns = 0;
  std::optional<Hash128> annotations;  // of its mask and boxes, where the recipe has any; set after the scan
  bool misnamed = false;               // the extension is that of another image format than the bytes are

  const std::string& place() const { return own_place.empty() ? path : own_place; }
};

struct BadFile {
  std::string path;
  SampleFailure failure;
  bool folder = false;          // a folder that could not be listed: nobody knows what is in it
  std::optional<Hash128> hash;  // of the content, where it was read
};

struct IgnoredCounts {
  std::uint64_t hidden = 0;     // hidden files, and hidden folders as one each
  std::uint64_t other = 0;      // neither image nor claiming to be one
  std::uint64_t matched = 0;    // by an `ignore` glob; a folder as one
  std::uint64_t links = 0;      // symbolic links not followed, or followed before (loops)
  std::uint64_t unlabeled = 0;  // images that the table of labels does not name

  IgnoredCounts& operator+=(const IgnoredCounts& other);
};

struct Catalog {
  Sources sources;
  std::vector<std::string> classes;  // sorted bytewise; also those without a sample
  std::vector<Sample> samples;       // sorted by class, then path
  std::vector<BadFile> bad;          // sorted by path
  IgnoredCounts ignored;
  bool has_splits = false;  // the dataset comes with splits, so its samples' places begin with their folders
  std::map<Split, std::string> split_folders;  // the names of these folders

  // The index of a class, or nothing.
  std::optional<std::uint32_t> class_index(std::string_view name) const {
    const auto found = std::lower_bound(classes.begin(), classes.end(), name);
    if (found == classes.end() || *found != name) return std::nullopt;
    return static_cast<std::uint32_t>(found - classes.begin());
  }
};

struct ScanOptions {
  // The splits that the dataset comes with: the root then holds one folder for each, by any name that
  // split_of_folder() knows, and they hold the class folders. Empty: the root holds the class folders. Where
  // a table of labels has a column of splits, no folders stand for them.
  std::vector<Split> splits{};
  LabelRule labels{};
  std::vector<std::string> ignore;         // as matches_glob(); one that ends in '/' is for folders alone
  std::uint64_t max_pixels = 100'000'000;  // larger images are bad, judged by their header
  bool follow_file_links = false;
  bool follow_folder_links = false;  // each real folder is entered once
};

// Scans the roots, one or more, with the threads of the calling TBB arena. Throws Error: kUsage where a root
// does not exist, is no folder, has no class folders ("18 images lie in the root of 'x' without a class
// folder; …"), has both class folders and images in the root, holds other folders than those of `splits`, or
// seems to hold splits that nobody named; kFailed for I/O errors and where a folder vanishes during the scan.
// A file that vanishes is bad; so is one that is larger than an image of max_pixels needs to be. With folder
// links followed, a folder that is reached on two paths belongs to the first by this order: class folders
// before deeper ones, real folders before links, then bytewise.
Catalog scan(const std::vector<std::filesystem::path>& roots, const ScanOptions& options);

// The same for one root.
inline Catalog scan(const std::filesystem::path& root, const ScanOptions& options) {
  return scan(std::vector{root}, options);
}

// The names of the classes alone, sorted; opens no file but a table of labels. Throws as scan() does for the
// roots, where it knows images by their extension.
std::vector<std::string> list_class_names(const std::vector<std::filesystem::path>& roots,
                                          const ScanOptions& options);

// The same for one root.
inline std::vector<std::string> list_class_names(const std::filesystem::path& root,
                                                 const ScanOptions& options) {
  return list_class_names(std::vector{root}, options);
}

}  // namespace tenfold
