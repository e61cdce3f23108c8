// Everything that people see: messages and the progress on stderr, the log file, the size and colors of the
// terminal.
//
// Results go to stdout; the commands choose their words.

#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "tenfold/report/class_table.h"
#include "tenfold/run/run.h"

namespace spdlog {
class logger;
}

namespace tenfold {

using Logger = std::shared_ptr<spdlog::logger>;

enum class Verbosity { kQuiet, kNormal, kVerbose };

// kAuto: on a terminal that is not dumb, unless NO_COLOR is set.
enum class ColorWhen { kAuto, kAlways, kNever };

// Messages on stderr, broken between words where it is a terminal, and with time and level in `log_file` if
// that is not empty, which is opened at once. Throws Error{kUsage} where it cannot be.
Logger make_logger(Verbosity verbosity, const std::string& log_file);

// Writes a result to stdout as it is, for programs and files. Throws Error where it cannot be written.
void print_result(const std::string& text);

// The same for people: where stdout is a terminal, lines are broken between words.
void print_text(const std::string& text);

// What is wrong with the command line, on stderr, broken as print_text() does.
void print_mistake(const std::string& text);

// Logs `text`, which may be empty, line by line.
void log_lines(const Logger& logger, bool warn, const std::string& text);

// Width of a help text, in columns: COLUMNS, or that of the terminal on stdout; from 60 to 100.
int help_width();

// Width and colors for a table on stdout.
TableStyle stdout_style(ColorWhen when);

// Shows a run: a bar with rate and time left on a terminal, a line every ten seconds elsewhere.
class ConsoleObserver : public Observer {
 public:
  ConsoleObserver(Logger logger, Verbosity verbosity);
  ~ConsoleObserver() override;

  void pass_began(std::string_view pass) override;
  void progressed(const Progress& progress) override;
  void noted(const std::string& sentence) override;

 private:
  using Clock = std::chrono::steady_clock;

  void show_bar(const Progress& progress, double seconds);
  void clear_bar();

  Logger logger_;
  const bool bar_;    // stderr is a terminal
  const bool lines_;  // it is none
  bool bar_shown_ = false;
  Clock::time_point began_ = Clock::now();
  Clock::time_point shown_ = began_;
};

}  // namespace tenfold
