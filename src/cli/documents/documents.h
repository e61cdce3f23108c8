// The documents that are made of the command line's definitions, the recipe's schema and the transforms:
// manual pages and completions. Each is the whole content of a file.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "../command_text.h"

namespace tenfold {

struct ProgramText {
  CommandText program;
  std::vector<CommandText> commands;
};

// By name of the file: "tenfold.1", "tenfold-run.1" and so on.
std::map<std::string, std::string> command_pages(const ProgramText& program);

// tenfold-recipe(5).
std::string recipe_page();

std::string bash_completion(const ProgramText& program);
std::string zsh_completion(const ProgramText& program);
std::string fish_completion(const ProgramText& program);

// The first lines of every page.
std::string page_head(const std::string& name, int section, const std::string& summary);

}  // namespace tenfold
