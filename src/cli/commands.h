// The commands. Each adds itself to the program's command line; the one that is chosen runs and returns an
// exit code.

#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <memory>

#include "exit_code.h"
#include "options.h"

namespace tenfold {

using Command = std::function<ExitCode(const Logger&)>;

// Each adds a subcommand with the options of `output`, and sets `chosen` when it is named on the command
// line.
void add_init_command(CLI::App& program, OutputOptions& output, Command& chosen);
void add_run_command(CLI::App& program, OutputOptions& output, Command& chosen);
void add_plan_command(CLI::App& program, OutputOptions& output, Command& chosen);
void add_preview_command(CLI::App& program, OutputOptions& output, Command& chosen);
void add_split_command(CLI::App& program, OutputOptions& output, Command& chosen);
void add_inspect_command(CLI::App& program, OutputOptions& output, Command& chosen);
void add_merge_command(CLI::App& program, OutputOptions& output, Command& chosen);
void add_verify_command(CLI::App& program, OutputOptions& output, Command& chosen);
void add_replay_command(CLI::App& program, OutputOptions& output, Command& chosen);
void add_explain_command(CLI::App& program, OutputOptions& output, Command& chosen);
void add_report_command(CLI::App& program, OutputOptions& output, Command& chosen);
void add_clean_command(CLI::App& program, OutputOptions& output, Command& chosen);
void add_schema_command(CLI::App& program, OutputOptions& output, Command& chosen);
void add_transforms_command(CLI::App& program, OutputOptions& output, Command& chosen);
void add_demo_command(CLI::App& program, OutputOptions& output, Command& chosen);

// Shows what a run with these options would do.
ExitCode plan_command(const RecipeOptions& arguments, const RunOptions& options, const OutputOptions& output,
                      const Logger& logger);

}  // namespace tenfold
