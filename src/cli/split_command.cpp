#include <spdlog/spdlog.h>

#include "commands.h"
#include "recipe_file.h"
#include "tenfold/base/atomic_file.h"
#include "tenfold/base/error.h"
#include "tenfold/base/text.h"
#include "tenfold/report/summary.h"

namespace tenfold {
namespace {

struct SplitArguments {
  RecipeOptions recipe;
  std::string file;
};

std::filesystem::path file_of(const SplitArguments& arguments, const Recipe& recipe) {
  if (!arguments.file.empty()) return arguments.file;
  if (recipe.input.split && !recipe.input.split->file.empty()) return recipe.input.split->file;
  throw Error(
      ErrorKind::kUsage,
      "there is no file to write; add input.split.file: split.csv to the recipe, or --file split.csv");
}

ExitCode split_command(const SplitArguments& arguments, const OutputOptions& output, const Logger& logger) {
  Recipe recipe = load_recipe(arguments.recipe, *logger);
  const std::filesystem::path file = file_of(arguments, recipe);
  if (recipe.input.split) recipe.input.split->file = file;  // what it has decided stays
  ConsoleObserver observer(logger, output.verbosity());
  const DatasetSplit split = split_dataset(recipe, arguments.recipe.run_options(), observer);
  write_atomically(file, split_table(split));
  const bool findings = !split.bad.empty() || !split.leaks.empty();
  log_lines(logger, findings, findings_text(split));
  if (output.json) {
    print_result(result_json(split));
  } else if (!output.quiet) {
    print_text(result_text(split) + counted(split.samples.size(), "image") + " in " +
               in_quotes(file.string()) + "\n");
  }
  return findings ? kFindings : kDone;
}

}  // namespace

void add_split_command(CLI::App& program, OutputOptions& output, Command& chosen) {
  CLI::App* command =
      program.add_subcommand("split", "Write down who goes to train, val and test, so that nobody moves");
  const auto arguments = std::make_shared<SplitArguments>();
  add_recipe_options(*command, arguments->recipe);
  command->add_option("--file", arguments->file, "The table to write, in place of input.split.file")
      ->type_name("CSV");
  add_output_options(*command, output);
  command->footer(
      "Samples that input.split.file has already stay where they are; only new ones are decided.\n\n"
      "Example:\n  tenfold split recipe.yaml -i data/images --file split.csv\n\n" +
      exit_codes_text());
  command->callback([arguments, &output, &chosen] {
    chosen = [arguments, &output](const Logger& logger) { return split_command(*arguments, output, logger); };
  });
}

}  // namespace tenfold
