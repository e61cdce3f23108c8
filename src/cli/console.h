// Everything that people see: messages and the progress on stderr, the log file, the size and colors of the
// terminal.
//
// Results go to stdout and are written by the commands themselves.

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

enum class Verbosity { kQuiet, kNormal, kVerbose };

// kAuto: on a terminal that is not dumb, unless NO_COLOR is set.
enum class ColorWhen { kAuto, kAlways, kNever };

// Messages on stderr, and with time and level in `log_file` if that is not empty, which is opened at once.
// Throws Error{kUsage} where it cannot be.
std::shared_ptr<spdlog::logger> make_logger(Verbosity verbosity, const std::string& log_file);

// Width and colors for a table on stdout.
TableStyle stdout_style(ColorWhen when);

// Shows a run: a bar with rate and time left on a terminal, a line every ten seconds elsewhere.
class ConsoleObserver : public Observer {
 public:
  ConsoleObserver(std::shared_ptr<spdlog::logger> logger, Verbosity verbosity);
  ~ConsoleObserver() override;

  void pass_began(std::string_view pass) override;
  void progressed(const Progress& progress) override;
  void noted(const std::string& sentence) override;

 private:
  using Clock = std::chrono::steady_clock;

  void show_bar(const Progress& progress, double seconds);
  void clear_bar();

  std::shared_ptr<spdlog::logger> logger_;
  const bool bar_;    // stderr is a terminal
  const bool lines_;  // it is none
  bool bar_shown_ = false;
  Clock::time_point began_ = Clock::now();
  Clock::time_point shown_ = began_;
};

}  // namespace tenfold
