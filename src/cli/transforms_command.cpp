#include "commands.h"
#include "tenfold/base/error.h"
#include "tenfold/base/text.h"
#include "tenfold/report/transform_reference.h"

namespace tenfold {
namespace {

const TransformSpec& known_transform(const std::string& name) {
  if (const TransformSpec* spec = find_transform(name)) return *spec;
  std::vector<std::string> names;
  for (const TransformSpec& spec : transforms()) names.push_back(spec.name);
  for (const Combinator& combinator : combinators()) names.push_back(combinator.name);
  const auto near = nearest(name, names);
  throw Error(ErrorKind::kUsage,
              "there is no transform " + in_quotes(name) +
                  (near ? "; did you mean " + in_quotes(*near) + "?" : "; `tenfold transforms` lists all"));
}

ExitCode transforms_command(const std::string& name, bool markdown, const OutputOptions& output) {
  std::string text;
  if (markdown) {
    text = transforms_markdown(transforms(), combinators());
  } else if (name.empty()) {
    text = output.json ? transforms_json(transforms(), combinators()) : transforms_text(transforms());
  } else if (const Combinator* combinator = find_combinator(name)) {
    text = output.json ? transforms_json({}, std::span(combinator, 1)) : combinator_text(*combinator);
  } else {
    const TransformSpec& spec = known_transform(name);
    text = output.json ? transforms_json(std::span(&spec, 1), {}) : transform_text(spec);
  }
  print_result(text);
  return kDone;
}

}  // namespace

void add_transforms_command(CLI::App& program, OutputOptions& output, Command& chosen) {
  CLI::App* command = program.add_subcommand("transforms", "List the transforms, or explain one");
  const auto name = std::make_shared<std::string>();
  const auto markdown = std::make_shared<bool>(false);
  CLI::Option* argument = command->add_option("NAME", *name, "A transform or combinator");
  command->add_flag("--markdown", *markdown, "All of them as a page of Markdown")->excludes(argument);
  add_output_options(*command, output);
  command->footer("Example:\n  tenfold transforms rotate\n\n" + exit_codes_text());
  command->callback([name, markdown, &output, &chosen] {
    chosen = [name, markdown, &output](const Logger&) {
      return transforms_command(*name, *markdown, output);
    };
  });
}

}  // namespace tenfold
