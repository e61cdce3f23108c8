// What people and machines are told at the end of a run and of a plan.

#pragma once

#include <string>

#include "tenfold/report/class_table.h"
#include "tenfold/run/run.h"
#include "tenfold/run/split_dataset.h"

namespace tenfold {

// The result: the table of classes and what was made, kept and removed. Ends with a newline.
std::string result_text(const RunSummary& summary, const TableStyle& style);
std::string result_text(const Forecast& forecast, const TableStyle& style);
std::string result_text(const DatasetSplit& split);

// The last line of the result, for a log. Ends without a newline.
std::string done_text(const RunSummary& summary);

// What was skipped and why: one line per bad image, failed output, shortfall, and ignored kind. Empty if
// nothing was.
std::string findings_text(const RunSummary& summary);
std::string findings_text(const Forecast& forecast);
std::string findings_text(const DatasetSplit& split);

// The same for machines: one JSON object with a newline.
std::string result_json(const RunSummary& summary);
std::string result_json(const Forecast& forecast);
std::string result_json(const DatasetSplit& split);

// One line per pass: wall and CPU seconds.
std::string timings_text(const std::vector<PassTime>& times);

}  // namespace tenfold
