// Whether an image of train shows what one of val or test shows, by the images of an output themselves.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tenfold/run/verify.h"
#include "tenfold/similarity/near_duplicates.h"
#include "tenfold/store/manifest.h"

namespace tenfold {

class LookAlikes {
 public:
  // To be told every image that is as it should be.
  void note(const ManifestLine& line, const std::optional<Look>& look);

  // One finding for each image of train, by name; not for those of `known`. Decodes again what may be alike.
  std::vector<Finding> find(const std::filesystem::path& root, const std::vector<Finding>& known) const;

 private:
  std::vector<Picture> pictures_;
  std::vector<ManifestLine> lines_;
};

}  // namespace tenfold
