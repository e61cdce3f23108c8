// What people are told of a command and its options, read off the definitions on the command line: the one
// source of help texts, manual pages and completions.
//
// A command's footer is blocks with an empty line between them: one that begins with "Example:" or
// "Examples:" has a command on each further line, "Exit codes: 0 done; 1 ..." lists what an exit code means,
// and everything else is a paragraph.

#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace tenfold {

struct OptionText {
  std::vector<std::string> names;  // "-i", "--input"; an argument has one name, without dashes
  std::string value;               // what it wants, "DIR"; empty: nothing
  std::vector<std::string> words;  // the only values that it takes; empty: any
  std::string text;                // what it does, with its default and its limits
  bool is_required = false;
  bool is_repeated = false;
};

struct OptionGroup {
  std::string title;
  std::vector<OptionText> options;
};

struct ExitCodeText {
  std::string code, meaning;
};

struct CommandText {
  std::string name, summary;
  std::vector<OptionText> arguments;  // in their order
  std::vector<OptionGroup> groups;    // of options
  std::vector<std::string> paragraphs, examples;
  std::vector<ExitCodeText> exit_codes;
};

CommandText command_text(const CLI::App& command);

// "RECIPE", "[NAME]": an argument in a usage line.
std::string usage_text(const OptionText& argument);

}  // namespace tenfold
