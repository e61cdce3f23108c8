#include <cctype>

#include "documents.h"
#include "roff.h"
#include "tenfold/base/version.h"

namespace tenfold {
namespace {

std::string page_of(const CommandText& command) { return "tenfold-" + command.name; }

// "-i, --input DIR" with its fonts.
std::string tag_of(const OptionText& option) {
  std::string tag;
  const bool is_argument = option.names.front().front() != '-';
  for (const std::string& name : option.names)
    tag += (tag.empty() ? "" : ", ") + (is_argument ? roff_italic(name) : roff_bold(name));
  if (!is_argument && !option.value.empty()) tag += " " + roff_italic(option.value);
  return tag;
}

std::string options(const std::string& title, const std::vector<OptionText>& options) {
  if (options.empty()) return {};
  std::string text = roff_heading(title);
  for (const OptionText& option : options) text += roff_item(tag_of(option), option.text);
  return text;
}

std::string upper(std::string text) {
  for (char& letter : text) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  return text;
}

std::string paragraphs(const CommandText& command) {
  std::string text;
  for (const std::string& paragraph : command.paragraphs) text += roff_paragraph(paragraph);
  return text;
}

std::string exit_status(const CommandText& command) {
  std::string text = roff_heading("EXIT STATUS");
  for (const ExitCodeText& each : command.exit_codes)
    text += roff_item(roff_bold(each.code), each.meaning + ".");
  return text + roff_item(roff_bold("130") + ", " + roff_bold("143"),
                          "Ended by SIGINT or SIGTERM, after what was in flight.");
}

std::string examples(const CommandText& command) {
  std::string text = roff_heading("EXAMPLES");
  for (const std::string& example : command.examples) text += roff_code(example);
  return text;
}

std::string see_also(const std::vector<std::pair<std::string, int>>& pages) {
  std::string text = roff_heading("SEE ALSO");
  for (const auto& [name, section] : pages)
    text += ".BR " + roff_literal(name) + " (" + std::to_string(section) + ")" +
            (name == pages.back().first ? "" : ",") + "\n";
  return text;
}

std::string command_page(const CommandText& command) {
  std::string text = page_head(page_of(command), 1, command.summary);
  text +=
      roff_heading("SYNOPSIS") + roff_bold("tenfold " + command.name) + " [" + roff_italic("OPTIONS") + "]";
  for (const OptionText& argument : command.arguments) text += " " + roff_italic(usage_text(argument));
  text += "\n";
  if (!command.paragraphs.empty()) text += roff_heading("DESCRIPTION") + paragraphs(command);
  text += options("ARGUMENTS", command.arguments);
  for (const OptionGroup& group : command.groups) text += options(upper(group.title), group.options);
  return text + examples(command) + exit_status(command) + see_also({{"tenfold", 1}, {"tenfold-recipe", 5}});
}

std::string program_page(const ProgramText& program) {
  std::string text = page_head("tenfold", 1, "balanced, reproducible training sets from small image folders");
  text += roff_heading("SYNOPSIS") + roff_bold("tenfold") + " " + roff_italic("COMMAND") + " [" +
          roff_italic("OPTIONS") + "]\n";
  text += roff_heading("DESCRIPTION") + roff_paragraph(program.program.summary) + paragraphs(program.program);
  text += roff_heading("COMMANDS");
  std::vector<std::pair<std::string, int>> others;
  for (const CommandText& command : program.commands) {
    text +=
        ".TP\n.BR " + roff_literal(page_of(command)) + " (1)\n" + roff_prose(command.summary + ".") + "\n";
    others.emplace_back(page_of(command), 1);
  }
  for (const OptionGroup& group : program.program.groups) text += options(upper(group.title), group.options);
  text += examples(program.program) + exit_status(program.program);
  text += roff_heading("ENVIRONMENT") +
          roff_item(roff_bold("COLUMNS"), "Width of help texts, from 60 to 100; else that of the terminal.") +
          roff_item(roff_bold("NO_COLOR"), "If it is set and not empty, tables have no color.") +
          roff_item(roff_bold("TERM"), "If it is `dumb`, likewise.");
  others.emplace_back("tenfold-recipe", 5);
  return text + see_also(others);
}

}  // namespace

std::string page_head(const std::string& name, int section, const std::string& summary) {
  return ".\\\" Written by scripts/refresh.sh; changes here are lost.\n.TH " + roff_literal(upper(name)) +
         " " + std::to_string(section) + " \"\" \"tenfold " + std::string(version()) + "\" \"tenfold\"\n.nh\n" +
         roff_heading("NAME") + roff_literal(name) + " \\- " + roff_prose(summary) + "\n";
}

std::map<std::string, std::string> command_pages(const ProgramText& program) {
  std::map<std::string, std::string> pages{{"tenfold.1", program_page(program)}};
  for (const CommandText& command : program.commands) pages[page_of(command) + ".1"] = command_page(command);
  return pages;
}

}  // namespace tenfold
