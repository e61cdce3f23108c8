// dataset.json: what an output is and how it came about. No times, hosts or absolute paths, so that two runs
// on one input describe themselves alike.

#pragma once

#include <map>
#include <string>

#include "tenfold/run/run.h"

namespace tenfold {

// Versions of this program and of the libraries that decide bytes, by name.
using Versions = std::map<std::string, std::string>;

Versions current_versions();

// The sets of versions that the files of an output came from, as its dataset.json says; the last one is of
// the last run that made something.
std::vector<Versions> recorded_versions(const std::string& description);

std::string description_text(const Recipe& recipe, const RunSummary& summary,
                             const std::vector<Versions>& versions);

}  // namespace tenfold
