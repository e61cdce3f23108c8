#include "command_text.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <regex>
#include <sstream>

namespace tenfold {
namespace {

constexpr std::string_view kAnyText = "TEXT";  // what CLI11 calls the value of an option without a type name

// Before the default, where there is one: "Threads [all cores]".
std::size_t end_of_sentence(const std::string& text) {
  return text.ends_with(']') ? text.rfind(" [") : text.size();
}

// What the validators say of themselves behind the type's name: "N:INT in [1 - 1024]", "WORD:{a,b->1}".
void add_limits(OptionText& option, const std::string& validators) {
  std::smatch found;
  if (std::regex_search(validators, found, std::regex(R"(in \[(\S+) - (\S+)\])")))
    option.text.insert(end_of_sentence(option.text), ", from " + found.str(1) + " to " + found.str(2));
  if (!std::regex_search(validators, found, std::regex(R"(\{([^}]*)\})"))) return;
  std::istringstream words(found.str(1));
  for (std::string word; std::getline(words, word, ',');)
    option.words.push_back(word.substr(0, word.find("->")));
}

OptionText option_text(const CLI::Option& option) {
  OptionText text{.text = option.get_description(),
                  .is_required = option.get_required(),
                  .is_repeated = option.get_expected_max() == CLI::detail::expected_max_vector_size};
  for (const std::string& name : option.get_snames()) text.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) text.names.push_back("--" + name);
  if (option.get_positional()) text.names = {option.get_name(true)};
  const std::string type = option.get_type_name();
  if (option.get_type_size() != 0) {
    text.value = type.substr(0, type.find(':'));
    if (text.value == kAnyText && option.get_positional()) text.value = text.names.front();
    add_limits(text, type.substr(text.value.size() < type.size() ? type.find(':') + 1 : type.size()));
  }
  if (!option.get_default_str().empty()) text.text += " [" + option.get_default_str() + "]";
  return text;
}

std::string unfolded(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

void add_exit_codes(CommandText& command, std::string text) {
  text = unfolded(text);
  if (text.ends_with('.')) text.pop_back();
  const std::regex separator(R"(;\s+(?=\d))");
  for (std::sregex_token_iterator each(text.begin(), text.end(), separator, -1), end; each != end; ++each) {
    const std::string code_and_meaning = each->str();
    const std::size_t blank = code_and_meaning.find(' ');
    command.exit_codes.push_back({code_and_meaning.substr(0, blank), code_and_meaning.substr(blank + 1)});
  }
}

void add_examples(CommandText& command, const std::string& block) {
  std::istringstream lines(block.substr(block.find('\n') + 1));
  for (std::string line; std::getline(lines, line);)
    command.examples.push_back(line.substr(std::min(line.find_first_not_of(' '), line.size())));
}

// Where the next paragraph begins: a line such as "--csv: kind,class" explains an option, and is one of its
// own.
std::size_t end_of_paragraph(const std::string& block, std::size_t begin) {
  for (std::size_t end = block.find("\n--", begin); end != std::string::npos;
       end = block.find("\n--", end + 1))
    if (block[std::min(block.find_first_of(": )\n", end + 1), block.size() - 1)] == ':') return end;
  return block.size();
}

void add_paragraphs(CommandText& command, const std::string& block) {
  for (std::size_t begin = 0; begin < block.size();) {
    const std::size_t end = end_of_paragraph(block, begin);
    command.paragraphs.push_back(unfolded(block.substr(begin, end - begin)));
    begin = end + 1;
  }
}

void add_block(CommandText& command, const std::string& block) {
  constexpr std::string_view kExitCodes = "Exit codes: ";
  if (block.starts_with("Example:\n") || block.starts_with("Examples:\n")) {
    add_examples(command, block);
  } else if (block.starts_with(kExitCodes)) {
    add_exit_codes(command, block.substr(kExitCodes.size()));
  } else {
    add_paragraphs(command, block);
  }
}

}  // namespace

CommandText command_text(const CLI::App& command) {
  CommandText text{.name = command.get_name(), .summary = command.get_description()};
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_group().empty()) continue;  // hidden
    if (option->get_positional()) {
      text.arguments.push_back(option_text(*option));
      continue;
    }
    auto group = std::ranges::find(text.groups, option->get_group(), &OptionGroup::title);
    if (group == text.groups.end()) group = text.groups.insert(group, {option->get_group(), {}});
    group->options.push_back(option_text(*option));
  }
  const std::string footer = command.get_footer();
  for (std::size_t begin = 0; begin < footer.size();) {
    const std::size_t end = std::min(footer.find("\n\n", begin), footer.size());
    add_block(text, footer.substr(begin, end - begin));
    begin = end + 2;
  }
  return text;
}

std::string usage_text(const OptionText& argument) {
  const std::string text = argument.names.front() + (argument.is_repeated ? "..." : "");
  return argument.is_required ? text : "[" + text + "]";
}

}  // namespace tenfold
