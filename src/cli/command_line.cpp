#include "command_line.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "help.h"
#include "tenfold/base/version.h"

namespace tenfold {
namespace {

// In the order in which help and manual list them.
void add_commands(CLI::App& program, OutputOptions& output, Command& chosen) {
  add_init_command(program, output, chosen);
  add_run_command(program, output, chosen);
  add_plan_command(program, output, chosen);
  add_merge_command(program, output, chosen);
  add_preview_command(program, output, chosen);
  add_inspect_command(program, output, chosen);
  add_split_command(program, output, chosen);
  add_verify_command(program, output, chosen);
  add_replay_command(program, output, chosen);
  add_explain_command(program, output, chosen);
  add_report_command(program, output, chosen);
  add_clean_command(program, output, chosen);
  add_transforms_command(program, output, chosen);
  add_schema_command(program, output, chosen);
  add_demo_command(program, output, chosen);
  for (const char* name : {"init", "run", "plan"}) program.get_subcommand(name)->group(kFirstCommands);
}

}  // namespace

std::unique_ptr<CLI::App> command_line(OutputOptions& output, Command& chosen, int width) {
  auto program = std::make_unique<CLI::App>(
      "Turns a small, unbalanced folder of images into a larger, balanced training set.", "tenfold");
  program->formatter(std::make_shared<HelpFormatter>(width));  // commands take it over
  program->set_help_flag("-h,--help", "Show this help");
  program->set_version_flag("--version", "tenfold " + std::string(version()), "Show the version");
  program->require_subcommand(1);
  program->footer(
      "A run that was cut off is continued by repeating it. Results go to stdout (a table, or JSON\n"
      "with --json), everything else to stderr.\n\n"
      "Examples:\n"
      "  tenfold demo signs\n"
      "  tenfold init signs\n"
      "  tenfold preview tenfold.yaml\n"
      "  tenfold plan tenfold.yaml\n"
      "  tenfold run tenfold.yaml\n\n" +
      exit_codes_text());
  add_commands(*program, output, chosen);
  return program;
}

}  // namespace tenfold
