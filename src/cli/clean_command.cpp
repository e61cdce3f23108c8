#include "commands.h"
#include "tenfold/report/output_result.h"

namespace tenfold {
namespace {

ExitCode clean_command(const std::string& folder, const OutputOptions& output) {
  const Cleaning result = clean(folder);
  if (output.json) {
    print_result(result_json(result));
  } else if (!output.quiet) {
    print_text(result_text(result, folder));
  }
  return kDone;
}

}  // namespace

void add_clean_command(CLI::App& program, OutputOptions& output, Command& chosen) {
  CLI::App* command = program.add_subcommand("clean", "Remove what tenfold wrote into an output");
  const auto folder = std::make_shared<std::string>();
  command->add_option("OUT", *folder, "An output folder; it stays, and so does what tenfold did not write")
      ->required();
  add_output_options(*command, output);
  command->footer(
      "Example:\n  tenfold clean data/train-x10\n\n"
      "Removes without asking. If it is cut off, a repeat goes on.\n"
      "--json: removed, the number of images, and foreign, what stays.\n\n"
      "Exit codes: 0 done; 1 could not remove; 2 no such folder; 4 it is in use, or no output of tenfold.");
  command->callback([folder, &output, &chosen] {
    chosen = [folder, &output](const Logger&) { return clean_command(*folder, output); };
  });
}

}  // namespace tenfold
