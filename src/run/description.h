// dataset.json: what an output is and how it came about. No times, hosts or absolute paths, so that two runs
// on one input describe themselves alike.

#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "coco_files.h"
#include "tenfold/run/run.h"
#include "tenfold/store/record.h"

namespace tenfold {

// Versions of this program and of the libraries that decide bytes, by name.
using Versions = std::map<std::string, std::string>;

Versions current_versions();

// The sets of versions that the files of an output came from, as its dataset.json says; the last one is of
// the last run that made something.
std::vector<Versions> recorded_versions(const std::string& description);

// The text of the output's dataset.json; empty where it cannot be read.
std::string read_description(const std::filesystem::path& root);

// What the summary of the run that wrote it said, as far as it is written down: for who has nothing to do.
RunSummary described_summary(const std::string& description);

// How many images of a class an output has, in all of its splits.
struct DescribedClass {
  std::string name;
  std::uint64_t originals = 0;
  std::uint64_t copies = 0;
  std::uint64_t held_out = 0;  // of the originals: in val and test

  bool operator==(const DescribedClass&) const = default;
};

// As a dataset.json says; nothing where it is not as tenfold writes it.
std::optional<std::vector<DescribedClass>> described_classes(const std::string& description);

// The resolved recipe of an output; empty where its dataset.json has none.
std::string described_recipe(const std::string& description);

// What the run saw of val and test in train, and perhaps left out.
std::vector<Leak> recorded_leaks(const std::string& description);

// Names of the outputs that could not be made.
std::vector<std::string> failed_outputs(const std::string& description);

// What the lists of boxes were made of; nothing where there are none.
struct DescribedBoxes {
  Hash128 fingerprint;
  std::vector<CocoFiles::Source> sources;
};

DescribedBoxes described_boxes(const std::string& description);

// `manifest` is the hash of the manifest that it lies beside, `companions` are the other files there, of
// which lists of boxes were made of `boxes`, if there are any.
std::string description_text(const Recipe& recipe, const RunSummary& summary,
                             const std::vector<Versions>& versions, const Hash128& manifest,
                             const Companions& companions, const CocoFiles* boxes);

}  // namespace tenfold
