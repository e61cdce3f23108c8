// Looks at a dataset before anything is made of it: what lies in each class, what each balance rule would
// give, and what is wrong.
//
// Every image is read, hashed and decoded once, in parallel, and nothing is kept of it but a few numbers: as
// many images are in memory as there are threads. With `fast`, headers alone are read, and nothing is said of
// what only pixels or whole files show.

#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "tenfold/dataset/catalog.h"
#include "tenfold/inspect/flaw.h"

namespace tenfold {

struct InspectOptions {
  int jobs = 1;
  bool fast = false;
  Thresholds thresholds{};
  bool side_is_set =
      false;  // else min_side is at most half of the dataset's median: digits of 28×28 are not tiny
  const std::atomic<bool>* stop = nullptr;  // once true: end with Error{kInterrupted}
  // Called by one thread at a time with the images looked at and the bytes read; first, after the scan, with
  // 0.
  std::function<void(std::uint64_t images, std::uint64_t of, std::uint64_t bytes)> progressed{};
};

// What the images of a class are like. Sizes are of upright images and ordered by their pixels; an aspect is
// width by height.
struct ClassProfile {
  std::string name;
  std::uint64_t images = 0;  // usable
  std::uint64_t train = 0;   // of these, those that a run expands: all where there are no splits
  std::uint64_t bytes = 0;
  std::map<std::string, std::uint64_t> formats{}, colors{};  // "JPEG", "RGB": number of images
  cv::Size smallest{}, median{}, largest{};
  double narrowest = 0, median_aspect = 0, widest = 0;

  bool operator==(const ClassProfile&) const = default;
};

// What a balance rule would make of train, before a class that has more is left as it is.
struct BalanceOutcome {
  std::string rule;                    // "majority"
  std::vector<std::uint64_t> targets;  // as Inspection::classes
};

struct Inspection {
  bool fast = false;
  Thresholds thresholds;              // as used
  std::vector<ClassProfile> classes;  // as in the catalog
  ClassProfile all;
  std::vector<BalanceOutcome> balances;
  IgnoredCounts ignored;
  std::vector<DatasetFinding> findings;  // by Flaw, of each the worst first, then by name

  // Of train, the largest class by the smallest that has an image; 0 where there is none.
  double imbalance() const;
};

// Reads the dataset in the shape that guessed_shape() tells. Throws Error as scan() does, and kInterrupted.
Inspection inspect(const std::filesystem::path& root, const InspectOptions& options);

}  // namespace tenfold
