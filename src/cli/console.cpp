#include "console.h"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "tenfold/base/error.h"
#include "tenfold/base/text.h"
#include "tenfold/report/progress_text.h"

namespace tenfold {
namespace {

using std::chrono::duration;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kUsualWidth = 80;
constexpr int kNarrowestHelp = 60, kWidestHelp = 100;
constexpr milliseconds kBarInterval{100};
constexpr seconds kLineInterval{10};

int terminal_width(int descriptor) {
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return kUsualWidth;
}

std::string folded_for(int descriptor, const std::string& text) {
  return ::isatty(descriptor) == 1 ? folded(text, terminal_width(descriptor)) : text;
}

// Of messages on a terminal.
class FoldingFormatter : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& line) override {
    const std::string text =
        folded_for(STDERR_FILENO, std::string(message.payload.data(), message.payload.size()) + "\n");
    line.append(text.data(), text.data() + text.size());
  }
  std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<FoldingFormatter>(); }
};

bool wants_color(ColorWhen when, int descriptor) {
  if (when != ColorWhen::kAuto) return when == ColorWhen::kAlways;
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  if (no_color != nullptr && *no_color != '\0') return false;
  if (terminal != nullptr && std::string_view(terminal) == "dumb") return false;
  return ::isatty(descriptor) == 1;
}

}  // namespace

Logger make_logger(Verbosity verbosity, const std::string& log_file) {
  auto terminal = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  terminal->set_formatter(std::make_unique<FoldingFormatter>());
  terminal->set_level(verbosity == Verbosity::kQuiet     ? spdlog::level::warn
                      : verbosity == Verbosity::kVerbose ? spdlog::level::debug
                                                         : spdlog::level::info);
  std::vector<spdlog::sink_ptr> sinks{terminal};
  if (!log_file.empty()) {
    // spdlog would create the folders above it, and a typo would go unnoticed.
    const auto folder = std::filesystem::absolute(log_file).parent_path();
    if (!std::filesystem::is_directory(folder))
      throw Error(ErrorKind::kUsage, "cannot open the log file " + in_quotes(log_file) +
                                         ": there is no folder " + in_quotes(folder.string()));
    try {
      auto file = std::make_shared<spdlog::sinks::basic_file_sink_mt>(log_file);
      file->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
      sinks.push_back(file);
    } catch (const spdlog::spdlog_ex& error) {
      throw Error(ErrorKind::kUsage, "cannot open the log file " + in_quotes(log_file) + ": " + error.what());
    }
  }
  auto logger = std::make_shared<spdlog::logger>("tenfold", sinks.begin(), sinks.end());
  logger->set_level(spdlog::level::debug);
  logger->flush_on(spdlog::level::info);
  return logger;
}

void print_result(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
    throw system_error("cannot write the result to", "stdout", errno);
}

void print_text(const std::string& text) { print_result(folded_for(STDOUT_FILENO, text)); }

void print_mistake(const std::string& text) { std::fputs(folded_for(STDERR_FILENO, text).c_str(), stderr); }

void log_lines(const Logger& logger, bool warn, const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    logger->log(warn ? spdlog::level::warn : spdlog::level::info, "{}", line);
}

int help_width() {
  const char* columns = std::getenv("COLUMNS");
  const int asked = columns == nullptr ? 0 : std::atoi(columns);
  return std::clamp(asked > 0 ? asked : terminal_width(STDOUT_FILENO), kNarrowestHelp, kWidestHelp);
}

TableStyle stdout_style(ColorWhen when) {
  const bool terminal = ::isatty(STDOUT_FILENO) == 1;
  return {.width = terminal ? terminal_width(STDOUT_FILENO) : kUsualWidth,
          .color = wants_color(when, STDOUT_FILENO)};
}

ConsoleObserver::ConsoleObserver(Logger logger, Verbosity verbosity)
    : logger_(std::move(logger)),
      bar_(verbosity != Verbosity::kQuiet && ::isatty(STDERR_FILENO) == 1),
      lines_(verbosity != Verbosity::kQuiet && !bar_) {}

ConsoleObserver::~ConsoleObserver() { clear_bar(); }

void ConsoleObserver::pass_began(std::string_view pass) {
  clear_bar();
  logger_->debug("{} …", pass);
  began_ = Clock::now();
}

void ConsoleObserver::noted(const std::string& sentence) {
  clear_bar();
  logger_->info("note: {}", sentence);
}

void ConsoleObserver::progressed(const Progress& progress) {
  const auto now = Clock::now();
  const double elapsed = duration<double>(now - began_).count();
  if (bar_ && now - shown_ >= kBarInterval) {
    shown_ = now;
    show_bar(progress, elapsed);
  } else if (lines_ && now - shown_ >= kLineInterval) {
    shown_ = now;
    logger_->info("{}", progress_text(progress, elapsed, kUsualWidth));
  }
}

void ConsoleObserver::show_bar(const Progress& progress, double elapsed) {
  constexpr int kLeastWidth = 10;
  // The last column stays free: some terminals go to the next line behind it.
  const int width = std::max(kLeastWidth, terminal_width(STDERR_FILENO) - 1);
  const std::string line = "\r\x1b[K" + progress_bar(progress, elapsed, width);
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fflush(stderr);
  bar_shown_ = true;
}

void ConsoleObserver::clear_bar() {
  if (!bar_shown_) return;
  std::fputs("\r\x1b[K", stderr);
  bar_shown_ = false;
}

}  // namespace tenfold
