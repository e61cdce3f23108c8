// Options that several commands share, and what they become.

#pragma once

#include <CLI/App.hpp>
#include <optional>
#include <string>
#include <vector>

#include "console.h"
#include "tenfold/recipe/recipe.h"
#include "tenfold/run/run.h"

namespace tenfold {

struct OutputOptions {
  bool json = false;
  bool quiet = false;
  bool verbose = false;
  std::string log_file;
  ColorWhen color = ColorWhen::kAuto;

  Verbosity verbosity() const {
    return quiet ? Verbosity::kQuiet : verbose ? Verbosity::kVerbose : Verbosity::kNormal;
  }
};

struct RecipeOptions {
  std::string recipe;
  std::vector<std::string> inputs;
  std::optional<std::string> output;
  std::optional<std::string> seed;
  std::vector<std::string> settings;
  std::optional<int> jobs;
  std::optional<std::uint64_t> memory;
  bool timings = false;
  std::optional<std::string> shard;  // of `run` and `plan`

  RecipeOverrides overrides() const;
  RunOptions run_options() const;
};

// RECIPE -i -o --seed --set -j --memory --timings
void add_recipe_options(CLI::App& command, RecipeOptions& options);

// --shard
void add_shard_option(CLI::App& command, std::optional<std::string>& shard);

// --memory
void add_memory_option(CLI::App& command, std::optional<std::uint64_t>& memory);

// -i for commands that look at an output
void add_input_option(CLI::App& command, std::vector<std::string>& inputs, const std::string& description);

// -j
void add_jobs_option(CLI::App& command, std::optional<int>& jobs);

// --json -q -v --log-file --color
void add_output_options(CLI::App& command, OutputOptions& options);

// What the exit codes mean, for the end of a help text.
std::string exit_codes_text();

}  // namespace tenfold
