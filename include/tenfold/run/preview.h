// What a recipe makes, to look at before it is made: for some samples the original and the first copies, the
// very pixels that a run writes, encoded and decoded again. Nothing is written.
//
// Of each class the first sample by path is shown, of those that get most copies; one that turns out bad
// gives way to the next.

#pragma once

#include <functional>
#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tenfold/run/run.h"
#include "tenfold/transforms/chain.h"

namespace tenfold {

struct PreviewOptions {
  RunOptions run{};
  std::optional<std::uint32_t> copies{};  // of each sample at most; nothing: what suits the number of samples
  std::vector<std::string> classes{};     // those to show; empty: all, up to kMostShown
  std::string sample{};                   // the one to show, by its path; empty: one of each class
  bool each = false;  // instead of copies: each transform of the sample's chain alone, always on

  // What is kept of each image's pixels, which may be many: what a sheet shows of them. Called from several
  // threads. Not called with nothing.
  std::function<cv::Mat(const cv::Mat&)> keep{};

  static constexpr std::size_t kMostShown = 240;  // samples, and no more pictures than the next
  static constexpr std::size_t kMostPictures = 1'200;
  static constexpr std::uint32_t kMostCopies = 200;   // of one sample
  static constexpr std::uint32_t kCopiesOfOne = 100;  // of options.sample, unless told
};

struct PreviewedImage {
  std::uint32_t copy = 0;  // 0: the original
  std::string name{};      // in the output; empty with `each`
  cv::Size size{};         // of its pixels
  cv::Mat pixels{};        // what was kept of them
  std::vector<DrawnTransform> transforms{};
  std::string fault{};  // why it cannot be made; then there are no pixels
};

struct PreviewedSample {
  std::string class_name{};  // whose folder the images go to
  std::string path{};
  std::uint64_t copies = 0;              // that the plan has of it
  std::optional<Element> element{};      // with `each`: the transform, as the chain has it
  std::vector<PreviewedImage> images{};  // the original first; with `each`, by what was drawn
};

struct Preview {
  std::vector<PreviewedSample> samples;  // by class; with `each`, in the chain's order
  std::vector<std::string> left_out;     // classes that are not shown for their number
  std::vector<std::string> held_out;     // classes that are not shown because train has nothing of them
  std::vector<BadFile> bad;              // that would have been shown
  std::vector<PassTime> times;
};

// Throws Error as forecast() does for the dataset, and kUsage where it has no such class or sample, or the
// plan has nothing of it.
Preview preview(const Recipe& recipe, const PreviewOptions& options, Observer& observer);

}  // namespace tenfold
