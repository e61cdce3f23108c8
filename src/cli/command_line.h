// The command line: every command with its options, defined once. What it says of itself becomes help texts,
// manual pages and completions.

#pragma once

#include <memory>

#include "commands.h"

namespace tenfold {

// `output` and `chosen` are set when a command line is parsed, and must live as long. `width` is that of help
// texts, in columns.
std::unique_ptr<CLI::App> command_line(OutputOptions& output, Command& chosen, int width);

}  // namespace tenfold
