#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Validators.hpp>

#include "commands.h"
#include "places.h"
#include "recipe_file.h"
#include "tenfold/base/atomic_file.h"
#include "tenfold/base/error.h"
#include "tenfold/base/text.h"
#include "tenfold/image/codec.h"
#include "tenfold/report/preview_sheet.h"
#include "tenfold/report/summary.h"

namespace tenfold {
namespace {

struct PreviewArguments {
  RecipeOptions recipe;
  std::string sheet = "preview.png";
  PreviewOptions options;
};

void refuse_places(const std::string& sheet, const Recipe& recipe) {
  const std::string output = recipe.output.root.string();
  if (!output.empty())
    refuse_place(sheet, output, "the output " + in_quotes(output) + ", which holds only what a run wrote",
                 "--sheet");
  for (const std::filesystem::path& root : recipe.input.roots)
    refuse_place(sheet, root, "the dataset " + in_quotes(root.string()) + ", to which nothing is written",
                 "--sheet");
}

ExitCode preview_command(const PreviewArguments& arguments, const OutputOptions& output,
                         const Logger& logger) {
  if (!arguments.sheet.ends_with(".png"))
    throw Error(ErrorKind::kUsage,
                "the sheet is a PNG; name the file so: " + in_quotes(arguments.sheet + ".png"));
  const Recipe recipe = load_recipe(arguments.recipe, *logger);
  refuse_places(arguments.sheet, recipe);
  AtomicFile file(arguments.sheet);
  ConsoleObserver observer(logger, output.verbosity());
  PreviewOptions options = arguments.options;
  options.run = arguments.recipe.run_options();
  options.keep = sheet_pixels;
  const Preview result = preview(recipe, options, observer);
  Bytes bytes;
  const Outcome<void> encoded =
      encode(preview_sheet(result, arguments.recipe.recipe), {}, {.format = Format::kPng}, bytes);
  if (!encoded) throw Error(ErrorKind::kFailed, "cannot encode the sheet: " + encoded.error().reason);
  file.write(bytes);
  file.commit();

  log_lines(logger, true, findings_text(result));
  if (arguments.recipe.timings) log_lines(logger, false, timings_text(result.times));
  if (output.json) {
    print_result(result_json(result, arguments.sheet));
  } else if (!output.quiet) {
    print_text(result_text(result, arguments.sheet));
  }
  return result.bad.empty() ? kDone : kFindings;
}

}  // namespace

void add_preview_command(CLI::App& program, OutputOptions& output, Command& chosen) {
  CLI::App* command =
      program.add_subcommand("preview", "Draw a sheet of what a recipe makes; make no output");
  const auto arguments = std::make_shared<PreviewArguments>();
  PreviewOptions& options = arguments->options;
  add_recipe_options(*command, arguments->recipe);
  command->add_option("--sheet", arguments->sheet, "The PNG to write")
      ->type_name("FILE")
      ->capture_default_str();
  command
      ->add_option("--copies", options.copies,
                   "Copies of each image, or draws of each transform, at most (2 to 7 by the number of "
                   "rows, 100 with --sample)")
      ->type_name("N")
      ->check(CLI::Range(std::uint32_t{1}, PreviewOptions::kMostCopies));
  auto* classes = command->add_option("--class", options.classes, "Show this class; may be repeated")
                      ->type_name("NAME")
                      ->allow_extra_args(false)
                      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command
      ->add_option("--sample", options.sample,
                   "Show this image, by its path in the dataset, and its first 100 copies")
      ->type_name("PATH")
      ->excludes(classes);
  command->add_flag("--each", options.each,
                    "Of one image, each transform of its chain alone, always on, through its range");
  add_output_options(*command, output);
  command->footer(
      "Of each class the first image by path is shown, of those that get most copies: its original and its\n"
      "first copies, as a run writes them. An existing sheet is replaced.\n\n"
      "Examples:\n  tenfold preview recipe.yaml\n"
      "  tenfold preview recipe.yaml --each --class cat --sheet cat.png\n\n" +
      exit_codes_text());
  command->callback([arguments, &output, &chosen] {
    chosen = [arguments, &output](const Logger& logger) {
      return preview_command(*arguments, output, logger);
    };
  });
}

}  // namespace tenfold
