#include "completion.h"

namespace tenfold {
namespace {

// The word for it in the script's tables.
std::string kind_of(const OptionText& option) {
  switch (wanted(option)) {
    case Wanted::kNothing:
      return "nothing";
    case Wanted::kFile:
      return "file";
    case Wanted::kRecipe:
      return "recipe";
    case Wanted::kFolder:
      return "folder";
    case Wanted::kTransform:
      return "transform";
    case Wanted::kWord:
      return with_blanks(option.words);
  }
  return {};
}

std::string options_table(const std::vector<CommandText>& commands) {
  std::string table;
  for (const CommandText& command : commands) {
    std::vector<std::string> names;
    for (const OptionText& option : options_of(command))
      names.insert(names.end(), option.names.begin(), option.names.end());
    table += "    " + command.name + ") echo " + shell_quoted(with_blanks(names)) + " ;;\n";
  }
  return table;
}

std::string values_table(const std::vector<CommandText>& commands) {
  std::string table;
  for (const CommandText& command : commands)
    for (const OptionText& option : options_of(command)) {
      if (option.value.empty()) continue;
      std::string names;
      for (const std::string& name : option.names)
        names += (names.empty() ? "" : " | ") + command.name + "," + name;
      table += "    " + names + ") echo " + shell_quoted(kind_of(option)) + " ;;\n";
    }
  return table;
}

std::string arguments_table(const std::vector<CommandText>& commands) {
  std::string table;
  for (const CommandText& command : commands)
    for (std::size_t i = 0; i < command.arguments.size(); ++i) {
      const OptionText& argument = command.arguments[i];
      table += "    " + command.name + "," + (argument.is_repeated ? "*" : std::to_string(i)) + ") echo " +
               shell_quoted(kind_of(argument)) + " ;;\n";
    }
  return table;
}

std::string function(const std::string& comment, const std::string& name, const std::string& word,
                     const std::string& table) {
  return "# " + comment + "\n" + name + "() {\n  case " + word + " in\n" + table + "  esac\n}\n\n";
}

// `--input=data` comes as three words: so is COMP_WORDBREAKS.
constexpr const char* kBody = R"bash(_tenfold() {
  local command=${COMP_WORDS[1]} current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  local kind word i
  local -i position=0
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W "$_tenfold_commands --help --version" -- "$current")
    return
  fi
  if [[ $current == = ]]; then
    current=
  elif [[ $before == = ]]; then
    before=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  kind=$(_tenfold_value "$command,$before")
  if [[ -z $kind && $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_tenfold_options "$command")" -- "$current")
    return
  fi
  if [[ -z $kind ]]; then
    for ((i = 2; i < COMP_CWORD; ++i)); do
      word=${COMP_WORDS[i]}
      if [[ -n $(_tenfold_value "$command,$word") ]]; then
        [[ ${COMP_WORDS[i + 1]} == = ]] && ((++i))
        ((++i))
      elif [[ $word != -* ]]; then
        position+=1
      fi
    done
    kind=$(_tenfold_argument "$command,$position")
  fi
  case $kind in
    '' | nothing) ;;
    folder)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$current")
      ;;
    recipe)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$current"; compgen -f -- "$current" | grep -E '\.ya?ml$')
      ;;
    file)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      ;;
    transform) mapfile -t COMPREPLY < <(compgen -W "$_tenfold_transforms" -- "$current") ;;
    *) mapfile -t COMPREPLY < <(compgen -W "$kind" -- "$current") ;;
  esac
}

complete -F _tenfold tenfold
)bash";

}  // namespace

std::string bash_completion(const ProgramText& program) {
  std::vector<std::string> names;
  for (const CommandText& command : program.commands) names.push_back(command.name);
  return "# Completions of tenfold for bash; " + std::string(kCompletionHead) + "\n\n" +
         "_tenfold_commands=" + shell_quoted(with_blanks(names)) + "\n" +
         "_tenfold_transforms=" + shell_quoted(with_blanks(transform_names())) + "\n\n" +
         function("The options of a command.", "_tenfold_options", "$1", options_table(program.commands)) +
         function("What an option wants, of \"command,option\"; nothing for what wants none.",
                  "_tenfold_value", "$1", values_table(program.commands)) +
         function("What stands at a place, of \"command,place\".", "_tenfold_argument", "$1",
                  arguments_table(program.commands)) +
         kBody;
}

}  // namespace tenfold
