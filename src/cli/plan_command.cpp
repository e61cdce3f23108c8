#include <spdlog/spdlog.h>

#include "commands.h"
#include "recipe_file.h"
#include "tenfold/report/summary.h"
#include "tenfold/run/plan_fingerprint.h"

namespace tenfold {

ExitCode plan_command(const RecipeOptions& arguments, const RunOptions& options, const OutputOptions& output,
                      const Logger& logger) {
  const Recipe recipe = load_recipe(arguments, *logger);
  ConsoleObserver observer(logger, output.verbosity());
  const Forecast result = forecast(recipe, options, observer);

  const bool refuses = !result.refusals.empty() && !options.force;
  const bool warn = result.has_findings() || refuses || result.idle_copies > 0 || result.equal_copies > 0 ||
                    !result.warnings.empty();
  log_lines(logger, warn, findings_text(result));
  if (arguments.timings) log_lines(logger, false, timings_text(result.times));
  if (output.json) {
    print_result(result_json(result));
  } else if (!output.quiet) {
    print_text(result_text(result, stdout_style(output.color)));
  }
  if (refuses) return kFailed;  // as the run would
  return result.has_findings() ? kFindings : kDone;
}

namespace {

ExitCode fingerprint_command(const RecipeOptions& arguments, const OutputOptions& output,
                             const Logger& logger) {
  const Recipe recipe = load_recipe(arguments, *logger);
  ConsoleObserver observer(logger, output.verbosity());
  print_result(hex(plan_fingerprint(recipe, arguments.run_options(), observer)) + "\n");
  return kDone;
}

}  // namespace

void add_plan_command(CLI::App& program, OutputOptions& output, Command& chosen) {
  CLI::App* command = program.add_subcommand("plan", "Show what a run would do; write nothing");
  const auto arguments = std::make_shared<RecipeOptions>();
  add_recipe_options(*command, *arguments);
  add_shard_option(*command, arguments->shard);
  const auto only_fingerprint = std::make_shared<bool>(false);
  CLI::Option* fingerprint = command->add_flag("--fingerprint", *only_fingerprint,
                                               "Print nothing but a hash that is another one when recipe, "
                                               "images or versions are others: a cache's key");
  add_output_options(*command, output);
  fingerprint->excludes("--json");
  command->footer(
      "Examples:\n"
      "  tenfold plan recipe.yaml -i data/train -o data/train-x10\n"
      "  tenfold plan recipe.yaml --fingerprint\n\n" +
      exit_codes_text());
  command->callback([arguments, only_fingerprint, &output, &chosen] {
    chosen = [arguments, only_fingerprint, &output](const Logger& logger) {
      if (*only_fingerprint) return fingerprint_command(*arguments, output, logger);
      return plan_command(*arguments, arguments->run_options(), output, logger);
    };
  });
}

}  // namespace tenfold
