#include <nlohmann/json.hpp>

#include "commands.h"
#include "tenfold/base/atomic_file.h"
#include "tenfold/base/error.h"
#include "tenfold/base/shell.h"
#include "tenfold/base/text.h"
#include "tenfold/inspect/dataset_traits.h"
#include "tenfold/report/starter_recipe.h"
#include "tenfold/run/machine.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStdout = "-";

struct InitArguments {
  std::string folder;
  std::string file = "tenfold.yaml";
  std::optional<int> jobs;
};

// Links resolved, for ".." behind one would lead elsewhere; without a slash at its end.
fs::path real_path(const fs::path& path) {
  const fs::path whole = fs::weakly_canonical(fs::absolute(path));
  return whole.has_filename() ? whole : whole.parent_path();
}

// Whether one lies somewhere near the other: what they have in common is more than the file system's root.
bool are_near(const fs::path& a, const fs::path& b) {
  const auto top = [](const fs::path& path) {
    return path.relative_path().empty() ? path : *path.relative_path().begin();
  };
  return top(a) == top(b);
}

// A new folder beside the dataset, or beside the recipe where the dataset is far away.
fs::path output_for(const fs::path& dataset, const fs::path& recipe_folder) {
  const fs::path name = fs::is_directory(dataset) ? dataset.filename() : dataset.stem();
  const fs::path parent = are_near(dataset, recipe_folder) ? dataset.parent_path() : recipe_folder;
  const fs::path first = parent / (name.string() + "-augmented");
  fs::path folder = first;
  for (int number = 2; fs::exists(fs::symlink_status(folder)); ++number)
    folder = first.string() + "-" + std::to_string(number);
  return folder;
}

// Relative to the recipe, so that both can move together, but where that would lead through the root.
std::string written(const fs::path& path, const fs::path& recipe_folder) {
  const std::string text =
      (are_near(path, recipe_folder) ? path.lexically_relative(recipe_folder) : path).string();
  if (!is_utf8(text))
    throw Error(ErrorKind::kUsage,
                "the path " + in_quotes(text) + " is no UTF-8, so no recipe can have it; rename the folder");
  return text;
}

void refuse_to_overwrite(const fs::path& file) {
  if (fs::exists(fs::symlink_status(file)))
    throw Error(ErrorKind::kUsage,
                in_quotes(file.string()) +
                    " is there already; remove it, or write to another file with -o FILE, or "
                    "to stdout with -o -");
}

std::string recipe_for(const InitArguments& arguments, const DatasetTraits& traits) {
  const fs::path folder =
      real_path(arguments.file == kStdout ? fs::current_path() : fs::absolute(arguments.file).parent_path());
  const fs::path dataset = real_path(arguments.folder);
  return starter_recipe(traits, {written(dataset, folder), written(output_for(dataset, folder), folder)});
}

ExitCode init_command(const InitArguments& arguments, const OutputOptions& output) {
  const bool prints = arguments.file == kStdout;
  std::optional<AtomicFile> file;
  if (!prints) {
    if (arguments.file.empty()) throw Error(ErrorKind::kUsage, "-o must not be empty; - is stdout");
    refuse_to_overwrite(arguments.file);
    file.emplace(arguments.file);
  }
  const DatasetTraits traits = dataset_traits(arguments.folder, arguments.jobs.value_or(available_cores()));
  const std::string recipe = recipe_for(arguments, traits);
  if (file) {
    file->write(recipe);
    refuse_to_overwrite(arguments.file);  // the scan may have taken a while
    file->commit();
  }
  if (output.json) {
    nlohmann::ordered_json json{{"file", nullptr}, {"recipe", recipe}};
    if (!prints) json["file"] = is_utf8(arguments.file) ? arguments.file : escaped(arguments.file);
    print_result(json.dump(2) + "\n");
  } else if (prints) {
    print_result(recipe);
  } else if (!output.quiet) {
    print_text("a recipe for " + counted(traits.images, "image") + " in " +
               counted(traits.classes.size(), "class", "classes") + " is in " + in_quotes(arguments.file) +
               "; look at it, then:\n  tenfold preview " + shell_word(arguments.file) + "\n  tenfold plan " +
               shell_word(arguments.file) + "\n");
  }
  return kDone;
}

}  // namespace

void add_init_command(CLI::App& program, OutputOptions& output, Command& chosen) {
  CLI::App* command = program.add_subcommand("init", "Write a recipe that fits a dataset");
  const auto arguments = std::make_shared<InitArguments>();
  command->add_option("DIR", arguments->folder, "The dataset")->required();
  command
      ->add_option("-o,--output", arguments->file, "The recipe to write, which must not exist; - is stdout")
      ->type_name("FILE")
      ->capture_default_str();
  add_jobs_option(*command, arguments->jobs);
  add_output_options(*command, output);
  command->footer(
      "Looks at names, counts, sizes and colors, and at the pixels of a few images. Each choice has its "
      "reason\n"
      "beside it.\n\n"
      "Example:\n  tenfold init data/train\n\n"
      "--json: file, and recipe, its text.\n\n"
      "Exit codes: 0 done; 1 could not be read or written; 2 no such dataset, no classes in it, or the "
      "recipe\n"
      "is there already.");
  command->callback([arguments, &output, &chosen] {
    chosen = [arguments, &output](const Logger&) { return init_command(*arguments, output); };
  });
}

}  // namespace tenfold
