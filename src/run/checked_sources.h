// The sources that a manifest names, compared with the dataset itself.

#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tenfold/run/verify.h"
#include "tenfold/store/manifest.h"

namespace tenfold {

class CheckedSources {
 public:
  // Takes down the sources of a line, its own and those that were mixed in. Returns false where it says
  // otherwise of its own than a line before.
  bool note(const ManifestLine& line);

  // What is wrong with them in the dataset at `inputs`, by their names. With `quick`, sizes alone are
  // compared. Uses the threads of the calling TBB arena. Throws Error{kUsage} where there is no such folder.
  std::vector<Finding> compare_with(const std::vector<std::filesystem::path>& inputs, bool quick) const;

 private:
  struct Source {
    std::optional<std::uint64_t> bytes{};  // nothing for one that is known as a partner only
    Hash128 hash;
  };

  std::map<std::string, Source> sources_;
};

}  // namespace tenfold
