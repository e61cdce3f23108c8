#include "commands.h"
#include "tenfold/report/output_result.h"

namespace tenfold {
namespace {

struct VerifyArguments {
  std::string folder;
  std::vector<std::string> inputs;
  std::optional<int> jobs;
  bool quick = false;
};

Verification verify_watched(const VerifyArguments& arguments, Verbosity verbosity, const Logger& logger) {
  VerifyOptions options{.quick = arguments.quick};
  if (arguments.jobs) options.jobs = *arguments.jobs;
  options.inputs.assign(arguments.inputs.begin(), arguments.inputs.end());
  ConsoleObserver observer(logger, verbosity);
  return verify(arguments.folder, options, observer);
}

ExitCode verify_command(const VerifyArguments& arguments, const OutputOptions& output, const Logger& logger) {
  const Verification result = verify_watched(arguments, output.verbosity(), logger);
  log_lines(logger, true, findings_text(result));
  if (output.json) {
    print_result(result_json(result));
  } else if (!output.quiet) {
    print_text(result_text(result));
  }
  return result.findings.empty() ? kDone : kFindings;
}

}  // namespace

void add_verify_command(CLI::App& program, OutputOptions& output, Command& chosen) {
  CLI::App* command = program.add_subcommand("verify", "Check that an output is what its manifest says");
  const auto arguments = std::make_shared<VerifyArguments>();
  command->add_option("OUT", arguments->folder, "An output folder; nothing is written to it")->required();
  add_input_option(*command, arguments->inputs, "The dataset: compare the sources, too");
  command->add_flag("--quick", arguments->quick, "Names and sizes only; open no image");
  add_jobs_option(*command, arguments->jobs);
  add_output_options(*command, output);
  command->footer(
      "Example:\n  tenfold verify data/train-x10 -i data/train\n\n"
      "--json: images, bytes, quick, with_input, and findings, each with its kind, file_name and sentence.\n"
      "Kinds: unfinished, manifest, counts, missing, moved, content, picture, foreign, source, leak.\n\n"
      "Exit codes: 0 all is right; 1 could not be read; 2 no such folder; 3 there are findings; 4 it is in\n"
      "use, or no output of tenfold.");
  command->callback([arguments, &output, &chosen] {
    chosen = [arguments, &output](const Logger& logger) {
      return verify_command(*arguments, output, logger);
    };
  });
}

}  // namespace tenfold
