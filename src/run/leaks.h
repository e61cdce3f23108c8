// Whether something of val or test lies in train: by the source's name, by its content under another name,
// and by what was mixed in.

#pragma once

#include <optional>
#include <string>
#include <unordered_set>

#include "tenfold/run/verify.h"
#include "tenfold/store/manifest.h"

namespace tenfold {

class Leaks {
 public:
  // To be told every line before the first is looked at.
  void note(const ManifestLine& line);

  // Whether there is anything that could leak.
  bool possible() const { return !sources_.empty(); }

  std::optional<Finding> find(const ManifestLine& line) const;

 private:
  std::unordered_set<std::string> sources_;   // of val and test
  std::unordered_set<std::string> contents_;  // hashes of theirs
};

}  // namespace tenfold
