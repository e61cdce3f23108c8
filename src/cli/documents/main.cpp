// Writes the manual pages and completions, for scripts/refresh.sh: tenfold_documents FOLDER
//
// Not installed: users have what it wrote.

#include <CLI/App.hpp>
#include <cstdio>
#include <filesystem>

#include "../command_line.h"
#include "documents.h"
#include "tenfold/base/atomic_file.h"

namespace tenfold {
namespace {

constexpr int kAnyWidth = 80;

ProgramText program_text(const CLI::App& program) {
  ProgramText text{.program = command_text(program), .commands = {}};
  for (const CLI::App* command : program.get_subcommands({})) text.commands.push_back(command_text(*command));
  return text;
}

void write_documents(const std::filesystem::path& folder) {
  OutputOptions output;
  Command chosen;
  const ProgramText program = program_text(*command_line(output, chosen, kAnyWidth));
  std::filesystem::create_directories(folder / "man");
  std::filesystem::create_directories(folder / "completions");
  for (const auto& [name, page] : command_pages(program)) write_atomically(folder / "man" / name, page);
  write_atomically(folder / "man/tenfold-recipe.5", recipe_page());
  write_atomically(folder / "completions/tenfold.bash", bash_completion(program));
  write_atomically(folder / "completions/_tenfold", zsh_completion(program));
  write_atomically(folder / "completions/tenfold.fish", fish_completion(program));
}

}  // namespace
}  // namespace tenfold

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: tenfold_documents FOLDER\n", stderr);
    return tenfold::kUsage;
  }
  try {
    tenfold::write_documents(argv[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "tenfold_documents: error: %s\n", error.what());
    return tenfold::kFailed;
  }
  return tenfold::kDone;
}
