#include <spdlog/spdlog.h>

#include "commands.h"
#include "recipe_file.h"
#include "tenfold/report/summary.h"

namespace tenfold {
namespace {

ExitCode plan_command(const RecipeOptions& arguments, const OutputOptions& output, const Logger& logger) {
  const Recipe recipe = load_recipe(arguments, *logger);
  ConsoleObserver observer(logger, output.verbosity());
  const Forecast result = forecast(recipe, arguments.run_options(), observer);

  const bool warn =
      result.has_findings() || result.idle_copies > 0 || result.equal_copies > 0 || !result.warnings.empty();
  log_lines(logger, warn, findings_text(result));
  if (arguments.timings) log_lines(logger, false, timings_text(result.times));
  if (output.json) {
    print_result(result_json(result));
  } else if (!output.quiet) {
    print_result(result_text(result, stdout_style()));
  }
  return result.has_findings() ? kFindings : kDone;
}

}  // namespace

void add_plan_command(CLI::App& program, OutputOptions& output, Command& chosen) {
  CLI::App* command = program.add_subcommand("plan", "Show what a run would do; write nothing");
  const auto arguments = std::make_shared<RecipeOptions>();
  add_recipe_options(*command, *arguments);
  add_output_options(*command, output);
  command->footer("Example:\n  tenfold plan recipe.yaml -i data/train -o data/train-x10\n\n" +
                  exit_codes_text());
  command->callback([arguments, &output, &chosen] {
    chosen = [arguments, &output](const Logger& logger) { return plan_command(*arguments, output, logger); };
  });
}

}  // namespace tenfold
