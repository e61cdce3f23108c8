// What people and machines are told by the commands that look at a finished output, or clean it.

#pragma once

#include <string>

#include "tenfold/run/clean.h"
#include "tenfold/run/explain.h"
#include "tenfold/run/replay.h"
#include "tenfold/run/verify.h"

namespace tenfold {

// The result. Ends with a newline.
std::string result_text(const Verification& verification);
std::string result_text(const Explanation& explanation);
std::string result_text(const Cleaning& cleaning, const std::string& folder);

// One line per finding, the first twenty of each kind. Empty if there are none.
std::string findings_text(const Verification& verification);

// The same for machines: one JSON object with a newline.
std::string result_json(const Verification& verification);
std::string result_json(const Explanation& explanation);
std::string result_json(const Replay& replay);
std::string result_json(const Cleaning& cleaning);

}  // namespace tenfold
