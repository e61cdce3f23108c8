// The images of an output that its report shows: of each of some classes one sample, its original beside its
// first copies.
//
// Of a class it is the sample of train whose path has the smallest hash, among those with an original and
// copies, or as much of both as there is: as good as any, and the same whenever the report is made. Of more
// classes than are shown, those stay that lie evenly between the rarest and the most frequent one.

#pragma once

#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "tenfold/run/output_figures.h"
#include "tenfold/store/manifest.h"

namespace tenfold {

// Chooses, line by line. Keeps a few lines for each class. Not thread-safe.
class SampleChoice {
 public:
  // Lines of train, in the manifest's order.
  void note(const ManifestLine& line);

  // One use. `classes` in the order in which they are shown.
  std::vector<std::vector<ManifestLine>> chosen(const std::vector<ClassFigures>& classes);

 private:
  struct Candidate {
    std::vector<ManifestLine> lines;  // of one sample: the original, then the first copies
    std::uint64_t hash = 0;           // of its path

    bool is_better_than(const Candidate& other) const;
  };

  void end_sample();

  Candidate current_;
  std::unordered_map<std::string, Candidate> best_;  // by class
};

// Reads the images and shrinks them. What cannot be read says why.
ShownSample shown_sample(const std::filesystem::path& root, const std::vector<ManifestLine>& lines);

}  // namespace tenfold
