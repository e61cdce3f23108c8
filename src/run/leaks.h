// Whether something of val or test lies in train: by what the run saw and let pass, by the source's name, by
// its content under another name, and by what was mixed in.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "tenfold/run/verify.h"
#include "tenfold/store/manifest.h"

namespace tenfold {

// "equals 'val/cat/1.jpg' of val".
std::string leak_clause(bool exact, const std::string& held_out, std::string_view split);

class Leaks {
 public:
  // `recorded` are those that dataset.json tells.
  explicit Leaks(const std::vector<Leak>& recorded);

  // To be told every line before the first is looked at.
  void note(const ManifestLine& line);

  // Whether there is anything that could leak.
  bool possible() const { return !sources_.empty(); }

  // Those that the run let pass, by their sources.
  const std::vector<Finding>& recorded() const { return recorded_; }

  // Whether recorded() tells of the line's source.
  bool is_recorded(const ManifestLine& line) const { return recorded_sources_.contains(line.source); }

  // Another one.
  std::optional<Finding> find(const ManifestLine& line) const;

 private:
  std::unordered_set<std::string> sources_;   // of val and test
  std::unordered_set<std::string> contents_;  // hashes of theirs
  std::vector<Finding> recorded_;
  std::unordered_set<std::string> recorded_sources_;
};

}  // namespace tenfold
