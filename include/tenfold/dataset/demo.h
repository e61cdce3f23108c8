// The embedded demo dataset: drawn pictures of four plainly unbalanced classes of road signs, for a first run
// without a download.

#pragma once

#include <cstdint>
#include <filesystem>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace tenfold {

struct DemoClass {
  std::string name;
  int images = 0;
};

// The classes and their 60, 25, 12 and 4 images.
std::vector<DemoClass> demo_classes();

// Picture `index` (from 0) of a class: CV_8UC3 of 96 to 192 pixels a side.
cv::Mat demo_picture(const std::string& class_name, int index);

// Draws the dataset into `folder`, which must not exist or be empty. The same files on every call. Throws
// Error: kUsage where the folder holds something already, kFailed where it cannot be written.
void write_demo(const std::filesystem::path& folder);

}  // namespace tenfold
