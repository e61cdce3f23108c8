// What is known of the files of an output: one record per image, and one for each annotation beside it,
// whichever of manifest and journal it stands in.

#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "tenfold/base/hash.h"

namespace tenfold {

struct OutputRecord {
  std::uint64_t bytes = 0;
  Hash128 hash;         // of the file
  Hash128 fingerprint;  // of all that decides the file's bytes
  int width = 0;        // pixels; 0 for annotations
  int height = 0;
  std::vector<std::string> refused{};  // why the quality gate turned down the attempts before, one word each

  bool is_image() const { return width > 0; }
  bool operator==(const OutputRecord&) const = default;
};

// By path relative to the output's root.
using OutputRecords = std::unordered_map<std::string, OutputRecord>;

// A source that failed when it was decoded, known by its content, so that a mended file comes back.
struct BadSource {
  Hash128 hash;
  std::string stage;
  std::string reason;

  bool operator==(const BadSource&) const = default;
};

// By path relative to the input's root.
using BadSources = std::unordered_map<std::string, BadSource>;

}  // namespace tenfold
