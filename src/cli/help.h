// The help texts, in place of those that CLI11 would write: of the program one screen, of a command all that
// its definition says, wrapped to a width.

#pragma once

#include <CLI/App.hpp>

namespace tenfold {

// The group of those commands that people need first; the program's help shows an example of each.
inline constexpr const char* kFirstCommands = "First commands";

class HelpFormatter : public CLI::FormatterBase {
 public:
  // `width` in columns of the terminal.
  explicit HelpFormatter(int width) : width_(width) {}

  std::string make_help(const CLI::App* command, std::string name, CLI::AppFormatMode) const override;

 private:
  const int width_;
};

}  // namespace tenfold
