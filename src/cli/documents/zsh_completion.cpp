#include "completion.h"
#include "tenfold/base/shell.h"

namespace tenfold {
namespace {

// What has a meaning in the specifications of _arguments.
std::string escaped(const std::string& text, const std::string& special) {
  std::string safe;
  for (const char letter : text) {
    if (special.find(letter) != std::string::npos) safe += '\\';
    safe += letter;
  }
  return safe;
}

std::string action(const OptionText& option) {
  switch (wanted(option)) {
    case Wanted::kNothing:
      return " ";
    case Wanted::kFile:
      return "_files";
    case Wanted::kRecipe:
      return "_files -g \"*.(yaml|yml)\"";
    case Wanted::kFolder:
      return "_files -/";
    case Wanted::kTransform:
      return "(" + with_blanks(transform_names()) + ")";
    case Wanted::kWord:
      return "(" + with_blanks(option.words) + ")";
  }
  return {};
}

// '(-i --input)-i+[Dataset folder]:DIR:_files -/', once for each name.
std::vector<std::string> specifications(const OptionText& option) {
  std::vector<std::string> all;
  for (const std::string& name : option.names) {
    std::string text = option.is_repeated ? "*" : "(" + with_blanks(option.names) + ")";
    text += name;
    if (!option.value.empty()) text += name.size() == 2 ? "+" : "=";
    text += "[" + escaped(option.text, "[]\\") + "]";
    if (!option.value.empty()) text += ":" + escaped(option.value, ":\\") + ":" + action(option);
    all.push_back(text);
  }
  return all;
}

std::string arguments(const CommandText& command) {
  std::string text = "      _arguments -s";
  const auto add = [&](const std::string& specification) {
    text += " \\\n        " + shell_quoted(specification);
  };
  for (const OptionText& option : options_of(command))
    for (const std::string& specification : specifications(option)) add(specification);
  for (const OptionText& argument : command.arguments)
    add(std::string(argument.is_repeated ? "*" : "") + ":" + argument.names.front() + ":" + action(argument));
  return text + "\n";
}

}  // namespace

std::string zsh_completion(const ProgramText& program) {
  std::string commands, cases;
  for (const CommandText& command : program.commands) {
    commands += "    " + shell_quoted(escaped(command.name, ":\\") + ":" + command.summary) + "\n";
    cases += "    " + command.name + ")\n" + arguments(command) + "      ;;\n";
  }
  return "#compdef tenfold\n# Completions of tenfold for zsh; " + std::string(kCompletionHead) +
         "\n\n"
         "_tenfold() {\n"
         "  local context state state_descr line curcontext=$curcontext\n"
         "  typeset -A opt_args\n"
         "  local -a commands=(\n" +
         commands +
         "  )\n"
         "  _arguments -C '(- *)'{-h,--help}'[Show the help]' '(- *)--version[Show the version]' \\\n"
         "    '1: :->command' '*:: :->arguments' && return\n"
         "  if [[ $state == command ]]; then\n"
         "    _describe command commands\n"
         "    return\n"
         "  fi\n"
         "  case $words[1] in\n" +
         cases +
         "  esac\n"
         "}\n\n"
         // When it is autoloaded this is the body of the function itself, and when it is sourced it is not.
         "if [[ $funcstack[1] == _tenfold ]]; then\n"
         "  _tenfold \"$@\"\n"
         "else\n"
         "  compdef _tenfold tenfold\n"
         "fi\n";
}

}  // namespace tenfold
