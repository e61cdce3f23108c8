// What is known of the files of an output: one record per image, and one for each annotation beside it,
// whichever of manifest and journal it stands in.

#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "tenfold/base/hash.h"

namespace tenfold {

// The mean and the standard deviation of an image's channels, as fractions of full scale: red, green and
// blue, or grey alone. In whole units, so that a text of them is short and says it all.
struct RecordedMoments {
  static constexpr double kUnits = 100'000;  // of full scale

  std::array<std::uint32_t, 3> mean{};
  std::array<std::uint16_t, 3> std{};  // at most a half of full scale
  std::uint8_t channels = 0;           // 1 or 3; 0: not known

  bool operator==(const RecordedMoments&) const = default;
};

struct OutputRecord {
  std::uint64_t bytes = 0;
  Hash128 hash;         // of the file
  Hash128 fingerprint;  // of all that decides the file's bytes
  int width = 0;        // pixels; 0 for annotations
  int height = 0;
  std::vector<std::string> refused{};  // why the quality gate turned down the attempts before, one word each
  RecordedMoments moments{};           // of the pixels
  std::uint32_t shard = 0;   // that holds it: a number from 1, of OutputState::shards; 0: its own file does
  std::uint64_t offset = 0;  // of its bytes in the shard

  bool is_image() const { return width > 0; }
  bool operator==(const OutputRecord&) const = default;
};

// By path relative to the output's root.
using OutputRecords = std::unordered_map<std::string, OutputRecord>;

// A file beside the images that the output's layout wants: a shard, or a list of all images. dataset.json
// names them.
struct Companion {
  std::uint64_t bytes = 0;
  Hash128 hash;

  bool operator==(const Companion&) const = default;
};

// By path relative to the output's root.
using Companions = std::map<std::string, Companion>;

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
