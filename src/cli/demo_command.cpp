#include <nlohmann/json.hpp>

#include "commands.h"
#include "tenfold/base/text.h"
#include "tenfold/dataset/demo.h"

namespace tenfold {
namespace {

ExitCode demo_command(const std::string& folder, const OutputOptions& output) {
  write_demo(folder);
  if (output.json) {
    nlohmann::ordered_json classes = nlohmann::ordered_json::array();
    for (const DemoClass& of_class : demo_classes())
      classes.push_back({{"name", of_class.name}, {"images", of_class.images}});
    print_result(
        (nlohmann::ordered_json{{"folder", is_utf8(folder) ? folder : escaped(folder)}, {"classes", classes}}
             .dump(2) +
         "\n"));
  } else if (!output.quiet) {
    std::string text = "drew a demo dataset into " + in_quotes(folder) + "\n";
    for (const DemoClass& of_class : demo_classes())
      text +=
          "  " + of_class.name + ": " + counted(static_cast<std::uint64_t>(of_class.images), "image") + "\n";
    print_text(text);
  }
  return kDone;
}

}  // namespace

void add_demo_command(CLI::App& program, OutputOptions& output, Command& chosen) {
  CLI::App* command = program.add_subcommand("demo", "Draw a small unbalanced dataset to try things on");
  const auto folder = std::make_shared<std::string>();
  command->add_option("DIR", *folder, "A folder that is empty or does not exist yet")->required();
  add_output_options(*command, output);
  command->footer("Example:\n  tenfold demo signs\n\n" + exit_codes_text());
  command->callback([folder, &output, &chosen] {
    chosen = [folder, &output](const Logger&) { return demo_command(*folder, output); };
  });
}

}  // namespace tenfold
