#include <spdlog/spdlog.h>

#include "commands.h"
#include "interruption.h"
#include "run_observer.h"
#include "tenfold/report/summary.h"
#include "tenfold/run/merge.h"

namespace tenfold {
namespace {

struct MergeArguments {
  std::string output;
  std::vector<std::string> more, inputs;
  std::optional<int> jobs;
  std::optional<std::uint64_t> memory;
  bool force = false;

  Merger merger() const { return {output, {more.begin(), more.end()}, {inputs.begin(), inputs.end()}}; }

  RunOptions options() const {
    RunOptions options{.force = force, .stop = &interruption_requested()};
    if (jobs) options.jobs = *jobs;
    if (memory) options.memory_bytes = *memory;
    return options;
  }
};

RunSummary merge_watched(const MergeArguments& arguments, Verbosity verbosity, const Logger& logger) {
  RunObserver observer(logger, verbosity);
  return merge(arguments.merger(), arguments.options(), observer);
}

ExitCode merge_command(const MergeArguments& arguments, const OutputOptions& output, const Logger& logger) {
  const RunSummary summary = merge_watched(arguments, output.verbosity(), logger);
  log_lines(logger, summary.has_findings(), findings_text(summary));
  logger->debug("{}", done_text(summary));
  if (output.json) {
    print_result(result_json(summary));
  } else if (!output.quiet) {
    print_text(result_text(summary, stdout_style(output.color)));
  }
  return summary.has_findings() ? kFindings : kDone;
}

}  // namespace

void add_merge_command(CLI::App& program, OutputOptions& output, Command& chosen) {
  CLI::App* command = program.add_subcommand("merge", "Make one whole output of the shards of a run");
  const auto arguments = std::make_shared<MergeArguments>();
  command->add_option("OUT", arguments->output, "The output folder of the shards, or a new one")->required();
  command->add_option("MORE", arguments->more, "Folders with other shards; their files move into OUT")
      ->type_name("DIR");
  add_input_option(*command, arguments->inputs,
                   "Where the dataset is now; it is needed only if images are to be made, statistics or "
                   "look-alikes to be found, or originals are links");
  add_jobs_option(*command, arguments->jobs);
  add_memory_option(*command, arguments->memory);
  command->add_flag("--force", arguments->force, "Start even if the disk seems too small");
  add_output_options(*command, output);
  command->footer(
      "Example:\n  tenfold merge data/train-x10\n\n"
      "The shards of `tenfold run --shard I/N` become what one run would have made, byte for byte. Where "
      "some\n"
      "of them found bad images, the merge plans again, and makes and removes what differs.\n\n"
      "Exit codes: 0 done; 1 could not merge, a repeat continues; 2 a shard is missing or does not belong "
      "to\n"
      "the others, nothing was written; 3 done, but images were skipped or a class is short; 4 somebody is\n"
      "at work there, or it is not tenfold's.");
  command->callback([arguments, &output, &chosen] {
    chosen = [arguments, &output](const Logger& logger) { return merge_command(*arguments, output, logger); };
  });
}

}  // namespace tenfold
