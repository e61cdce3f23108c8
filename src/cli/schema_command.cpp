#include "commands.h"
#include "tenfold/report/recipe_schema.h"

namespace tenfold {

void add_schema_command(CLI::App& program, OutputOptions& output, Command& chosen) {
  CLI::App* command = program.add_subcommand("schema", "Print a JSON Schema of the recipe, for editors");
  add_output_options(*command, output);
  command->footer("Example:\n  tenfold schema > recipe.schema.json\n\n" + exit_codes_text());
  command->callback([&chosen] {
    chosen = [](const Logger&) {
      print_result(recipe_schema());
      return kDone;
    };
  });
}

}  // namespace tenfold
