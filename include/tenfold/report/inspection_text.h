// What people and machines are told of a dataset that was inspected.

#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "tenfold/inspect/inspect.h"
#include "tenfold/report/class_table.h"

namespace tenfold {

// The classes, rarest first, their sizes, and what each balance rule would give. Ends with a newline.
std::string result_text(const Inspection& inspection, const TableStyle& style);

// The findings by kind with their thresholds, gravest first, the first ten of each; then what was not found.
std::string findings_text(const Inspection& inspection, const TableStyle& style);

// Takes a text piece by piece, for there may be millions of findings.
using WriteText = std::function<void(std::string_view)>;

// One JSON object with a newline.
void write_json(const Inspection& inspection, const WriteText& write);

// The findings as RFC 4180 has it, with a heading; of files that are the same, one line for each but the
// first.
void write_csv(const Inspection& inspection, const WriteText& write);

}  // namespace tenfold
