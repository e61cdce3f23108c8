#include "completion.h"
#include "tenfold/base/shell.h"

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

// `--input=data` and `a:b` come cut at = and :, as COMP_WORDBREAKS says; bash replaces the last piece alone.
constexpr const char* kBody = R"bash(_tenfold() {
  local IFS=$' \t\n' last=${COMP_WORDS[COMP_CWORD]}
  local -a words=("${COMP_WORDS[0]}")
  local command current before kind word i
  local -i position=0
  COMPREPLY=()
  for ((i = 1; i <= COMP_CWORD; ++i)); do
    word=${COMP_WORDS[i]}
    if [[ $word == [=:]* || (${COMP_WORDS[i - 1]} == *[=:] && i -gt 1) ]]; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
  done
  command=${words[1]} current=${words[-1]}
  if ((${#words[@]} == 2)); then
    mapfile -t COMPREPLY < <(compgen -W "$_tenfold_commands --help --version" -- "$current")
    return
  fi
  before=${words[-2]}
  if [[ $current == --*=* ]]; then
    before=${current%%=*} current=${current#*=}
  fi
  kind=$(_tenfold_value "$command,$before")
  if [[ -z $kind && $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_tenfold_options "$command")" -- "$current")
    return
  fi
  if [[ -z $kind ]]; then
    for ((i = 2; i < ${#words[@]} - 1; ++i)); do
      word=${words[i]}
      if [[ -n $(_tenfold_value "$command,$word") ]]; then
        ((++i))
      elif [[ $word != -* ]]; then
        position+=1
      fi
    done
    kind=$(_tenfold_argument "$command,$position")
  fi
  [[ $last == [=:] ]] && last=
  case $kind in
    '' | nothing) ;;
    folder)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$current")
      ;;
    recipe)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$current"; compgen -f -- "$current" | command grep -E '\.ya?ml$')
      ;;
    file)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      ;;
    transform) mapfile -t COMPREPLY < <(compgen -W "$_tenfold_transforms" -- "$current") ;;
    *) mapfile -t COMPREPLY < <(compgen -W "$kind" -- "$current") ;;
  esac
  COMPREPLY=("${COMPREPLY[@]#"${current%"$last"}"}")
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
