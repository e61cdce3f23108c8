#include "completion.h"

namespace tenfold {
namespace {

// In single quotes fish takes only \' and \\ for something else.
std::string quoted(const std::string& text) {
  std::string safe = "'";
  for (const char letter : text)
    safe += letter == '\'' || letter == '\\' ? "\\" + std::string(1, letter) : std::string(1, letter);
  return safe + "'";
}

// What is offered for a value or an argument.
std::string offer(const OptionText& option) {
  switch (wanted(option)) {
    case Wanted::kNothing:
      return "";
    case Wanted::kFile:
      return " -F";
    case Wanted::kRecipe:
      return " -k -a '(__fish_complete_suffix .yaml)'";
    case Wanted::kFolder:
      return " -a '(__fish_complete_directories)'";
    case Wanted::kTransform:
      return " -a " + quoted(with_blanks(transform_names()));
    case Wanted::kWord:
      return " -a " + quoted(with_blanks(option.words));
  }
  return {};
}

std::string line_of(const std::string& command) {
  return "complete -c tenfold -n " + quoted("__tenfold_is " + command);
}

std::string option_line(const std::string& command, const OptionText& option) {
  std::string line = line_of(command);
  for (const std::string& name : option.names)
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (!option.value.empty()) line += (wanted(option) == Wanted::kFile ? " -r" : " -x") + offer(option);
  return line + " -d " + quoted(option.text) + "\n";
}

}  // namespace

std::string fish_completion(const ProgramText& program) {
  std::string text = "# Completions of tenfold for fish; " + std::string(kCompletionHead) +
                     "\n\n# Whether the first word is this command; folders may be called like others.\n"
                     "function __tenfold_is\n"
                     "    set -l words (commandline -opc) ''\n"
                     "    test $words[2] = $argv[1]\n"
                     "end\n\n"
                     "complete -c tenfold -f\n"
                     "complete -c tenfold -n __fish_use_subcommand -l help -s h -d 'Show the help'\n"
                     "complete -c tenfold -n __fish_use_subcommand -l version -d 'Show the version'\n";
  for (const CommandText& command : program.commands)
    text += "complete -c tenfold -n __fish_use_subcommand -a " + command.name + " -d " +
            quoted(command.summary) + "\n";
  for (const CommandText& command : program.commands) {
    text += "\n";
    for (const OptionText& option : options_of(command)) text += option_line(command.name, option);
    for (const OptionText& argument : command.arguments)
      if (const std::string offered = offer(argument); !offered.empty())
        text += line_of(command.name) + offered + "\n";
  }
  return text;
}

}  // namespace tenfold
