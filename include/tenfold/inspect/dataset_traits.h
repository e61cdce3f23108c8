// What of a dataset decides how it is best expanded: its shape, its counts and sizes, and what kind of
// pictures it has.
//
// Headers tell most of it. Of a few images, spread evenly over the dataset, the pixels are looked at, so a
// large dataset takes as long as its scan does.

#pragma once

#include <cstdint>
#include <filesystem>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "tenfold/dataset/catalog.h"
#include "tenfold/dataset/guessed_shape.h"

namespace tenfold {

// Of the images whose pixels were looked at.
struct LookedAt {
  std::uint64_t images = 0;
  std::uint64_t colorless = 0;               // stored as color
  std::uint64_t blank = 0;                   // nearly of one luma
  std::uint64_t on_black = 0, on_white = 0;  // nearly of that all around the edge
  std::uint64_t damaged = 0;                 // these are not counted among the images

  LookedAt& operator+=(const LookedAt& other);
};

struct DatasetTraits {
  GuessedShape shape;
  std::vector<std::string> classes;    // sorted bytewise
  std::vector<std::uint64_t> counts;   // of what is expanded, by class
  std::uint64_t images = 0;            // of all splits
  std::uint64_t bad = 0;               // files
  std::uint64_t grey = 0, deep = 0;    // images with one channel, and with 16 bits, by their headers
  cv::Size smallest, median, largest;  // upright, by pixels
  int least_side = 0, usual_side = 0, most_side = 0;  // the shorter side: least, median, greatest
  LookedAt looked_at;
};

// Scans the dataset with `jobs` threads. Throws Error as scan() does, and kUsage where no image can be read, or the
// folders are those of images and their masks or boxes.
DatasetTraits dataset_traits(const std::filesystem::path& root, int jobs);

}  // namespace tenfold
