#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "commands.h"
#include "interruption.h"
#include "places.h"
#include "tenfold/base/atomic_file.h"
#include "tenfold/base/text.h"
#include "tenfold/report/output_page.h"

namespace tenfold {
namespace {

struct ReportArguments {
  std::string folder;
  std::string output = "report.html";
  std::optional<int> jobs;
};

ExitCode report_command(const ReportArguments& arguments, const OutputOptions& output, const Logger& logger) {
  listen_for_interruptions();  // so that no half of a page stays
  ReportOptions options{.stop = &interruption_requested()};
  if (arguments.jobs) options.jobs = *arguments.jobs;
  refuse_place(arguments.output, arguments.folder,
               "the output " + in_quotes(arguments.folder) + ", which holds only what a run wrote", "-o");
  AtomicFile page(arguments.output);
  ConsoleObserver observer(logger, output.verbosity());
  const OutputFigures figures = figures_of(arguments.folder, options, observer);
  page.write(output_page(figures));
  page.commit();
  if (output.json) {
    print_result(figures_json(figures));
  } else if (!output.quiet) {
    print_text(result_text(figures, arguments.output));
  }
  return kDone;
}

}  // namespace

void add_report_command(CLI::App& program, OutputOptions& output, Command& chosen) {
  CLI::App* command = program.add_subcommand("report", "Write a page about an output, to look at");
  const auto arguments = std::make_shared<ReportArguments>();
  command->add_option("OUT", arguments->folder, "An output folder; nothing is written to it")->required();
  command->add_option("-o,--output", arguments->output, "The page, one HTML file; not in OUT")
      ->type_name("FILE")
      ->capture_default_str()
      ->check([](const std::string& text) { return std::string(text.empty() ? "must not be empty" : ""); });
  add_jobs_option(*command, arguments->jobs);
  add_output_options(*command, output);
  command->footer(
      "Example:\n  tenfold report data/train-x10 -o train-x10.html\n\n"
      "--json: what the page shows: manifest, intact, images, bytes, imbalance (before, after), classes,\n"
      "splits, copies_per_sample (from, to, samples), bad and failed (count, first), ignored, misnamed,\n"
      "several_images, gate (refused, redrawn, kept), leaks, shown, chains (classes, copies, grows,\n"
      "transforms: name, fired, expected per copy, places, parameters with low, high and counts),\n"
      "statistics, versions, recipe, recipe_fault. null: there is none, or it is not known.\n\n"
      "Exit codes: 0 the page is written, whatever it shows; 1 could not be read or written; 2 no such\n"
      "folder, or the page would lie in it; 4 it is in use, unfinished, damaged, or no output of tenfold.");
  command->callback([arguments, &output, &chosen] {
    chosen = [arguments, &output](const Logger& logger) {
      return report_command(*arguments, output, logger);
    };
  });
}

}  // namespace tenfold
