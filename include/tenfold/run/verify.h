// Checks an output against its own description: what the manifest lists is there, whole and nothing else, and
// as many of each class as dataset.json says. Writes nothing, so it works on a medium that is read-only.
//
// What is wrong is a finding, whatever else is wrong; an Error is only what makes the rest impossible to
// know.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenfold/run/machine.h"
#include "tenfold/run/run.h"

namespace tenfold {

enum class FindingKind {
  kUnfinished,  // there is no manifest, for a run has not come to its end
  kManifest,    // a line is damaged, out of order, double, or contradicts itself
  kCounts,      // of a class, other than in dataset.json, or dataset.json is missing
  kMissing,     // a file of the manifest
  kMoved,       // it lies somewhere else
  kContent,     // a file has another size or other bytes
  kPicture,     // a file cannot be decoded, or is a picture of another size
  kForeign,     // a file or folder that the manifest does not have
  kSource,      // of the input, missing or another than it was
  kLeak,        // something of val or test lies in train
};

// "unfinished", "manifest", …
std::string_view finding_name(FindingKind kind);

struct Finding {
  FindingKind kind;
  std::string file_name;  // of the output, or of a source; empty where it is about none
  std::string sentence;   // for people, with the name
};

struct VerifyOptions {
  int jobs = available_cores();
  std::uint64_t memory_bytes = default_memory();  // for pixels
  bool quick = false;                             // names and sizes only
  std::vector<std::filesystem::path> inputs{};    // the dataset, to be compared with the sources
};

struct Verification {
  std::uint64_t images = 0;  // lines of the manifest
  std::uint64_t bytes = 0;   // of the files that are there
  bool quick = false;
  bool with_input = false;
  std::vector<Finding> findings;  // by line of the manifest, then what is about the whole
};

// Throws Error: kUsage where there is no such folder, kLocked where it is in use, is no output of tenfold, or
// changes meanwhile; kFailed for I/O errors.
Verification verify(const std::filesystem::path& root, const VerifyOptions& options, Observer& observer);

}  // namespace tenfold
