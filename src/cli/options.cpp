#include "options.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Validators.hpp>
#include <charconv>

#include "tenfold/base/text.h"

namespace tenfold {

namespace {

// As in a recipe: decimal digits alone.
std::optional<std::uint64_t> parsed_seed(const std::string& text) {
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

// An empty path would be taken for something else.
std::string fault_of_path(const std::string& text) { return text.empty() ? "must not be empty" : ""; }

}  // namespace

RecipeOverrides RecipeOptions::overrides() const {
  RecipeOverrides overrides{.settings = settings};
  if (seed) overrides.seed = parsed_seed(*seed);
  overrides.inputs.assign(inputs.begin(), inputs.end());
  if (output) overrides.output = *output;
  return overrides;
}

RunOptions RecipeOptions::run_options() const {
  RunOptions run_options;
  if (jobs) run_options.jobs = *jobs;
  if (memory) run_options.memory_bytes = *memory;
  if (shard) run_options.shard = parse_run_shard(*shard);
  return run_options;
}

void add_recipe_options(CLI::App& command, RecipeOptions& options) {
  command.add_option("RECIPE", options.recipe, "The recipe, a YAML file")->required();
  add_input_option(command, options.inputs, "Dataset folder, in place of input.root; may be repeated");
  command.add_option("-o,--output", options.output, "Output folder, in place of output.root")
      ->type_name("DIR")
      ->check(fault_of_path);
  // CLI11 would take 010 or -1 for something else.
  const auto whole_number = [](const std::string& text) {
    return std::string(parsed_seed(text) ? "" : "must be a whole number from 0 to 18446744073709551615");
  };
  command.add_option("--seed", options.seed, "In place of the recipe's seed")
      ->type_name("N")
      ->check(whole_number);
  command.add_option("--set", options.settings, "Override a key: --set expand.factor=4; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  add_jobs_option(command, options.jobs);
  add_memory_option(command, options.memory);
  command.add_flag("--timings", options.timings, "Show how long each pass took");
}

void add_memory_option(CLI::App& command, std::optional<std::uint64_t>& memory) {
  command
      .add_option("--memory", memory,
                  "Budget for pixels, such as 500MB [a quarter of the memory, at most 2GB]")
      ->type_name("SIZE")
      ->transform(CLI::AsSizeValue(false));
}

void add_shard_option(CLI::App& command, std::optional<std::string>& shard) {
  const auto fault = [](const std::string& text) {
    if (parse_run_shard(text)) return std::string();
    return "must be I/N, such as 2/3 for the second of three; I is 1 to N, and N at most " +
           std::to_string(kMostRunShards) + ", not " + in_quotes(text);
  };
  command
      .add_option("--shard", shard,
                  "Only the I-th of N parts of the work, each of which may be another machine's; `tenfold "
                  "merge` makes them whole")
      ->type_name("I/N")
      ->check(fault);
}

void add_input_option(CLI::App& command, std::vector<std::string>& inputs, const std::string& description) {
  command.add_option("-i,--input", inputs, description)
      ->type_name("DIR")
      ->check(fault_of_path)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_jobs_option(CLI::App& command, std::optional<int>& jobs) {
  constexpr int kMostJobs = 1024;
  command.add_option("-j,--jobs", jobs, "Threads; the result does not depend on them [all cores]")
      ->type_name("N")
      ->check(CLI::Range(1, kMostJobs));
}

std::string exit_codes_text() {
  return "Exit codes: 0 done; 1 could not run (I/O, disk full, too many bad images); 2 wrong options,\n"
         "recipe or input, nothing written; 3 done, but images were skipped or a class is short; 4 the\n"
         "output is in use or not tenfold's.";
}

void add_output_options(CLI::App& command, OutputOptions& options) {
  command.add_flag("--json", options.json, "The result as JSON on stdout");
  auto* quiet = command.add_flag("-q,--quiet", options.quiet, "Say nothing unless something is wrong");
  command.add_flag("-v,--verbose", options.verbose, "Say what is being done")->excludes(quiet);
  command.add_option("--log-file", options.log_file, "Append messages with their time to this file")
      ->type_name("FILE");
  const auto set_color = [&options](const std::string& word) {
    options.color = word == "always"  ? ColorWhen::kAlways
                    : word == "never" ? ColorWhen::kNever
                                      : ColorWhen::kAuto;
  };
  command
      .add_option_function<std::string>("--color", set_color,
                                        "Colors on stdout [auto: on a terminal, without NO_COLOR]")
      ->type_name("WHEN")
      ->check(CLI::IsMember(std::vector<std::string>{"auto", "always", "never"}));
}

}  // namespace tenfold
