// Labels that are not the names of folders: from the files' names, from a table, or from files beside them.

#pragma once

#include <string>
#include <vector>

#include "dataset/walk.h"

namespace tenfold {

// The rule for this root: a tar with images and .cls files in its root is a WebDataset, without being told.
LabelRule rule_for(const DatasetRoot& root, const ScanOptions& options);

// Gives each of the found files its class, and its split where a table knows it. Images that have no label
// are bad if their name should have told it, and counted if a table does not name them; what a table names
// and is not there is bad. Throws Error: kUsage where a table cannot be read or has a row that cannot be
// meant, with its line, and where no image has a label.
void find_labels(const DatasetRoot& root, const ScanOptions& options, Walk& found);

// The labels of the table below `root`. Throws as find_labels() does for its rows.
std::vector<std::string> class_names_of_table(const DatasetRoot& root, const ScanOptions& options);

}  // namespace tenfold
