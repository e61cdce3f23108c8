#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Validators.hpp>

#include "commands.h"
#include "interruption.h"
#include "tenfold/base/atomic_file.h"
#include "tenfold/base/text.h"
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
    print_text(result_text(result, stdout_style(output.color)) + "\n" +
               findings_text(result, stdout_style(output.color)));
  } else if (!result.findings.empty()) {
    log_lines(logger, true, findings_text(result, stdout_style(output.color)));
  }
  return arguments.strict && !result.findings.empty() ? kFindings : kDone;
}

// CLI11's own check lets NaN pass, and shows bounds with 300 digits.
CLI::Validator within(double least, double most) {
  return CLI::Validator(
      [=](std::string& text) {
        double value = 0;
        const bool is_number = CLI::detail::lexical_cast(text, value);
        return is_number && value >= least && value <= most
                   ? std::string()
                   : "must be a number from " + shortest(least) + " to " + shortest(most) + ", and is " +
                         text;
      },
      "");
}

void add_threshold_options(CLI::App& command, InspectArguments& arguments) {
  constexpr double kMostImages = 1e12, kMostPixels = 1e6, kFullScale = 255, kPercent = 100;
  Thresholds& thresholds = arguments.thresholds;
  const auto add = [&](const char* name, double& value, double least, double most, const char* type,
                       const char* description) {
    return command.add_option(name, value, description)
        ->type_name(type)
        ->check(within(least, most))
        ->capture_default_str()
        ->group("Thresholds");
  };
  add("--min-images", thresholds.min_images, 0, kMostImages, "N", "A class with fewer images is small");
  add("--min-side", thresholds.min_side, 0, kMostPixels, "PIXELS",
      "Tiny below this; unless it is set, half of the median side is enough")
      ->each([&arguments](const std::string&) { arguments.side_is_set = true; });
  add("--max-aspect", thresholds.max_aspect, 1, kMostPixels, "RATIO",
      "More than this, longer by shorter side, is odd");
  add("--dark", thresholds.dark, 0, kFullScale, "VALUE",
      "Too dark where 99 % of the pixels are darker, of 255");
  add("--bright", thresholds.bright, 0, kFullScale, "VALUE",
      "Too bright where 99 % of the pixels are brighter");
  add("--blank", thresholds.blank, 0, kFullScale, "VALUE", "Blank below this standard deviation of the luma");
  add("--min-contrast", thresholds.min_contrast, 0, kFullScale, "VALUE",
      "Low contrast below this standard deviation");
  add("--similar", thresholds.similar, kSameDetail, 1, "SHARE",
      "Nearly the same where detail correlates by more than this, from 64 pixels a side on");
  add("--blur", thresholds.blur, 0, kPercent, "PERCENT",
      "Blurred where edges have less of the contrast, in percent");
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
