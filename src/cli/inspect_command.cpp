#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Validators.hpp>

#include "commands.h"
#include "interruption.h"
#include "tenfold/base/atomic_file.h"
#include "tenfold/report/inspection_text.h"
#include "tenfold/run/machine.h"
#include "tenfold/similarity/near_duplicates.h"

namespace tenfold {
namespace {

struct InspectArguments {
  std::string folder;
  std::optional<int> jobs;
  bool fast = false;
  bool strict = false;
  std::string csv;
  Thresholds thresholds;
  bool side_is_set = false;
};

Inspection inspect_watched(const InspectArguments& arguments, Verbosity verbosity, const Logger& logger) {
  ConsoleObserver observer(logger, verbosity);
  observer.pass_began("scan");
  return inspect(arguments.folder,
                 {.jobs = arguments.jobs.value_or(available_cores()),
                  .fast = arguments.fast,
                  .thresholds = arguments.thresholds,
                  .side_is_set = arguments.side_is_set,
                  .stop = &interruption_requested(),
                  .progressed = [&](std::uint64_t images, std::uint64_t of, std::uint64_t bytes) {
                    if (images == 0) return observer.pass_began("look at images");
                    observer.progressed({.done = images, .total = of, .bytes = bytes});
                  }});
}

ExitCode inspect_command(const InspectArguments& arguments, const OutputOptions& output,
                         const Logger& logger) {
  listen_for_interruptions();  // so that no half of a CSV file stays
  std::optional<AtomicFile> csv;
  if (!arguments.csv.empty()) csv.emplace(arguments.csv);
  const Inspection result = inspect_watched(arguments, output.verbosity(), logger);
  if (csv) {
    write_csv(result, [&](std::string_view text) { csv->write(text); });
    csv->commit();
  }
  if (output.json) {
    write_json(result, [](std::string_view text) { print_result(std::string(text)); });
  } else if (!output.quiet) {
    print_result(result_text(result, stdout_style(output.color)) + "\n" +
                 findings_text(result, stdout_style(output.color)));
  } else if (!result.findings.empty()) {
    log_lines(logger, true, findings_text(result, stdout_style(output.color)));
  }
  return arguments.strict && !result.findings.empty() ? kFindings : kDone;
}

void add_threshold_options(CLI::App& command, InspectArguments& arguments) {
  Thresholds& thresholds = arguments.thresholds;
  const auto add = [&](const char* name, double& value, const char* description, const char* type) {
    return command.add_option(name, value, description)
        ->type_name(type)
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str()
        ->group("Thresholds");
  };
  add("--min-images", thresholds.min_images, "A class with fewer images is small", "N");
  add("--min-side", thresholds.min_side,
      "Tiny below this; unless it is set, half of the median side is enough", "PIXELS")
      ->each([&arguments](const std::string&) { arguments.side_is_set = true; });
  add("--max-aspect", thresholds.max_aspect, "More than this, longer by shorter side, is odd", "RATIO");
  add("--dark", thresholds.dark, "Too dark where 99 % of the pixels are darker, of 255", "VALUE");
  add("--bright", thresholds.bright, "Too bright where 99 % of the pixels are brighter", "VALUE");
  add("--blank", thresholds.blank, "Blank below this standard deviation of the luma", "VALUE");
  add("--min-contrast", thresholds.min_contrast, "Low contrast below this standard deviation", "VALUE");
  add("--similar", thresholds.similar,
      "Nearly the same where detail correlates by more than this, from 64 pixels a side on", "SHARE")
      ->check(CLI::Range(kSameDetail, 1.0));
  add("--blur", thresholds.blur, "Blurred where edges have less of the contrast, in percent", "PERCENT");
}

}  // namespace

void add_inspect_command(CLI::App& program, OutputOptions& output, Command& chosen) {
  CLI::App* command =
      program.add_subcommand("inspect", "Show what is in a dataset, and what is wrong with it");
  const auto arguments = std::make_shared<InspectArguments>();
  command
      ->add_option("DIR", arguments->folder,
                   "The dataset, a folder of class folders; nothing is written to it")
      ->required();
  command->add_flag("--fast", arguments->fast, "Read headers only: no duplicates, nothing about pixels");
  command->add_flag("--strict", arguments->strict, "End with 3 if there is a finding");
  command->add_option("--csv", arguments->csv, "Write the findings to this file, too")->type_name("FILE");
  add_threshold_options(*command, *arguments);
  add_jobs_option(*command, arguments->jobs);
  add_output_options(*command, output);
  command->footer(
      "Example:\n  tenfold inspect data/train --csv findings.csv\n\n"
      "--json: images, bytes, fast, classes (with targets by balance rule), all, imbalance, thresholds,\n"
      "ignored, and findings, each with its kind, class, file_name, others, value, threshold and sentence.\n"
      "--csv: kind,class,file,other,value,threshold,sentence.\n\n"
      "Exit codes: 0 done; 1 could not be read; 2 no such folder, or no classes in it; 3 with --strict:\n"
      "there are findings.");
  command->callback([arguments, &output, &chosen] {
    chosen = [arguments, &output](const Logger& logger) {
      return inspect_command(*arguments, output, logger);
    };
  });
}

}  // namespace tenfold
