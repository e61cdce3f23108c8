// What dataset.json tells of an output that its manifest cannot.

#pragma once

#include <string>

#include "tenfold/run/output_figures.h"

namespace tenfold {

// Sets what dataset.json says: classes with their samples, targets, shortfalls and weights, bad and failed
// files, leaks, statistics, versions, the recipe. Returns false where it is not as tenfold writes it.
bool read_described_figures(const std::string& description, OutputFigures& figures);

}  // namespace tenfold
