#include "commands.h"
#include "tenfold/report/output_result.h"

namespace tenfold {
namespace {

struct ExplainArguments {
  std::string folder, file;
  std::vector<std::string> inputs;
};

ExitCode explain_command(const ExplainArguments& arguments, const OutputOptions& output,
                         const Logger& logger) {
  const std::vector<std::filesystem::path> inputs(arguments.inputs.begin(), arguments.inputs.end());
  ConsoleObserver observer(logger, output.verbosity());
  const Explanation explanation = explain(arguments.folder, arguments.file, inputs, observer);
  if (output.json) {
    print_result(result_json(explanation));
  } else {
    print_text(result_text(explanation));
  }
  return kDone;
}

}  // namespace

void add_explain_command(CLI::App& program, OutputOptions& output, Command& chosen) {
  CLI::App* command = program.add_subcommand("explain", "Show how one image of an output came about");
  const auto arguments = std::make_shared<ExplainArguments>();
  command->add_option("OUT", arguments->folder, "An output folder; nothing is written to it")->required();
  command->add_option("FILE", arguments->file, "An image, as the manifest calls it, or its path")->required();
  add_input_option(*command, arguments->inputs,
                   "The dataset: for the matrix of images that depend on others");
  add_output_options(*command, output);
  command->footer(
      "Example:\n  tenfold explain data/train-x10 cat/7__x0003.jpg\n\n"
      "--json: the keys of the manifest, source_width, source_height, and map: to_source and from_source,\n"
      "3x3, rows first, between pixels of the output and of the source, and how many displacements and\n"
      "pixel_steps they do not show; null, with why_no_map, where it is not known.\n\n"
      "Exit codes: 0 done; 1 could not be read; 2 no such folder or file; 4 the output is in use,\n"
      "unfinished, or not tenfold's.");
  command->callback([arguments, &output, &chosen] {
    chosen = [arguments, &output](const Logger& logger) {
      return explain_command(*arguments, output, logger);
    };
  });
}

}  // namespace tenfold
