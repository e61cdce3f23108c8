// A table that says which label each file has, and perhaps which split: CSV or JSON Lines.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tenfold/dataset/catalog.h"

namespace tenfold {

struct LabelRow {
  std::string file;  // relative to the root
  std::string label;
  std::optional<Split> split;
  std::size_t line = 0;
};

// The rows sorted by file, one for each. Throws Error: kUsage with name and line where the table cannot be
// read, a label is no name for a folder, a file leads out of the root, two rows contradict each other, or a
// split is none of those of the options.
std::vector<LabelRow> read_label_table(const DatasetRoot& root, const ScanOptions& options);

// Why a label cannot be the name of a class's folder, as a clause: "is empty"; or nothing.
std::string fault_of_label(const std::string& label);

}  // namespace tenfold
