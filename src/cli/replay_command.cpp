#include <spdlog/spdlog.h>

#include "commands.h"
#include "tenfold/base/error.h"
#include "tenfold/report/output_result.h"

namespace tenfold {
namespace {

struct ReplayArguments {
  std::string folder, file;
  std::vector<std::string> inputs;
};

ExitCode replay_command(const ReplayArguments& arguments, const OutputOptions& output, const Logger& logger) {
  if (arguments.inputs.empty())
    throw Error(ErrorKind::kUsage, "replay needs the dataset that the output was made of: -i DIR");
  ConsoleObserver observer(logger, output.verbosity());
  const Replay result =
      replay(arguments.folder, arguments.file, {arguments.inputs.begin(), arguments.inputs.end()}, observer);
  const bool equal = result.result == ReplayResult::kEqual;
  if (output.json) {
    print_result(result_json(result));
  } else if (!equal) {
    logger->warn("{}", result.sentence);
  } else if (!output.quiet) {
    print_text(result.sentence + "\n");
  }
  return equal ? kDone : kFindings;
}

}  // namespace

void add_replay_command(CLI::App& program, OutputOptions& output, Command& chosen) {
  CLI::App* command = program.add_subcommand("replay", "Make one image of an output again, and compare");
  const auto arguments = std::make_shared<ReplayArguments>();
  command->add_option("OUT", arguments->folder, "An output folder; nothing is written to it")->required();
  command->add_option("FILE", arguments->file, "An image, as the manifest calls it, or its path")->required();
  add_input_option(*command, arguments->inputs, "The dataset that the output was made of; required");
  add_output_options(*command, output);
  command->footer(
      "Example:\n  tenfold replay data/train-x10 cat/7__x0003.jpg -i data/train\n\n"
      "--json: result (equal, source_changed, drawn_otherwise, made_otherwise or file_changed), file_name\n"
      "and sentence.\n\n"
      "Exit codes: 0 equal, byte for byte; 1 could not be made; 2 no -i, no such folder or file; 3 it is\n"
      "another; 4 the output is in use, unfinished, or not tenfold's.");
  command->callback([arguments, &output, &chosen] {
    chosen = [arguments, &output](const Logger& logger) {
      return replay_command(*arguments, output, logger);
    };
  });
}

}  // namespace tenfold
