// The keys of `input` that say where images lie and where their labels come from.

#pragma once

#include <filesystem>
#include <vector>

#include "reader.h"
#include "tenfold/base/label_rule.h"

namespace tenfold {

// One folder, or a list of them.
FieldReader dataset_roots(const Reader& reader, std::vector<std::filesystem::path>& out);

// folder, webdataset, {regex: …}, {csv: …, file: …, label: …, split: …}, or jsonl in place of csv.
FieldReader label_rule(const Reader& reader, LabelRule& out);

}  // namespace tenfold
