#include "commands.h"
#include "tenfold/base/atomic_file.h"
#include "tenfold/base/error.h"
#include "tenfold/base/text.h"
#include "tenfold/image/codec.h"
#include "tenfold/report/gallery.h"
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

ExitCode write_gallery(const std::string& file, const std::string& name) {
  if (find_combinator(name) != nullptr)
    throw Error(ErrorKind::kUsage, in_quotes(name) + " combines transforms and has no picture of its own");
  if (!file.ends_with(".png"))
    throw Error(ErrorKind::kUsage, "the gallery is a PNG; name the file so: " + in_quotes(file + ".png"));
  const std::span<const TransformSpec> specs =
      name.empty() ? transforms() : std::span(&known_transform(name), 1);
  Bytes bytes;
  const Outcome<void> encoded = encode(gallery(specs), {}, {.format = Format::kPng}, bytes);
  if (!encoded) throw Error(ErrorKind::kFailed, "cannot encode the gallery: " + encoded.error().reason);
  write_atomically(file, bytes);
  return kDone;
}

ExitCode transforms_command(const std::string& name, bool markdown, const OutputOptions& output) {
  const int width = stdout_style(output.color).width;
  std::string text;
  if (markdown) {
    text = transforms_markdown(transforms(), combinators());
  } else if (name.empty()) {
    text = output.json ? transforms_json(transforms(), combinators()) : transforms_text(transforms(), width);
  } else if (const Combinator* combinator = find_combinator(name)) {
    text = output.json ? transforms_json({}, std::span(combinator, 1)) : combinator_text(*combinator, width);
  } else {
    const TransformSpec& spec = known_transform(name);
    text = output.json ? transforms_json(std::span(&spec, 1), {}) : transform_text(spec, width);
  }
  print_result(text);
  return kDone;
}

}  // namespace

void add_transforms_command(CLI::App& program, OutputOptions& output, Command& chosen) {
  CLI::App* command = program.add_subcommand("transforms", "List the transforms, or explain one");
  const auto name = std::make_shared<std::string>();
  CLI::Option* argument =
      command->add_option("NAME", *name, "A transform or combinator")->type_name("TRANSFORM");
  const auto markdown = std::make_shared<bool>(false);
  command->add_flag("--markdown", *markdown, "All of them as a page of Markdown")->excludes(argument);
  const auto gallery_file = std::make_shared<std::string>();
  command
      ->add_option("--gallery", *gallery_file,
                   "Draw all of them, or the one, at low, middle and high strength into this PNG")
      ->type_name("FILE");
  add_output_options(*command, output);
  command->footer(
      "Examples:\n  tenfold transforms rotate\n  tenfold transforms --gallery transforms.png\n\n" +
      exit_codes_text());
  command->callback([name, markdown, gallery_file, &output, &chosen] {
    chosen = [name, markdown, gallery_file, &output](const Logger&) {
      return gallery_file->empty() ? transforms_command(*name, *markdown, output)
                                   : write_gallery(*gallery_file, *name);
    };
  });
}

}  // namespace tenfold
