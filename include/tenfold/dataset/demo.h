// The embedded demo dataset: drawn pictures of four plainly unbalanced classes of road signs, for a first run
// without a download.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tenfold {

struct DemoClass {
  std::string name;
  int images = 0;
};

// The classes and their 60, 25, 12 and 4 images.
std::vector<DemoClass> demo_classes();

// Draws the dataset into `folder`, which must not exist or be empty. The same files on every call. Throws
// Error: kUsage where the folder holds something already, kFailed where it cannot be written.
void write_demo(const std::filesystem::path& folder);

}  // namespace tenfold
