// The masks and boxes of the sources that a manifest names, compared with those of the dataset.

#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tenfold/run/verify.h"
#include "tenfold/store/manifest.h"

namespace tenfold {

class CheckedAnnotations {
 public:
  // Takes down what a line tells of its source's.
  void note(const ManifestLine& line);

  // What is wrong with them in the dataset at `inputs`, of an output with this dataset.json. With `quick`,
  // sizes alone are compared, as far as they are known. Uses the threads of the calling TBB arena.
  std::vector<Finding> compare_with(const std::vector<std::filesystem::path>& inputs,
                                    const std::string& description, bool quick) const;

 private:
  // Of one image that was made of a source.
  struct Made {
    Hash128 image, annotation;  // fingerprints
  };

  std::map<std::string, Made> sources_;
};

}  // namespace tenfold
