// How one image of an output came about: its line of the manifest, and the geometry of its draws as one
// matrix.

#pragma once

#include <filesystem>
#include <opencv2/core.hpp>
#include <optional>
#include <string>

#include "tenfold/run/run.h"
#include "tenfold/store/manifest.h"

namespace tenfold {

// All geometry of a program, composed. Homogeneous coordinates, column vectors; pixel centres at integers, x
// to the right, y down, the source upright.
struct ComposedMap {
  cv::Matx33d to_source;                   // from pixels of the output to pixels of the source
  std::optional<cv::Matx33d> from_source;  // its inverse; nothing where it has none
  int displacements = 0;                   // fields of displacements, which a matrix does not show
  int pixel_steps = 0;                     // of which none is known whether it moves anything
};

struct Explanation {
  ManifestLine line;
  std::optional<cv::Size> source;  // upright
  std::optional<ComposedMap> map;
  std::string why_no_map;  // a sentence, where there is none
};

// `file` is a name of the manifest, or a path that leads to it through `root`. With the dataset at `input`
// the map is also known where draws depend on other images. Throws Error as replay() does, but for its
// recipe.
Explanation explain(const std::filesystem::path& root, const std::string& file,
                    const std::vector<std::filesystem::path>& inputs, Observer& observer);

}  // namespace tenfold
