#include <spdlog/spdlog.h>

#include "commands.h"
#include "interruption.h"
#include "recipe_file.h"
#include "run_observer.h"
#include "tenfold/base/error.h"
#include "tenfold/report/summary.h"

namespace tenfold {
namespace {

struct RunArguments {
  RecipeOptions recipe;
  bool force = false;
  bool remake = false;
  bool rehash = false;
  bool dry_run = false;

  RunOptions options() const {
    RunOptions options = recipe.run_options();
    options.force = force;
    options.remake = remake;
    options.rehash = rehash;
    return options;
  }
};

RunSummary run_watched(const Recipe& recipe, const RunOptions& options, const Logger& logger,
                       Verbosity verbosity) {
  RunObserver observer(logger, verbosity);
  return run(recipe, options, observer);
}

ExitCode run_command(const RunArguments& arguments, const OutputOptions& output, const Logger& logger) {
  if (arguments.dry_run) return plan_command(arguments.recipe, arguments.options(), output, logger);
  const Recipe recipe = load_recipe(arguments.recipe, *logger);
  RunOptions options = arguments.options();
  options.stop = &interruption_requested();
  const RunSummary summary = run_watched(recipe, options, logger, output.verbosity());

  const bool warn = summary.has_findings() || summary.idle_copies > 0 || summary.equal_copies > 0;
  log_lines(logger, warn, findings_text(summary));
  logger->debug("{}", done_text(summary));
  if (arguments.recipe.timings) log_lines(logger, false, timings_text(summary.times));
  if (output.json) {
    print_result(result_json(summary));
  } else if (!output.quiet) {
    print_text(result_text(summary, stdout_style(output.color)));
  }
  return summary.has_findings() ? kFindings : kDone;
}

}  // namespace

void add_run_command(CLI::App& program, OutputOptions& output, Command& chosen) {
  CLI::App* command = program.add_subcommand("run", "Make the output equal to the recipe's plan");
  const auto arguments = std::make_shared<RunArguments>();
  add_recipe_options(*command, arguments->recipe);
  add_shard_option(*command, arguments->recipe.shard);
  command->add_flag("--dry-run", arguments->dry_run, "Say what would be done, as `tenfold plan` does");
  command->add_flag(
      "--force", arguments->force,
      "Remove even more than half of the existing output; start even if the disk seems too small");
  command->add_flag("--remake", arguments->remake, "Make everything again");
  command->add_flag("--rehash", arguments->rehash,
                    "Read all images of the input again, also those whose size and time have not changed");
  add_output_options(*command, output);
  command->footer(
      "A run that was cut off is continued by repeating it.\n\nExamples:\n"
      "  tenfold run recipe.yaml -i data/train -o data/train-x10\n"
      "  tenfold run recipe.yaml --shard 1/3   # the others 2/3 and 3/3; then merge\n\n" +
      exit_codes_text());
  command->callback([arguments, &output, &chosen] {
    chosen = [arguments, &output](const Logger& logger) { return run_command(*arguments, output, logger); };
  });
}

}  // namespace tenfold
