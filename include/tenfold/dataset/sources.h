// Where the files of a dataset are: below one root, or several.
//
// Of several roots each has a name, the last part of its path, with which the paths of its samples begin:
// "2024/cat/1.jpg". So a sample stays the same wherever the roots lie, and whatever their order.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tenfold {

struct DatasetRoot {
  std::filesystem::path path;
  std::string prefix;  // "2024/": what the paths of its samples begin with; empty where it is the only root
};

class Sources {
 public:
  Sources() = default;

  // Throws Error: kUsage where a root does not exist or is no folder, lies inside of another one, or has the
  // name of another one.
  explicit Sources(const std::vector<std::filesystem::path>& roots);

  const std::vector<DatasetRoot>& roots() const { return roots_; }

  // The file of the sample with this path; one that does not exist where there is none.
  std::filesystem::path file_of(const std::string& path) const;

  // The roots in quotes: "'data/2024' and 'data/2025'".
  std::string in_words() const;

 private:
  std::vector<DatasetRoot> roots_;
};

}  // namespace tenfold
