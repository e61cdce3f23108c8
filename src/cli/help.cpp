#include "help.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <numeric>

#include "command_text.h"
#include "tenfold/report/class_table.h"

namespace tenfold {
namespace {

constexpr int kIndent = 2;
constexpr int kWidestNames = 26;  // longer ones get a line of their own

std::string blanks(int count) { return std::string(static_cast<std::size_t>(std::max(count, 0)), ' '); }

// `text` behind `head`, all lines in a column that begins at `column` and ends before `width`. Broken at
// blanks.
std::string in_column(std::string head, const std::string& text, int column, int width) {
  const int room = column - 1 - display_width(head);
  std::string lines, line = room > 0 || head.empty() ? head + blanks(room) : head + "\n" + blanks(column - 1);
  bool begun = false;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    const int used = display_width(line.substr(line.rfind('\n') + 1));
    if (begun && used + 1 + display_width(word) > width) {
      lines += line + "\n";
      line = blanks(column - 1);
      begun = false;
    }
    line += (column > 0 || begun ? " " : "") + word;
    begun = true;
    begin = end + 1;
  }
  return lines + line + "\n";
}

std::string paragraph(const std::string& text, int width) { return in_column("", text, 0, width); }

// "-i, --input DIR", "    --seed N".
std::string head_of(const OptionText& option) {
  const bool has_short = option.names.front().size() == 2 && option.names.front().front() == '-';
  std::string head = blanks(kIndent + (has_short || option.names.front().front() != '-' ? 0 : 4));
  for (const std::string& name : option.names) head += (&name == &option.names.front() ? "" : ", ") + name;
  if (option.names.front().front() == '-' && !option.value.empty()) head += " " + option.value;
  return head;
}

std::string options_text(const std::string& title, const std::vector<OptionText>& options, int width) {
  if (options.empty()) return {};
  int widest = 0;
  for (const OptionText& option : options)
    if (const int head = display_width(head_of(option)); head <= kWidestNames)
      widest = std::max(widest, head);
  std::string text = "\n" + title + ":\n";
  for (const OptionText& option : options)
    text += in_column(head_of(option), option.text, widest + kIndent, width);
  return text;
}

std::string help_of_command(const CommandText& command, const std::string& name, int width) {
  std::string usage = "Usage: " + name + " [OPTIONS]";
  for (const OptionText& argument : command.arguments) usage += " " + usage_text(argument);
  std::string text = paragraph(command.summary, width) + paragraph(usage, width) +
                     options_text("Arguments", command.arguments, width);
  for (const OptionGroup& group : command.groups) text += options_text(group.title, group.options, width);
  for (const std::string& each : command.paragraphs) text += "\n" + paragraph(each, width);
  if (!command.examples.empty()) text += command.examples.size() == 1 ? "\nExample:\n" : "\nExamples:\n";
  for (const std::string& example : command.examples) text += blanks(kIndent) + example + "\n";
  if (!command.exit_codes.empty()) text += "\nExit codes:\n";
  for (const ExitCodeText& each : command.exit_codes)
    text += in_column(blanks(kIndent) + each.code, each.meaning, kIndent + 3, width);
  return text;
}

std::string help_of_program(const CLI::App& program, int width) {
  const std::vector<const CLI::App*> commands = program.get_subcommands({});
  int widest = 0;
  for (const CLI::App* each : commands) widest = std::max(widest, display_width(each->get_name()));
  std::string first, others;
  for (const CLI::App* each : commands) {
    const CommandText command = command_text(*each);
    const int column = kIndent + widest + 2;
    std::string& list = each->get_group() == kFirstCommands ? first : others;
    list += in_column(blanks(kIndent) + command.name, command.summary, column, width);
    if (&list == &first && !command.examples.empty())
      list += blanks(column) + command.examples.front() + "\n";
  }
  return paragraph(program.get_description(), width) + "\n" + first + "\n" + others + "\n" +
         paragraph("Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with findings, 4 in use.", width) +
         paragraph("tenfold COMMAND --help explains a command, tenfold --version says which this is.", width);
}

}  // namespace

std::string HelpFormatter::make_help(const CLI::App* command, std::string name, CLI::AppFormatMode) const {
  if (command->get_parent() == nullptr) return help_of_program(*command, width_);
  return help_of_command(command_text(*command), name, width_);
}

}  // namespace tenfold
