// Where the files of a dataset are: below one root, or several. A root is a folder, or a tar or zip archive
// that is read in place; a folder that holds nothing but tars stands for them all.
//
// Of several roots each has a name, the last part of its path, with which the paths of its samples begin:
// "2024/cat/1.jpg". So a sample stays the same wherever the roots lie, and whatever their order.

#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tenfold/dataset/content.h"

namespace tenfold {

class Archive;

struct DatasetRoot {
  std::filesystem::path path;
  std::string prefix;  // "2024/": what the paths of its samples begin with; empty where it is the only root
  std::shared_ptr<const Archive> archive{};  // null: it is a folder

  // What lies at a path below the root. Fails where nothing does that can be read; throws Error where the
  // machine is at fault, and where an archive is not what it was.
  Outcome<Content> open(const std::string& below) const;

  // Whether anything lies there, hidden or not.
  bool has(const std::string& below) const;
};

class Sources {
 public:
  Sources() = default;

  // Throws Error: kUsage where a root does not exist or is neither folder nor archive, lies inside of another
  // one, or has the name of another one.
  explicit Sources(const std::vector<std::filesystem::path>& roots);

  // Those that `open` returns when they are first asked for anything, from whichever thread, and whose Error
  // everybody gets who asks: for who may come to need no file of the dataset.
  explicit Sources(std::function<Sources()> open);

  // Whether the roots are known, without asking for them.
  bool are_open() const;

  const std::vector<DatasetRoot>& roots() const;

  // The content of the sample with this path; as DatasetRoot::open().
  Outcome<Content> open(const std::string& path) const;

  // The file of the sample with this path, which need not exist; nothing where it is a part of an archive.
  std::optional<std::filesystem::path> file_of(const std::string& path) const;

  // The roots in quotes: "'data/2024' and 'data/2025'".
  std::string in_words() const;

 private:
  struct Later;

  const DatasetRoot& root_of(const std::string& path) const;

  std::vector<DatasetRoot> roots_;
  std::shared_ptr<Later> later_;  // null: they are open
};

}  // namespace tenfold
